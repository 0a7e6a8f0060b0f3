// Sends a request through the gate, with retries.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Makes the attempts of requests. Each attempt waits for its turn at the gate.</summary>
/// <param name="clock">Measures the delays.</param>
/// <param name="gate">Gives the turns.</param>
/// <param name="maximumRetries">The maximum number of retries. Throttling uses up none.</param>
/// <param name="timeBudget">The maximum total delay of a request.</param>
/// <param name="random">Returns a number from 0 to 1, for the jitter.</param>
internal sealed class RequestPacer(
    Clock clock, RequestGate gate, int maximumRetries, TimeSpan timeBudget, Func<double> random)
{
    private readonly Outage _outage = new(clock);

    /// <summary>Makes attempts until one succeeds or no retry is left.</summary>
    /// <param name="isIdempotent">Whether the request may be retried although it may have been carried out.</param>
    /// <param name="attemptAsync">Makes an attempt. It throws only if the caller cancels it.</param>
    /// <param name="told">Receives each attempt and the retry that follows it; may be null.</param>
    /// <param name="cancellationToken">Cancels every wait.</param>
    /// <exception cref="ChatKitApiException">The last attempt failed.</exception>
    public async Task<T> SendAsync<T>(
        bool isIdempotent,
        Func<Task<Attempt<T>>> attemptAsync,
        Action<Attempt<T>, Retry?>? told,
        CancellationToken cancellationToken)
    {
        RetryRule rule = new(maximumRetries, timeBudget, random, clock);
        try
        {
            return await SendAsync(rule, isIdempotent, attemptAsync, told, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _outage.Leave(rule);
        }
    }

    private async Task<T> SendAsync<T>(
        RetryRule rule,
        bool isIdempotent,
        Func<Task<Attempt<T>>> attemptAsync,
        Action<Attempt<T>, Retry?>? told,
        CancellationToken cancellationToken)
    {
        ChatKitApiException? last = null;
        long? responses = null;
        while (true)
        {
            while (_outage.WaitFor(rule) is { } end)
            {
                if (await Outage.WaitAsync(end, cancellationToken).ConfigureAwait(false) is { } lost)
                {
                    throw ToOwn(lost, last);
                }
            }

            if (await gate.EnterAsync(rule.GivesUpAt, cancellationToken).ConfigureAwait(false) is not { } turn)
            {
                throw last!;
            }

            if (_outage.WaitFor(rule) is not null)
            {
                gate.Leave(turn);
                continue;
            }

            responses ??= _outage.Responses;
            int losses = _outage.Losses;
            _outage.NoteSent();
            Attempt<T> attempt;
            try
            {
                attempt = await attemptAsync().ConfigureAwait(false);
            }
            catch
            {
                _outage.NoteCancelled();
                gate.Leave(turn);
                throw;
            }

            bool isDown = attempt.Failure is { HasNoResponse: true } && _outage.NoteNoResponse(rule, ref responses);
            if (attempt.Failure is not { HasNoResponse: true })
            {
                _outage.NoteResponse();
                responses = null;
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
            // A hint that exceeds this request's budget exceeds the others' too, so it does not hold the gate.
            bool isThrottled = gate.Leave(turn, last, hint <= timeBudget ? hint : null, rule.HasNoFailure);
            if (isDown && isIdempotent && last.IsTransient && _outage.WaitFor(rule) is not null)
            {
                told?.Invoke(attempt, new Retry(TimeSpan.Zero, "no response, again once another request gets one"));
                continue;
            }

            Retry? retry = rule.After(last, isThrottled, hint, isIdempotent, gate.RoundTrip, isDown);
            if (isDown && _outage.Losses > losses)
            {
                (last.IsOfConnection, retry) = (true, null);
            }
            else if (isDown && retry is not null)
            {
                _outage.Probe(rule);
            }
            else if (isDown)
            {
                await _outage.GiveUpAsync(rule, last, cancellationToken).ConfigureAwait(false);
            }

            told?.Invoke(attempt, retry);
            if (retry is null)
            {
                throw last;
            }

            ChatKitWait wait = gate.Note(retry, last, begun);
            try
            {
                await clock.DelayAsync(retry.Wait, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                gate.Abandon(wait);
                throw;
            }
        }
    }

    /// <summary>The exception of a request that ends because another one lost the connection.</summary>
    private static ChatKitApiException ToOwn(ChatKitApiException lost, ChatKitApiException? last)
    {
        if (last is { HasNoResponse: true })
        {
            last.IsOfConnection = true;
            return last;
        }

        return new(
            lost.Kind,
            lost.Message) { IsOfConnection = true, MayHaveBeenCarriedOut = last is { MayHaveBeenCarriedOut: true } };
    }
}
