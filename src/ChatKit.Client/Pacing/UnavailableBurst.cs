// Tells a limit that refuses with 503 from a server that is down now and then.
using System;

namespace ChatKit.Http;

/// <summary>503 alone says no more than that it did not work. Where several requests get it at once, it is a limit.</summary>
internal sealed class UnavailableBurst
{
    private const int Several = 3;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    // As long as a pace: with a slow limit it is minutes from one refusal to the next.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly TimeSpan?[] _last = new TimeSpan?[Several];
    private TimeSpan? _seenAt;

    /// <summary>One more has got it.</summary>
    /// <param name="now">When.</param>
    /// <param name="isFirstFailure">Whether it is the request's first failure: one request alone makes no burst.</param>
    /// <returns>Whether it is one of a burst.</returns>
    public bool IsSeen(TimeSpan now, bool isFirstFailure)
    {
        if (isFirstFailure)
        {
            Array.Copy(_last, 1, _last, 0, Several - 1);
            _last[Several - 1] = now;
        }

        if (now - _last[0] <= AtOnce || now - _seenAt <= Remembered)
        {
            _seenAt = now;
            return true;
        }

        return false;
    }
}
