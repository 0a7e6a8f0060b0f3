// The gate of a connection: who passes, who waits, and how wide it is. Waits are told by what passes, not by the clock.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class GateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_everybody_through_while_nothing_is_refused()
    {
        Gate gate = new();

        long[] tickets = [.. await Task.WhenAll(Enumerable.Range(0, 512).Select(_ => gate.EnterAsync(Token)))];

        Assert.Equal(512, tickets.Length);
        Assert.False(gate.EnterAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Narrows_to_half_for_one_cause_however_many_are_refused_for_it_and_widens_again()
    {
        Gate gate = new();
        long[] tickets = [.. await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => gate.EnterAsync(Token)))];

        foreach (long ticket in tickets)
        {
            gate.Leave(ticket, isRefused: true);
        }

        Assert.Equal(8, gate.Width);
        for (int i = 0; i < 4 * 8; i++)
        {
            gate.Leave(await gate.EnterAsync(Token), isRefused: false);
        }

        Assert.InRange(gate.Width, 8.9, 9.0);
        long refused = await gate.EnterAsync(Token);
        gate.Leave(refused, isRefused: true);
        Assert.Equal(1, gate.Width);
    }

    [Fact]
    public async Task Lets_the_next_in_order_pass_when_one_leaves_and_nobody_who_has_given_up()
    {
        Gate gate = new();
        gate.Leave(await gate.EnterAsync(Token), isRefused: true);
        long only = await gate.EnterAsync(Token);
        using CancellationTokenSource impatience = new();
        Task<long> gaveUp = gate.EnterAsync(impatience.Token);
        Task<long> second = gate.EnterAsync(Token);
        Task<long> third = gate.EnterAsync(Token);

        impatience.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        gate.Leave(only, isRefused: null);
        gate.Leave(await second, isRefused: null);
        gate.Leave(await third, isRefused: null);

        Assert.Equal(1, gate.Width);
    }

    [Fact]
    public async Task Holds_the_others_when_one_is_asked_to_wait()
    {
        Gate gate = new();
        gate.Hold(TimeSpan.FromHours(1), "because", holdsOthers: true);
        using CancellationTokenSource impatience = new();
        Task<long> other = gate.EnterAsync(impatience.Token);

        Assert.False(other.IsCompleted);
        Assert.Equal("because", gate.Waiting!.Reason);
        impatience.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [Fact]
    public async Task Opens_by_itself_once_the_wait_is_over_and_not_before()
    {
        Gate gate = new();
        long start = Stopwatch.GetTimestamp();
        gate.Hold(TimeSpan.FromMilliseconds(50), "because", holdsOthers: true);

        long ticket = await gate.EnterAsync(Token);

        Assert.True((ticket - start) / (double)Stopwatch.Frequency >= 0.05);
        Assert.Null(gate.Waiting);
    }

    [Fact]
    public async Task Does_not_hold_the_others_for_what_only_one_waits_for()
    {
        Gate gate = new();
        gate.Hold(TimeSpan.FromHours(1), "mine", holdsOthers: false);

        Assert.True(gate.EnterAsync(Token).IsCompleted);
        Assert.Equal("mine", gate.Waiting!.Reason);
        await Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task Opens_for_whoever_comes_just_as_a_hold_ends()
    {
        Gate gate = new();
        for (int i = 0; i < 4_000; i++)
        {
            gate.Hold(TimeSpan.FromTicks(i % 8), "because", holdsOthers: true);
            gate.Leave(await gate.EnterAsync(Token), isRefused: false);
        }

        Assert.Null(gate.Waiting);
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
        Assert.Contains("refused for its rate, again in 0.15 s", server.Exchanges[0].Note);
    }

    [Fact]
    public async Task Of_a_connection_is_not_narrowed_by_a_quota_that_is_used_up()
    {
        using Barrier both = new(2);
        FakeServer server = new(request => request.RequestUri!.AbsoluteUri.EndsWith("/cthr_1", StringComparison.Ordinal)
            ? FakeServer.Response("""{"error":{"message":"No money.","code":"insufficient_quota"}}"""u8.ToArray(), 429)
            : FakeServer.Response(both.SignalAndWait(10_000, Token) ? """{"id":"cthr_2"}"""u8.ToArray() : []));
        using ChatKitClient client = new(server.Options, server);

        await Assert.ThrowsAsync<ChatKitApiException>(() => client.GetThreadAsync("cthr_1", null, Token));

        // Each is answered once the other has come.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => client.GetThreadAsync("cthr_2", null, Token), Token)));
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
}
