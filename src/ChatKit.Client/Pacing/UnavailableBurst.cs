// Tells a limiter that throttles with 503 from a server that fails now and then.
using System;

namespace ChatKit.Http;

/// <summary>If several requests get 503 within a second, it is a limiter.</summary>
internal sealed class UnavailableBurst
{
    private const int Several = 3;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    // As long as a pace: with a slow limit, minutes may pass between two throttled requests.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly TimeSpan?[] _last = new TimeSpan?[Several];
    private TimeSpan? _seenAt;

    /// <summary>Notes a 503.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isFirstFailure">
    /// Whether it is the request's first failure. The retries of one request are no burst.
    /// </param>
    /// <returns>Whether it belongs to a burst.</returns>
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
