// Decides whether and when a failed attempt is retried.
using System;

namespace ChatKit.Http;

/// <summary>The retry state of one request.</summary>
/// <param name="maximumRetries">The maximum number of retries. Throttling uses up none.</param>
/// <param name="timeBudget">The maximum total delay of the request.</param>
/// <param name="random">Returns a number from 0 to 1, for the jitter.</param>
/// <param name="clock">Measures the delays.</param>
internal sealed class RetryRule(int maximumRetries, TimeSpan timeBudget, Func<double> random, Clock clock)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeastBackoff = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan LongestThrottledBackoff = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastThrottledBackoff = TimeSpan.FromMilliseconds(1);

    private int _throttled;
    private int _failures;
    private TimeSpan _waited;
    private TimeSpan? _throttledSince;
    private TimeSpan _remainingWait;
    private bool _wasMismatched;

    /// <summary>The deadline of a throttled request; null if it has not been throttled.</summary>
    public TimeSpan? GivesUpAt => _throttledSince is { } since ? since + timeBudget - _waited : null;

    private TimeSpan Waited => _waited + (_throttledSince is { } since ? clock.Now - since : TimeSpan.Zero);

    /// <summary>Whether no attempt has failed yet.</summary>
    public bool HasNoFailure => _failures + _throttled == 0;

    /// <summary>
    /// How long the server asks to wait. The rate-limit headers say when the whole limit is restored, so they count
    /// only within the time budget.
    /// </summary>
    public TimeSpan? HintOf(ChatKitApiException failure) =>
        failure.RetryAfter ?? (failure.RateLimitReset <= timeBudget - Waited ? failure.RateLimitReset : null);

    /// <summary>The next attempt; null if there is none.</summary>
    /// <param name="failure">The failure of the last attempt.</param>
    /// <param name="isThrottled">Whether the attempt was throttled.</param>
    /// <param name="hint">How long the server asks to wait.</param>
    /// <param name="isIdempotent">Whether the request may be sent again although it may have been carried out.</param>
    /// <param name="roundTrip">The round-trip time of a throttling response.</param>
    /// <param name="isDown">
    /// Whether there is an outage. Then the delay of a retry is split by probes, so that its end is noticed soon.
    /// </param>
    public Retry? After(
        ChatKitApiException failure,
        bool isThrottled,
        TimeSpan? hint,
        bool isIdempotent,
        TimeSpan roundTrip,
        bool isDown = false)
    {
        bool isProbed = isDown && failure.Kind == ChatKitErrorKind.ConnectionFailed;
        if (isProbed && _remainingWait > TimeSpan.Zero)
        {
            return Probe();
        }

        bool isFresh = failure.IsMismatched && !_wasMismatched;
        _wasMismatched |= failure.IsMismatched;
        bool isWorthIt = failure.ShouldRetry ?? (isThrottled || failure.IsTransient || isFresh);
        bool isSafe = isIdempotent || failure.IsThrottled;
        if (!isWorthIt || !isSafe || failure.IsQuotaUsedUp || (!isThrottled && _failures >= maximumRetries))
        {
            return null;
        }

        TimeSpan wait = isThrottled
            ? ThrottledWait(_throttled++, hint, roundTrip)
            : FailureWait(_failures++, isFresh ? TimeSpan.Zero : failure.RetryAfter);
        if (isThrottled)
        {
            _throttledSince ??= clock.Now;
        }

        if (Waited + wait > timeBudget)
        {
            return null;
        }

        // Once throttled, Waited counts all time.
        _waited += _throttledSince is null ? wait : TimeSpan.Zero;
        if (isProbed && wait > ProbeInterval)
        {
            _remainingWait = wait;
            return Probe();
        }

        _remainingWait = TimeSpan.Zero;
        return new Retry(wait, isThrottled ? "throttled" : $"retry {_failures} of {maximumRetries}");
    }

    /// <summary>The next part of a delay that is split by probes.</summary>
    private Retry Probe()
    {
        TimeSpan wait = _remainingWait < ProbeInterval ? _remainingWait : ProbeInterval;
        _remainingWait -= wait;
        return new Retry(wait, "no response");
    }

    /// <summary>
    /// The delay that the server asks for. Without one, a short backoff from half a round trip on: the pace does the
    /// rest.
    /// </summary>
    private TimeSpan ThrottledWait(int before, TimeSpan? asked, TimeSpan roundTrip)
    {
        if (asked is { } wait && wait > TimeSpan.Zero)
        {
            return wait;
        }

        TimeSpan first = TimeSpan.FromTicks(roundTrip.Ticks / 2);
        return Backoff(before, first > LeastThrottledBackoff ? first : LeastThrottledBackoff, LongestThrottledBackoff);
    }

    /// <summary>The delay that the server asks for, with a minimum that grows; without one, a backoff.</summary>
    private TimeSpan FailureWait(int before, TimeSpan? asked)
    {
        if (asked is { } wait)
        {
            double least = Math.Min(LeastBackoff.TotalMilliseconds * Doubled(before), LongestBackoff.TotalMilliseconds);
            return wait.TotalMilliseconds >= least ? wait : TimeSpan.FromMilliseconds(least);
        }

        return Backoff(before, FirstBackoff, LongestBackoff);
    }

    private TimeSpan Backoff(int before, TimeSpan first, TimeSpan longest)
    {
        double own = Math.Min(first.TotalMilliseconds * Doubled(before), longest.TotalMilliseconds);
        return TimeSpan.FromTicks((long)(own * (0.75 + (0.5 * random())) * TimeSpan.TicksPerMillisecond));
    }

    private static double Doubled(int before) => Math.Pow(2, Math.Min(before, 20));
}
