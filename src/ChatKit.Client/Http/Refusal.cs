// A refusal for rate is not a failure: how long to wait before asking again.
using System;

namespace ChatKit.Http;

internal static class Refusal
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestOwnWait = TimeSpan.FromSeconds(16);

    /// <summary>The wait that the server asks for, otherwise one that doubles; null where the failure is no refusal, or no waiting helps.</summary>
    public static TimeSpan? WaitOf(ChatKitApiException failure, int attempts)
    {
        if (failure.Kind != ChatKitErrorKind.RateLimited || failure.ShouldRetry == false || failure.Code == "insufficient_quota")
        {
            return null;
        }

        // A wait of nothing, again and again, would be no wait at all.
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero)
        {
            return asked;
        }

        double doubled = FirstWait.TotalMilliseconds * Math.Pow(2, Math.Min(attempts, 20) - 1);
        return TimeSpan.FromMilliseconds(Math.Min(doubled, LongestOwnWait.TotalMilliseconds));
    }
}
