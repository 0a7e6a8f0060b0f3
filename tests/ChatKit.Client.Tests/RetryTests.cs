// Failures that may pass: which are retried, how often, after which wait, and which are not.
using System;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class RetryTests
{
    private const string Thread = """200|{"id":"cthr_1","deleted":true}""";
    private const string NoThread = """404|{"error":{"message":"No such thread."}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("500")]
    [InlineData("502")]
    [InlineData("504")]
    [InlineData("408")]
    [InlineData("409")]
    [InlineData("400|x-should-retry: true")]
    public async Task Are_made_as_often_as_is_allowed(string failure)
    {
        string answer =
            failure.Replace("|", "|retry-after-ms: 1|") + (failure.Length > "500".Length ? "" : "|retry-after-ms: 1");
        FakeServer server = FakeServer.InTurn(answer, answer, Thread);
        server.Options.MaximumRetryCount = 2;

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);

        Assert.Equal(3, server.Exchanges.Count);
        Assert.Contains("; retry 1 of 2 in 0.01 s", server.Exchanges[0].ToString());
        Assert.Contains("; retry 2 of 2 in 0.02 s", server.Exchanges[1].ToString());
        Assert.Null(server.Exchanges[2].Note);

        server = FakeServer.InTurn(answer, answer, Thread);
        server.Options.MaximumRetryCount = 1;
        await server.FailAsync();
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("400")]
    [InlineData("401")]
    [InlineData("403")]
    [InlineData("404")]
    [InlineData("422")]
    [InlineData("302")]
    [InlineData("500|x-should-retry: false")]
    [InlineData("503|retry-after: 301")]
    public async Task Are_not_made_where_they_change_nothing(string failure)
    {
        FakeServer server = FakeServer.InTurn(failure, Thread);
        server.Options.MaximumRetryCount = 5;

        await server.FailAsync();

        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData("500|retry-after-ms: 1", 1)]
    [InlineData("409|retry-after-ms: 1", 1)]
    [InlineData("500|retry-after-ms: 1|x-should-retry: true", 1)]
    [InlineData("429|retry-after-ms: 1", 2)]
    public async Task Of_a_session_are_made_only_where_it_was_refused(string failure, int sent)
    {
        FakeServer server = FakeServer.InTurn(failure, """200|{"id":"cksess_1"}""");
        server.Options.MaximumRetryCount = 5;
        Task<ChatKitSession> call = server.CallAsync(
            client => client.CreateSessionAsync(new() { WorkflowId = "wf", User = "u" }, server, Token));

        await (sent == 1 ? (Task)Assert.ThrowsAsync<ChatKitApiException>(() => call) : call);

        Assert.Equal(sent, server.Requests.Count);
    }

    [Fact]
    public async Task Of_a_cancellation_are_made()
    {
        FakeServer server =
            FakeServer.InTurn("500|retry-after-ms: 1", """200|{"id":"cksess_1","status":"cancelled"}""");
        server.Options.MaximumRetryCount = 5;

        ChatKitSession session = await server.CallAsync(client => client.CancelSessionAsync("cksess_1", server, Token));

        Assert.Equal("cancelled", session.Status);
    }

    [Theory]
    [InlineData("500|retry-after-ms: 1", NoThread, null)]
    [InlineData("500|retry-after-ms: 1", Thread, null)]
    [InlineData("500|retry-after-ms: 1", "404", ChatKitErrorKind.NotFound)]
    [InlineData("429|retry-after-ms: 1", NoThread, ChatKitErrorKind.NotFound)]
    [InlineData("409|retry-after-ms: 1", NoThread, ChatKitErrorKind.NotFound)]
    [InlineData("400|retry-after-ms: 1|x-should-retry: true", NoThread, ChatKitErrorKind.NotFound)]
    [InlineData("429|retry-after-ms: 1", Thread, null)]
    [InlineData("404", Thread, ChatKitErrorKind.NotFound)]
    [InlineData("429|retry-after-ms: 1", "403", ChatKitErrorKind.Forbidden)]
    public async Task Of_a_deletion_leave_it_done_where_an_attempt_before_may_have_done_it(
        string first, string second, ChatKitErrorKind? kind)
    {
        FakeServer server = FakeServer.InTurn(first, second);
        server.Options.MaximumRetryCount = 1;
        Task<bool> call = server.CallAsync(client => client.DeleteThreadAsync("cthr_1", server, Token));
        if (kind is null)
        {
            Assert.True(await call);
            Assert.Equal(2, server.Exchanges.Count);
        }
        else
        {
            Assert.Equal(kind, (await Assert.ThrowsAsync<ChatKitApiException>(() => call)).Kind);
        }
    }

    [Theory]
    [InlineData("500|retry-after-ms: 1", "403", true)]
    [InlineData("500|retry-after-ms: 1", "404", true)]
    [InlineData("409|retry-after-ms: 1", "403", false)]
    [InlineData("429|retry-after-ms: 1", "404", false)]
    [InlineData("404", null, false)]
    [InlineData("408|x-should-retry: false", null, true)]
    [InlineData("""200|{"id":"cthr_2","deleted":true}""", """200|{"id":"cthr_2","deleted":true}""", true)]
    public async Task That_fail_say_whether_any_attempt_may_have_been_carried_out(
        string first, string? second, bool maybe)
    {
        FakeServer server = FakeServer.InTurn(second is null ? [first] : [first, second]);
        server.Options.MaximumRetryCount = 1;

        ChatKitApiException failure =
            await server.FailAsync(client => client.DeleteThreadAsync("cthr_1", server, Token));

        Assert.Equal(maybe, failure.MayHaveBeenCarriedOut);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_a_deletion_are_never_made_behind_its_back()
    {
        using SocketServer broken = new("");
        using ChatKitClient client = new(broken.Options);

        await Assert.ThrowsAsync<ChatKitApiException>(() => client.DeleteThreadAsync("cthr_1", null, Token));

        Assert.Single(broken.Heads);
    }

    [Fact(Timeout = 60_000)]
    public async Task Are_made_for_a_broken_connection_and_for_a_body_cut_short()
    {
        using SocketServer broken = new("");
        broken.Options.MaximumRetryCount = 1;
        Assert.Equal(ChatKitErrorKind.ConnectionFailed, (await broken.FailAsync()).Kind);
        Assert.True(broken.Heads.Count >= 2);

        using SocketServer cut = new("HTTP/1.1 200 OK", "Content-Length: 500", "", "{");
        cut.Options.MaximumRetryCount = 1;
        Assert.Equal(ChatKitErrorKind.InvalidResponse, (await cut.FailAsync()).Kind);
        Assert.Equal(2, cut.Heads.Count);
    }

    [Theory]
    [InlineData(0, ChatKitErrorKind.ServerError, 500)]
    [InlineData(1, ChatKitErrorKind.ServerError, 1000)]
    [InlineData(5, ChatKitErrorKind.ServerError, 16_000)]
    [InlineData(6, ChatKitErrorKind.ServerError, 16_000)]
    [InlineData(0, ChatKitErrorKind.RateLimited, 100)]
    [InlineData(3, ChatKitErrorKind.RateLimited, 800)]
    [InlineData(9, ChatKitErrorKind.RateLimited, 2_000)]
    public void Wait_ever_longer_and_not_all_for_the_same_time(int before, ChatKitErrorKind kind, int milliseconds)
    {
        Assert.Equal(milliseconds * 0.75, FailureWait(before, kind, null, 0).TotalMilliseconds, 3);
        Assert.Equal(milliseconds * 1.25, FailureWait(before, kind, null, 1).TotalMilliseconds, 3);
    }

    [Theory]
    [InlineData(0, 90_000, 90_000)]
    [InlineData(0, 20, 20)]
    [InlineData(0, 0, 10)]
    [InlineData(4, 0, 160)] // A server that always says so is not asked without a pause.
    [InlineData(30, 1, 16_000)]
    public void Wait_as_long_as_the_server_asks_but_never_for_nothing(int before, int asked, int milliseconds) =>
        Assert.Equal(milliseconds, FailureWait(before, ChatKitErrorKind.ServerError, asked, 0.5).TotalMilliseconds);

    [Theory]
    [InlineData(0, 20, 20)]
    [InlineData(7, 20, 20)]
    [InlineData(0, 0, 100)] // Nothing asked for is half a round trip.
    public void Of_what_was_throttled_wait_as_long_as_the_server_asks(int before, int asked, int milliseconds) =>
        Assert.Equal(milliseconds, FailureWait(before, ChatKitErrorKind.RateLimited, asked, 0.5).TotalMilliseconds);

    [Theory]
    [InlineData("503|retry-after-ms: 1")]
    [InlineData("503|retry-after-ms: -1|retry-after: 0.001")]
    [InlineData("429|retry-after-ms: 1")]
    [InlineData("429")]
    [InlineData("429|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 1ms")]
    [InlineData("429|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 6m0s")]
    public async Task Of_what_was_throttled_use_up_none(string refusal)
    {
        FakeServer server = FakeServer.InTurn(refusal, refusal, refusal, Thread);

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);

        Assert.Equal(4, server.Exchanges.Count);
    }

    [Fact]
    public void Of_what_was_throttled_wait_within_one_budget_of_time()
    {
        VirtualClock clock = new();
        RequestPacer pacer = new(clock, new RequestGate(clock), 5, TimeSpan.FromMinutes(5), () => 0.5);
        ChatKitApiException refusal = new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429 };
        int sent = 0;
        Task<bool> AttemptAsync() => pacer.SendAsync(
            true,
            async () =>
            {
                sent++;
                await clock.DelayAsync(TimeSpan.FromMilliseconds(20), Token);
                return new Attempt<bool>(false, refusal, null);
            },
            null,
            Token);

        ChatKitApiException failure = Assert.Throws<ChatKitApiException>(() => clock.Run(AttemptAsync));

        Assert.Same(refusal, failure);
        Assert.InRange(clock.Now, TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5.1));
        Assert.InRange(sent, 60, 200);
    }

    [Fact]
    public async Task Of_a_response_to_something_else_are_made_once()
    {
        FakeServer server = FakeServer.InTurn("""200|{"id":"cthr_2"}""", Thread);
        server.Options.MaximumRetryCount = 5;
        Assert.Equal("cthr_1", (await server.GetAsync()).Id);
        Assert.Equal(2, server.Exchanges.Count);

        server = FakeServer.InTurn("""200|{"id":"cthr_2"}""", """200|{"id":"cthr_2"}""", Thread);
        server.Options.MaximumRetryCount = 5;
        Assert.Equal(ChatKitErrorKind.InvalidResponse, (await server.FailAsync()).Kind);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Of_another_threads_items_are_made_and_then_refused()
    {
        const string Items =
            """200|{"data":[{"id":"cthi_1","type":"chatkit.task","thread_id":"cthr_2"}],"has_more":false}""";
        FakeServer server = FakeServer.InTurn(Items, Items);
        server.Options.MaximumRetryCount = 5;

        ChatKitApiException failure =
            await server.FailAsync(client => client.ListItemsAsync("cthr_1", null, server, Token));

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.Contains("one of 'cthr_2' came", failure.Message, StringComparison.Ordinal);
    }

    private static TimeSpan FailureWait(int before, ChatKitErrorKind kind, int? asked, double random)
    {
        RetryRule rule = new(int.MaxValue, TimeSpan.FromDays(1), () => random, new VirtualClock());
        TimeSpan? hint = asked is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        ChatKitApiException failure = new(kind, "") { IsTransient = true, RetryAfter = hint };
        Retry? Next() =>
            rule.After(failure, failure.IsThrottled, hint, isIdempotent: true, TimeSpan.FromMilliseconds(200));
        for (int i = 0; i < before; i++)
        {
            Next();
        }

        return Next()!.Wait;
    }
}
