// One request through the gate, as often as the retry rule has it.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Makes the attempts of requests, each in its turn.</summary>
/// <param name="clock">What waits are measured by.</param>
/// <param name="gate">Gives the turns.</param>
/// <param name="mostRetries">How often a failure is retried; being throttled is none.</param>
/// <param name="longestWait">How long a request may wait in all.</param>
/// <param name="random">A number from 0 to 1, for the jitter.</param>
internal sealed class RequestPacer(Clock clock, RequestGate gate, int mostRetries, TimeSpan longestWait, Func<double> random)
{
    /// <summary>Makes attempts until one succeeds or the rule has no other.</summary>
    /// <param name="isRepeatable">Whether it may be sent again although it may have been carried out.</param>
    /// <param name="attemptAsync">Makes one; throws only where the caller ended it.</param>
    /// <param name="told">Is told how each ended, and what is done about it; may be null.</param>
    /// <param name="cancellationToken">Ends every wait at once.</param>
    /// <exception cref="ChatKitApiException">The last attempt failed.</exception>
    public async Task<T> SendAsync<T>(
        bool isRepeatable,
        Func<Task<Attempt<T>>> attemptAsync,
        Action<Attempt<T>, Retry?>? told,
        CancellationToken cancellationToken)
    {
        RetryRule rule = new(mostRetries, longestWait, random, clock);
        ChatKitApiException? last = null;
        while (true)
        {
            if (await gate.EnterAsync(rule.GivesUpAt, cancellationToken).ConfigureAwait(false) is not { } turn)
            {
                throw last!;
            }

            Attempt<T> attempt;
            try
            {
                attempt = await attemptAsync().ConfigureAwait(false);
            }
            catch
            {
                gate.Leave(turn);
                throw;
            }

            if (attempt.Failure is null)
            {
                gate.Leave(turn, null);
                told?.Invoke(attempt, null);
                return attempt.Result!;
            }

            last = attempt.Failure;
            TimeSpan begun = clock.Now;
            TimeSpan? hint = rule.HintOf(last);
            bool isThrottled = gate.Leave(turn, last, hint, rule.IsUntouched);
            Retry? retry = rule.After(last, isThrottled, hint, isRepeatable, gate.RoundTrip);
            told?.Invoke(attempt, retry);
            if (retry is null)
            {
                throw last;
            }

            gate.Note(retry, last, begun);
            await clock.DelayAsync(retry.Wait, cancellationToken).ConfigureAwait(false);
        }
    }
}
