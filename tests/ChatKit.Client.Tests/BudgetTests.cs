// The time that a request may wait in all: nobody waits longer, at the gate or elsewhere, and nobody gives up before.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class BudgetTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    private readonly VirtualClock _clock = new();
    private readonly RequestGate _gate;

    public BudgetTests() => _gate = new RequestGate(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void That_is_over_ends_a_request_at_a_closed_gate_at_once() => _clock.Run(async () =>
    {
        await CloseAsync();
        TimeSpan now = _clock.Now;

        Assert.Null(await _gate.EnterAsync(now, Token));
        Assert.Equal(now, _clock.Now);
    });

    [Fact]
    public void That_is_over_does_not_stop_a_request_at_an_open_gate() =>
        Assert.NotNull(_clock.Run(() => _gate.EnterAsync(TimeSpan.Zero, Token)));

    [Fact]
    public void Ends_each_in_its_own_time_whatever_their_order() => _clock.Run(async () =>
    {
        await CloseAsync();
        TimeSpan start = _clock.Now;
        List<double> ends = [];
        async Task WaitAsync(int seconds)
        {
            Assert.Null(await _gate.EnterAsync(start + TimeSpan.FromSeconds(seconds), Token));
            ends.Add(Math.Round((_clock.Now - start).TotalSeconds));
            Assert.Equal(seconds, ends.Last());
        }

        await Task.WhenAll(WaitAsync(40), WaitAsync(10), WaitAsync(30), WaitAsync(20), WaitAsync(50));

        Assert.Equal([10, 20, 30, 40, 50], ends);
    });

    [Theory]
    [InlineData(301)]
    [InlineData(3600)]
    public void Is_not_spent_for_others_by_a_hint_beyond_it(int seconds) => _clock.Run(async () =>
    {
        TimeSpan hint = TimeSpan.FromSeconds(seconds);
        await Assert.ThrowsAsync<ChatKitApiException>(
            () => SendAsync(new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429, RetryAfter = hint }));

        await SendAsync(null);

        Assert.InRange(_clock.Now, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    });

    [Fact]
    public void Is_not_exceeded_by_the_rate_limit_headers_so_they_do_not_count_beyond_it()
    {
        RetryRule rule = new(5, Budget, () => 0.5, _clock);
        ChatKitApiException refusal =
            new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429, RateLimitReset = TimeSpan.FromSeconds(200) };
        Retry? Next() => rule.After(refusal, true, rule.HintOf(refusal), true, TimeSpan.FromSeconds(0.1));

        Assert.Equal(200, Next()!.Wait.TotalSeconds);
        _clock.Run(() => _clock.DelayAsync(TimeSpan.FromSeconds(200), Token));
        Assert.InRange(Next()!.Wait.TotalSeconds, 0.01, 3);
    }

    [Fact]
    public void Counts_the_wait_for_a_retry_once()
    {
        RetryRule rule = new(int.MaxValue, Budget, () => 0.5, _clock);
        void Wait(ChatKitApiException failure)
        {
            Retry retry =
                rule.After(failure, failure.IsThrottled, failure.RetryAfter, true, TimeSpan.FromSeconds(0.1))!;
            _clock.Run(() => _clock.DelayAsync(retry.Wait, Token));
        }

        Wait(new(ChatKitErrorKind.ServerError, "") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(50) });
        Wait(new(ChatKitErrorKind.RateLimited, "") { RetryAfter = TimeSpan.FromSeconds(50) });
        Wait(new(ChatKitErrorKind.ServerError, "") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(50) });
        Wait(new(ChatKitErrorKind.ServerError, "") { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(50) });

        Assert.Equal(Budget, rule.GivesUpAt);
    }

    /// <summary>Refuses all that there are, with a hint that holds the others.</summary>
    private async Task CloseAsync()
    {
        Turn[] turns = [.. (await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _gate.EnterAsync(null, Token))))
            .Select(turn => turn!.Value)];
        foreach (Turn turn in turns)
        {
            _gate.Leave(turn, new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429 }, TimeSpan.FromMinutes(2));
        }
    }

    private Task<bool> SendAsync(ChatKitApiException? failure) =>
        new RequestPacer(_clock, _gate, 5, Budget, () => 0.5)
            .SendAsync(true, () => Task.FromResult(new Attempt<bool>(true, failure, null)), null, Token);
}
