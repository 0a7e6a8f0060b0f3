// Whether a failed attempt is made again, and after how long.
using System;

namespace ChatKit.Http;

/// <summary>The rule over the attempts of one request.</summary>
/// <param name="maximumRetries">How often a failure is retried; being throttled is none.</param>
/// <param name="timeBudget">How long the request may wait in all.</param>
/// <param name="random">A number from 0 to 1, for the jitter.</param>
/// <param name="clock">What the wait is measured by.</param>
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

    /// <summary>When the request has been throttled for as long as it may; null where it has not been throttled.</summary>
    public TimeSpan? GivesUpAt => _throttledSince is { } since ? since + timeBudget - _waited : null;

    private TimeSpan Waited => _waited + (_throttledSince is { } since ? clock.Now - since : TimeSpan.Zero);

    /// <summary>Whether no attempt has failed yet.</summary>
    public bool HasNoFailure => _failures + _throttled == 0;

    /// <summary>How long the server asks to wait. The rate-limit headers tell when all of a limit is there again, so beyond the budget they do not count.</summary>
    public TimeSpan? HintOf(ChatKitApiException failure) =>
        failure.RetryAfter ?? (failure.RateLimitReset <= timeBudget - Waited ? failure.RateLimitReset : null);

    /// <summary>The next attempt; null where there is to be none.</summary>
    /// <param name="failure">How the last one failed.</param>
    /// <param name="isThrottled">Whether it only came too soon, which uses up no retry.</param>
    /// <param name="hint">How long the server asks to wait.</param>
    /// <param name="isIdempotent">Whether the request may be sent again although it may have been carried out.</param>
    /// <param name="roundTrip">How long a refusal takes to come back.</param>
    /// <param name="isDown">Whether no request gets a response. Then the wait of a retry has probes in it, so that the end is soon noticed.</param>
    public Retry? After(ChatKitApiException failure, bool isThrottled, TimeSpan? hint, bool isIdempotent, TimeSpan roundTrip, bool isDown = false)
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

        // Once it is throttled, all its time counts.
        _waited += _throttledSince is null ? wait : TimeSpan.Zero;
        if (isProbed && wait > ProbeInterval)
        {
            _remainingWait = wait;
            return Probe();
        }

        _remainingWait = TimeSpan.Zero;
        return new Retry(wait, isThrottled ? "throttled" : $"retry {_failures} of {maximumRetries}");
    }

    /// <summary>A part of the wait of a retry.</summary>
    private Retry Probe()
    {
        TimeSpan wait = _remainingWait < ProbeInterval ? _remainingWait : ProbeInterval;
        _remainingWait -= wait;
        return new Retry(wait, "no response");
    }

    /// <summary>At least what the server asks for. The pace does the rest, so half a round trip is enough, and more the next time.</summary>
    private TimeSpan ThrottledWait(int before, TimeSpan? asked, TimeSpan roundTrip)
    {
        if (asked is { } wait && wait > TimeSpan.Zero)
        {
            return wait;
        }

        TimeSpan first = TimeSpan.FromTicks(roundTrip.Ticks / 2);
        return Backoff(before, first > LeastThrottledBackoff ? first : LeastThrottledBackoff, LongestThrottledBackoff);
    }

    /// <summary>What the server asks for, but longer each time; otherwise a backoff.</summary>
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
