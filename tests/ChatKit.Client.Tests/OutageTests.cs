// A server that does not answer: one request tries it, the others wait, and all of them end together.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class OutageTests
{
    private readonly VirtualClock _clock = new();
    private readonly RequestPacer _pacer;
    private readonly List<(int Id, TimeSpan At)> _sent = [];

    // How much longer than usual the attempts of a request take.
    private Func<int, TimeSpan> _slow = _ => TimeSpan.Zero;

    public OutageTests() => _pacer = new(_clock, new RequestGate(_clock), 5, TimeSpan.FromMinutes(5), () => 0.5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Costs_many_requests_no_more_than_one() => _clock.Run(async () =>
    {
        Exception?[] failures = await SendAsync(2000, (_, _) => Refused());

        Assert.All(failures, failure => Assert.True(Assert.IsType<ChatKitApiException>(failure).IsOfConnection));
        Assert.InRange(_clock.Now, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(17));
        Assert.InRange(_sent.Count, 512, 512 + 20);
        Assert.Equal(2000, failures.Distinct().Count());
    });

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(14)]
    public void Of_some_seconds_costs_little_more_than_those_and_no_request(double seconds) => _clock.Run(async () =>
    {
        TimeSpan back = TimeSpan.FromSeconds(1 + seconds);
        Exception?[] failures = await SendAsync(16, (_, _) => _clock.Now >= TimeSpan.FromSeconds(1) &&
            _clock.Now < back ? Refused() : null, times: 100);

        Assert.All(failures, Assert.Null);
        Assert.InRange(_clock.Now, back, TimeSpan.FromSeconds(100 * 0.1) + TimeSpan.FromSeconds(seconds + 1.5));
        Assert.InRange(_sent.Count, 1600, 1600 + 16 + 18);
    });

    [Fact]
    public void Is_none_where_others_get_responses() => _clock.Run(async () =>
    {
        Exception?[] failures = await SendAsync(16, (id, _) => id == 7 ? Broken() : null, times: 200);

        ChatKitApiException failure =
            Assert.IsType<ChatKitApiException>(Assert.Single(failures, failure => failure is not null));
        Assert.False(failure.IsOfConnection);
        Assert.Equal(6, _sent.Count(sent => sent.Id == 7));
    });

    [Fact]
    public void Is_not_said_of_a_connection_because_of_one_request_alone() => _clock.Run(async () =>
    {
        ChatKitApiException first = Assert.IsType<ChatKitApiException>((await SendAsync(1, (_, _) => Broken()))[0]);
        ChatKitApiException second = Assert.IsType<ChatKitApiException>((await SendAsync(1, (_, _) => Broken()))[0]);

        Assert.False(first.IsOfConnection);
        Assert.True(second.IsOfConnection);
        Assert.Null((await SendAsync(1, (_, _) => null))[0]);
        Assert.False(Assert.IsType<ChatKitApiException>((await SendAsync(1, (_, _) => Broken()))[0]).IsOfConnection);
    });

    /// <summary>The first that gives up has failed for the reason of all, however late the others fail.</summary>
    [Fact]
    public void Is_one_for_all_that_were_in_flight_when_the_first_gave_up() => _clock.Run(async () =>
    {
        _slow = id => TimeSpan.FromSeconds(id == 0 ? 0 : 60);
        Exception?[] failures = await SendAsync(4, (_, _) => Broken());

        Assert.All(failures, failure => Assert.True(Assert.IsType<ChatKitApiException>(failure).IsOfConnection));
        Assert.InRange(_clock.Now, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    });

    [Fact]
    public void Is_none_where_what_was_in_flight_when_one_gave_up_gets_a_response_or_is_cancelled() => _clock.Run(
        async () =>
        {
            using CancellationTokenSource stopping = new();
            _slow = id => TimeSpan.FromSeconds(id == 0 ? 0 : 60);
            Exception?[] failures = await SendAsync(2, (id, _) => id == 0 ? Broken() : null);

            Assert.False(Assert.IsType<ChatKitApiException>(failures[0]).IsOfConnection);
            Assert.Null(failures[1]);
            Assert.Equal(TimeSpan.FromSeconds(60.1), _clock.Now);

            _slow = id => id == 0 ? TimeSpan.Zero : TimeSpan.FromDays(1);
            Task<Exception?[]> one = SendAsync(1, (_, _) => Broken());
            Task<Exception?[]> other = SendAsync(1, (_, _) => null, stopping: stopping.Token, first: 1);
            await _clock.DelayAsync(TimeSpan.FromSeconds(200), Token);
            Assert.False(one.IsCompleted);
            stopping.Cancel();

            Assert.False(Assert.IsType<ChatKitApiException>((await one)[0]).IsOfConnection);
            Assert.IsType<OperationCanceledException>((await other)[0], exactMatch: false);
        });

    [Fact]
    public void Does_not_hold_one_that_gave_up_and_is_cancelled() => _clock.Run(async () =>
    {
        using CancellationTokenSource stopping = new();
        _slow = id => TimeSpan.FromSeconds(id == 0 ? 0 : 60);
        Task<Exception?[]> other = SendAsync(1, (_, _) => null, first: 1);
        Task<Exception?[]> one = SendAsync(1, (_, _) => Broken(), stopping: stopping.Token);
        await _clock.DelayAsync(TimeSpan.FromSeconds(40), Token);
        Assert.False(one.IsCompleted);
        stopping.Cancel();

        Assert.False(Assert.IsType<ChatKitApiException>((await one)[0]).IsOfConnection);
        Assert.Equal(TimeSpan.FromSeconds(40), _clock.Now);
        Assert.Null((await other)[0]);
    });

    [Fact]
    public void Is_seen_by_requests_that_had_a_response_before_it() => _clock.Run(async () =>
    {
        Exception?[] failures = await SendAsync(2, (_, attempt) => attempt < 6 ? Failed() : Broken());

        Assert.All(failures, failure => Assert.True(Assert.IsType<ChatKitApiException>(failure).IsOfConnection));
    });

    [Fact]
    public void Goes_to_another_request_where_the_one_that_tries_is_cancelled() => _clock.Run(async () =>
    {
        using CancellationTokenSource stopping = new();
        Task<Exception?[]> tries =
            SendAsync(1, (_, _) => _clock.Now < TimeSpan.FromSeconds(5) ? Refused() : null, stopping: stopping.Token);
        Task<Exception?[]> waits = SendAsync(3, (_, _) => _clock.Now < TimeSpan.FromSeconds(5) ? Refused() : null);
        await _clock.DelayAsync(TimeSpan.FromSeconds(2), Token);
        stopping.Cancel();

        Assert.IsType<OperationCanceledException>((await tries)[0], exactMatch: false);
        Assert.All(await waits, Assert.Null);
    });

    [Fact]
    public void Ends_a_wait_at_once_that_is_cancelled() => _clock.Run(async () =>
    {
        using CancellationTokenSource stopping = new();
        Task<Exception?[]> tries = SendAsync(1, (_, _) => Refused());
        Task<Exception?[]> waits = SendAsync(1, (_, _) => Refused(), stopping: stopping.Token);
        await _clock.DelayAsync(TimeSpan.FromSeconds(2), Token);
        stopping.Cancel();

        OperationCanceledException cancelled =
            Assert.IsType<OperationCanceledException>((await waits)[0], exactMatch: false);
        Assert.Equal(stopping.Token, cancelled.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Now);
        await tries;
    });

    [Fact]
    public void Tells_of_a_request_what_it_knows_itself() => _clock.Run(async () =>
    {
        Exception?[] failures = await SendAsync(2, (id, attempt) => id == 1 && attempt == 1 ? Broken() : Refused());

        Assert.True(Assert.IsType<ChatKitApiException>(failures[1]).MayHaveBeenCarriedOut);
        Assert.False(Assert.IsType<ChatKitApiException>(failures[0]).MayHaveBeenCarriedOut);
    });

    private static ChatKitApiException Refused() =>
        new(
            ChatKitErrorKind.ConnectionFailed,
            "refused") { IsTransient = true, HasNoResponse = true, IsUnreachable = true };

    private static ChatKitApiException Broken() =>
        new(
            ChatKitErrorKind.ConnectionFailed,
            "broken") { IsTransient = true, HasNoResponse = true, MayHaveBeenCarriedOut = true };

    private static ChatKitApiException Failed() =>
        new(ChatKitErrorKind.ServerError, "failed") { StatusCode = 500, IsTransient = true };

    /// <summary>
    /// Sends so many requests side by side, each of them so many times, and gives how each ended. An attempt takes a
    /// tenth of a second.
    /// </summary>
    private async Task<Exception?[]> SendAsync(
        int count,
        Func<int, int, ChatKitApiException?> failure,
        int times = 1,
        CancellationToken? stopping = null,
        int first = 0) =>
        await Task.WhenAll(Enumerable.Range(first, count).Select(async id =>
        {
            try
            {
                for (int i = 0; i < times; i++)
                {
                    int attempts = 0;
                    await _pacer.SendAsync(
                        true,
                        () => AttemptAsync(id, () => failure(id, ++attempts), stopping ?? default),
                        null,
                        stopping ?? Token);
                }

                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        }));

    private async Task<Attempt<int>> AttemptAsync(
        int id, Func<ChatKitApiException?> failure, CancellationToken stopping)
    {
        _sent.Add((id, _clock.Now));
        ChatKitApiException? outcome = failure();
        await _clock.DelayAsync(_slow(id) + TimeSpan.FromMilliseconds(outcome is null ? 100 : 1), stopping);
        return new Attempt<int>(id, outcome, null);
    }
}
