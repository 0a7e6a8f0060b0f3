// Refusals for rate: what is sent again, after which wait, and what is not.
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class RefusalTests
{
    private const string Thread = """200|{"id":"cthr_1","deleted":true}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("429|retry-after-ms: 1")]
    [InlineData("429|retry-after: 0.001")]
    [InlineData("429|retry-after-ms: 1|x-should-retry: true")]
    [InlineData("""429|retry-after-ms: 1|{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}""")]
    public async Task Are_waited_out_and_each_attempt_is_told_of(string refusal)
    {
        FakeServer server = FakeServer.InTurn(refusal, refusal, Thread);

        Assert.Equal("cthr_1", (await server.GetAsync()).Id);

        Assert.Equal([429, 429, 200], server.Exchanges.Select(exchange => exchange.StatusCode));
        Assert.Equal(3, server.Requests.Select(request => request.RequestUri!.AbsoluteUri).Count(
            uri => uri.EndsWith("/threads/cthr_1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        """429|retry-after-ms: 1|{"error":{"message":"No money.","code":"insufficient_quota"}}""",
        ChatKitErrorKind.RateLimited,
        0.001)]
    [InlineData("429|retry-after-ms: 1|x-should-retry: false", ChatKitErrorKind.RateLimited, 0.001)]
    [InlineData("429|retry-after: 300.001", ChatKitErrorKind.RateLimited, 300.001)]
    [InlineData("429|retry-after: 31536000", ChatKitErrorKind.RateLimited, 31536000.0)]
    [InlineData("500|retry-after-ms: 1", ChatKitErrorKind.ServerError, 0.001)]
    [InlineData("503", ChatKitErrorKind.ServerError, null)]
    [InlineData("503|retry-after: 301", ChatKitErrorKind.ServerError, 301.0)]
    [InlineData("408|retry-after-ms: 1", ChatKitErrorKind.TimedOut, 0.001)]
    [InlineData("409", ChatKitErrorKind.Conflict, null)]
    [InlineData("404", ChatKitErrorKind.NotFound, null)]
    public async Task Are_the_end_where_no_waiting_helps(string answer, ChatKitErrorKind kind, double? seconds)
    {
        FakeServer server = FakeServer.InTurn(answer, Thread);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((kind, seconds), (failure.Kind, failure.RetryAfter?.TotalSeconds));
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Are_the_end_where_the_waits_of_a_call_add_up_to_too_much()
    {
        FakeServer server = FakeServer.InTurn("429|retry-after-ms: 1", "429|retry-after: 300", Thread);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.RateLimited, 300.0, 2),
            (failure.Kind, failure.RetryAfter!.Value.TotalSeconds, server.Requests.Count));
    }

    [Fact]
    public async Task Do_not_lose_the_body_that_is_sent_again()
    {
        FakeServer server = FakeServer.InTurn("429|retry-after-ms: 1", """200|{"id":"cksess_1"}""");

        await server.CallAsync(
            client => client.CreateSessionAsync(new() { WorkflowId = "wf", User = "ü" }, server, Token));

        Assert.Equal(Enumerable.Repeat("""{"workflow":{"id":"wf"},"user":"ü"}""", 2), server.Bodies);
        Assert.All(server.Exchanges, exchange => Assert.Contains(
            "\n{\"workflow\":{\"id\":\"wf\"},\"user\":\"ü\"}\n", exchange.ToDetailedString()));
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Of_anything_else_do_not_make_a_404_good()
    {
        Assert.Equal(
            ChatKitErrorKind.NotFound, (await FakeServer.InTurn("429|retry-after-ms: 1", "404").FailAsync()).Kind);
    }

    [Fact]
    public async Task Are_not_waited_out_once_the_caller_ends_the_call()
    {
        using CancellationTokenSource source = new();
        FakeServer server = FakeServer.InTurn("429|retry-after: 200", Thread);
        Ender ender = new(source);
        using ChatKitClient client = new(server.Options, server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetThreadAsync("cthr_1", ender, source.Token));

        Assert.Equal((429, 1), (ender.Told!.StatusCode, server.Requests.Count));
    }

    /// <summary>
    /// Ends the call a moment after it is told of the first attempt, which is during the wait for the next.
    /// </summary>
    private sealed class Ender(CancellationTokenSource source) : IProgress<ChatKitExchange>
    {
        public ChatKitExchange? Told { get; private set; }

        public void Report(ChatKitExchange value)
        {
            Told = value;
            source.CancelAfter(1);
        }
    }
}
