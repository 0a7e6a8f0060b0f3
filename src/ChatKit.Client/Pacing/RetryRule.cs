// Whether a failed attempt is made again, and after how long.
using System;
using System.Globalization;

namespace ChatKit.Http;

/// <summary>The rule over the attempts of one request.</summary>
/// <param name="mostRetries">How often a failure that is not a refusal is made up for.</param>
/// <param name="longestWait">How long the request may wait in all.</param>
/// <param name="random">A number from 0 to 1, for the jitter.</param>
internal sealed class RetryRule(int mostRetries, TimeSpan longestWait, Func<double> random)
{
    // A refusal holds the whole connection, so its first wait is short; the gate narrows at the same time.
    private static readonly TimeSpan FirstWaitOfRefusal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstLeast = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestOwnWait = TimeSpan.FromSeconds(16);

    private int _refusals;
    private int _failures;
    private TimeSpan _waited;

    /// <summary>The next attempt; null where there is to be none.</summary>
    /// <param name="failure">How the last one failed.</param>
    /// <param name="isRepeatable">Whether the request may be sent again although it may have been carried out.</param>
    public Retry? After(ChatKitApiException failure, bool isRepeatable)
    {
        // A refusal for rate has not failed; it waits its turn.
        bool isRefusal = failure.IsRefusalForRate;
        bool isUseless = failure.Kind == ChatKitErrorKind.RateLimited && !isRefusal;
        bool isWorthIt = failure.ShouldRetry ?? (isRefusal || failure.IsTransient);
        if (!isWorthIt || isUseless || !(isRepeatable || isRefusal) || (!isRefusal && _failures >= mostRetries))
        {
            return null;
        }

        int before = isRefusal ? _refusals++ : _failures++;
        TimeSpan wait = WaitAfter(before, failure.RetryAfter, isRefusal ? FirstWaitOfRefusal : FirstWait);
        if (_waited + wait > longestWait)
        {
            return null;
        }

        _waited += wait;
        string seconds = wait.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
        return new Retry(
            wait,
            isRefusal ? $"refused for its rate, again in {seconds} s" : $"retry {_failures} of {mostRetries} in {seconds} s",
            isRefusal || failure.RetryAfter is not null);
    }

    /// <summary>What the server asks for, but longer every time than a blink; otherwise a wait that doubles, and differs from the neighbours'.</summary>
    private TimeSpan WaitAfter(int before, TimeSpan? asked, TimeSpan first)
    {
        double doubled = Math.Pow(2, Math.Min(before, 20));
        if (asked is { } wait)
        {
            double least = Math.Min(FirstLeast.TotalMilliseconds * doubled, LongestOwnWait.TotalMilliseconds);
            return wait.TotalMilliseconds >= least ? wait : TimeSpan.FromMilliseconds(least);
        }

        double own = Math.Min(first.TotalMilliseconds * doubled, LongestOwnWait.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(own * (0.75 + (0.5 * random())));
    }
}
