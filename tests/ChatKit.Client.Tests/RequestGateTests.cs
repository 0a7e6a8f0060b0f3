// The gate of a connection: who passes, who waits, and who gives up; by a clock that takes no time.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class RequestGateTests
{
    private readonly VirtualClock _clock = new();
    private readonly RequestGate _gate;

    public RequestGateTests() => _gate = new RequestGate(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Lets_everybody_through_while_nothing_is_refused()
    {
        Assert.All(Enumerable.Range(0, 512), _ => Assert.True(Enter().IsCompleted));
        Assert.False(Enter().IsCompleted);
        Assert.Null(_gate.Waiting);
    }

    [Fact]
    public void Lets_in_who_comes_back_before_who_is_new_and_nobody_who_has_given_up() => _clock.Run(async () =>
    {
        Turn[] turns = [.. await Task.WhenAll(Enumerable.Range(0, 512).Select(_ => EnterNowAsync()))];
        using CancellationTokenSource impatience = new();
        Task<Turn?> gaveUp = _gate.EnterAsync(null, impatience.Token);
        Task<Turn?> fresh = Enter();
        Task<Turn?> returned = _gate.EnterAsync(TimeSpan.FromMinutes(5), Token);

        impatience.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        _gate.Leave(turns[0]);
        await returned;

        Assert.False(fresh.IsCompleted);
        _gate.Leave(turns[1]);
        await fresh;
    });

    [Fact]
    public void Holds_the_others_in_the_same_step_where_nothing_is_admitted() => _clock.Run(async () =>
    {
        Turn[] turns = [.. await Task.WhenAll(Enumerable.Range(0, 512).Select(_ => EnterNowAsync()))];
        Task<Turn?> waiting = Enter();

        _gate.Leave(turns[0], Refusal(TimeSpan.FromSeconds(2)), TimeSpan.FromSeconds(2));
        Assert.False(waiting.IsCompleted);
        await waiting;

        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Now);
    });

    [Fact]
    public void Does_not_hold_the_others_for_one_refusal_where_the_rest_is_admitted() => _clock.Run(async () =>
    {
        Turn[] turns = [.. await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => EnterNowAsync()))];
        foreach (Turn turn in turns.Skip(1))
        {
            _gate.Leave(turn, null);
        }

        _gate.Leave(turns[0], Refusal(TimeSpan.FromHours(1)), TimeSpan.FromHours(1));

        Assert.True(Enter().IsCompleted);
    });

    [Fact]
    public void Ends_a_hold_as_soon_as_a_later_request_is_admitted() => _clock.Run(async () =>
    {
        Turn first = await EnterNowAsync();
        Turn second = await EnterNowAsync();
        _gate.Leave(first, Refusal(TimeSpan.FromHours(1)), TimeSpan.FromHours(1));
        Task<Turn?> waiting = Enter();
        Assert.False(waiting.IsCompleted);

        _gate.Leave(second, null);
        await waiting;

        Assert.Equal(TimeSpan.Zero, _clock.Now);
    });

    [Fact]
    public void Paces_by_what_was_admitted_and_says_so() => _clock.Run(async () =>
    {
        // One request in a tenth of a second is admitted; two at a time are sent as fast as may be.
        double admits = 0;
        int admitted = 0;
        List<ChatKitWait> told = [];
        async Task SendAsync()
        {
            while (_clock.Now < TimeSpan.FromSeconds(20))
            {
                Turn turn = await EnterNowAsync();
                bool isAdmitted = turn.SentAt >= admits;
                admits = isAdmitted ? turn.SentAt + 0.1 : admits;
                await _clock.DelayAsync(TimeSpan.FromMilliseconds(5), Token);
                _gate.Leave(turn, isAdmitted ? null : Refusal(null));
                if (_clock.Now > TimeSpan.FromSeconds(10))
                {
                    admitted += isAdmitted ? 1 : 0;
                    told.AddRange(_gate.Waiting is { } pace ? [pace] : []);
                }
            }
        }

        await Task.WhenAll(SendAsync(), SendAsync());

        Assert.InRange(admitted, 60, 100);
        Assert.InRange(told.Count, 50, 200);
        Assert.All(told, pace =>
        {
            Assert.InRange(pace.RequestsPerSecond!.Value, 5, 15);
            Assert.Equal(TimeSpan.Zero, pace.Left);
            Assert.Matches(@"^paced at \d+(\.\d)? requests/s( and rising: the server refused none|: the server refused [1-9]\d*) of the last 60$", pace.Reason);
        });
        Assert.Contains(told, pace => !pace.Reason.Contains("none"));
    });

    [Fact]
    public void Gives_up_for_who_has_waited_long_enough_while_nothing_is_admitted() => _clock.Run(async () =>
    {
        Turn[] turns = [.. await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => EnterNowAsync()))];
        foreach (Turn turn in turns)
        {
            _gate.Leave(turn, Refusal(null));
        }

        while (!_gate.IsBlocked)
        {
            Turn again = (await Enter())!.Value;
            await _clock.DelayAsync(TimeSpan.FromMilliseconds(10), Token);
            _gate.Leave(again, Refusal(null));
        }

        Turn probe = (await Enter())!.Value;
        _gate.Leave(probe, Refusal(TimeSpan.FromHours(1)), TimeSpan.FromHours(1));
        TimeSpan end = _clock.Now + TimeSpan.FromMinutes(1);

        Assert.Null(await _gate.EnterAsync(end, Token));
        Assert.Equal(end, _clock.Now);
    });

    [Fact]
    public void Takes_several_503_at_once_for_a_limit_and_one_for_a_failure() => _clock.Run(async () =>
    {
        ChatKitApiException failure = new(ChatKitErrorKind.ServerError, "") { StatusCode = 503 };
        async Task<bool> IsThrottledAsync(bool isFirst) => _gate.Leave(await EnterNowAsync(), failure, null, isFirst);

        Assert.False(await IsThrottledAsync(true));
        Assert.False(await IsThrottledAsync(false));
        Assert.False(await IsThrottledAsync(false));
        await _clock.DelayAsync(TimeSpan.FromSeconds(2), Token);
        Assert.False(await IsThrottledAsync(true));
        Assert.False(await IsThrottledAsync(true));

        Assert.True(await IsThrottledAsync(true));
        Assert.True(await IsThrottledAsync(false));
    });

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "waiting 200 s: HTTP 429, throttled")]
    public void Tells_of_no_wait_of_a_cancelled_request_unless_it_holds_the_others_too(
        bool wasAdmitting, string? told) =>
        _clock.Run(async () =>
    {
        TimeSpan hint = TimeSpan.FromSeconds(200);
        RequestPacer pacer = new(_clock, _gate, 5, TimeSpan.FromMinutes(5), () => 0.5);
        Task SendAsync(bool isAdmitted, CancellationToken token) => pacer.SendAsync(
            true, () =>
                Task.FromResult(new Attempt<bool>(isAdmitted, isAdmitted ? null : Refusal(hint), null)), null, token);
        if (wasAdmitting)
        {
            await SendAsync(true, Token);
        }

        using CancellationTokenSource stopping = new();
        Task refused = SendAsync(false, stopping.Token);
        Assert.Equal("waiting 200 s: HTTP 429, throttled", _gate.Waiting?.ToString());
        stopping.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refused);

        Assert.Equal(told, _gate.Waiting?.ToString());
    });

    [Fact]
    public void Lets_50_000_waiters_give_up_at_once()
    {
        _clock.Run(() => Task.WhenAll(Enumerable.Range(0, 512).Select(_ => EnterNowAsync())));
        using CancellationTokenSource impatience = new();
        Task<Turn?>[] waiting = [.. Enumerable.Range(0, 50_000).Select(_ => _gate.EnterAsync(null, impatience.Token))];
        var clock = Stopwatch.StartNew();

        impatience.Cancel();

        // They take a fiftieth of it; looked for in a list, a hundred times as long.
        TimeSpan took = clock.Elapsed;
        Assert.All(waiting, task => Assert.True(task.IsCanceled));
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}.");
    }

    [Fact]
    public async Task Of_a_connection_holds_every_request_of_it()
    {
        // The first is refused and told to wait; the second, whom nobody told so, is sent only when that wait is over.
        ChatKitClient? client = null;
        int sent = 0;
        List<ChatKitWait?> waitsOfSecond = [];
        FakeServer server = new(request =>
        {
            string id = request.RequestUri!.AbsoluteUri.Split('/').Last();
            if (id == "second")
            {
                waitsOfSecond.Add(client!.Waiting);
            }

            return Interlocked.Increment(ref sent) == 1
                ? FakeServer.Response([], 429, "retry-after-ms: 150")
                : FakeServer.Response(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""));
        });
        using (client = new ChatKitClient(server.Options, server))
        {
            Task<ChatKitThread> first = client.GetThreadAsync("first", server, Token);
            await client.GetThreadAsync("second", null, Token);
            await first;
        }

        Assert.Equal([null], waitsOfSecond);
        Assert.Contains("throttled, again in 0.15 s", server.Exchanges[0].Note);
    }

    [Fact]
    public async Task Of_a_connection_does_not_pace_for_a_quota_that_is_used_up()
    {
        FakeServer server = new("""{"error":{"message":"No money.","code":"insufficient_quota"}}""", 429);
        using ChatKitClient client = new(server.Options, server);

        for (int i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<ChatKitApiException>(() => client.GetThreadAsync("cthr_1", null, Token));
        }

        Assert.Null(client.Waiting);
        Assert.Equal(20, server.Requests.Count);
    }

    [Theory]
    [InlineData("0", "120ms", 0.12)]
    [InlineData("0", "1s", 1.0)]
    [InlineData("0", "6m0s", 360.0)]
    [InlineData("0", "1h2m3.5s", 3723.5)]
    [InlineData("0", "", null)]
    [InlineData("0", "soon", null)]
    [InlineData("0", "-1s", null)]
    [InlineData("0", "99999999999s", null)]
    [InlineData("1", "1s", null)]
    [InlineData(null, "1s", null)]
    public void Is_told_by_the_server_how_long_its_limit_lasts(string? remaining, string reset, double? seconds)
    {
        using HttpResponseMessage response = FakeServer.Response([], 200, $"x-ratelimit-reset-requests: {reset}");
        if (remaining is not null)
        {
            response.Headers.Add("x-ratelimit-remaining-requests", remaining);
        }

        Assert.Equal(seconds, RateLimit.WaitOf(response)?.TotalSeconds);
    }

    private static ChatKitApiException Refusal(TimeSpan? hint) =>
        new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429, RetryAfter = hint };

    private Task<Turn?> Enter() => _gate.EnterAsync(null, Token);

    private async Task<Turn> EnterNowAsync() => (await Enter())!.Value;
}
