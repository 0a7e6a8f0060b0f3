// What is told of each exchange, in a line and in full.
using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class ExchangeTests
{
    [Fact]
    public async Task Tells_of_a_success()
    {
        FakeServer server = new(
            """{"id":"cthr_1","title":"T"}""",
            200,
            "x-request-id: req_1",
            "Content-Type: application/json",
            "X-Ratelimit-Remaining-Requests: 9");
        server.Options.Organization = "org-1";

        await server.GetAsync();

        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        Assert.Equal(
            ("GET", "/v1/chatkit/threads/cthr_1", 200, "req_1", null),
            (exchange.Method, exchange.Path, exchange.StatusCode, exchange.RequestId, exchange.Failure));
        Assert.True(exchange.Elapsed >= TimeSpan.Zero);
        Assert.Matches(@"^GET /v1/chatkit/threads/cthr_1 -> 200 in \d+ ms, request req_1$", exchange.ToString());
        string[] lines = exchange.ToDetailedString().Split('\n');
        Assert.Equal("> GET https://api.openai.com/v1/chatkit/threads/cthr_1", lines[0]);
        foreach (string line in new[]
        {
            "> Authorization: ***",
            "> OpenAI-Organization: org-1",
            "< 200 OK",
            "< x-request-id: req_1",
            "< X-Ratelimit-Remaining-Requests: 9",
            "< Content-Type: application/json",
        })
        {
            Assert.Contains(line, lines, StringComparer.OrdinalIgnoreCase);
        }

        Assert.Equal("""{"id":"cthr_1","title":"T"}""", lines[lines.Length - 1]);
    }

    [Fact]
    public async Task Tells_of_a_refusal()
    {
        FakeServer server = new("<h1>No</h1>", 403);

        await server.FailAsync();

        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        Assert.Matches(@"^GET /v1/chatkit/threads/cthr_1 -> 403 in \d+ ms$", exchange.ToString());
        Assert.EndsWith("<h1>No</h1>", exchange.ToDetailedString());
    }

    [Fact]
    public async Task Tells_of_a_failure_without_an_answer()
    {
        FakeServer server = new(_ => throw new HttpRequestException(
            "Outer", new InvalidOperationException($"Cable cut by {FakeServer.Key}\u001b")));

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.ConnectionFailed, null), (failure.Kind, failure.StatusCode));
        Assert.Equal("The connection to api.openai.com failed: Cable cut by ***\uFFFD", failure.Message);
        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        Assert.Equal((null, null, failure.Message), (exchange.StatusCode, exchange.RequestId, exchange.Failure));
        Assert.EndsWith($" ms: {failure.Message}", exchange.ToString(), StringComparison.Ordinal);
        Assert.Contains("-> no answer in ", exchange.ToString());
        Assert.EndsWith("\n" + failure.Message, exchange.ToDetailedString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"cthr_1","client_secret":"hush"}""", """{"id":"cthr_1","client_secret":"***"}""")]
    [InlineData("""{"client_secret" : "hu\"sh","id":"cthr_1"}""", """{"client_secret" : "***","id":"cthr_1"}""")]
    [InlineData(
        """{"id":"cthr_1","a":[{"client_secret":"hush"},{"client_secret":"hush\\"}]}""",
        """{"id":"cthr_1","a":[{"client_secret":"***"},{"client_secret":"***"}]}""")]
    [InlineData("""{"id":"cthr_1","client_secret":null}""", """{"id":"cthr_1","client_secret":null}""")]
    [InlineData(
        """{"id":"cthr_1","title":"It is\nek_0123456789.\tek_0123456789"}""",
        """{"id":"cthr_1","title":"It is\n***.\t***"}""")]
    [InlineData("""{"id":"cthr_1","title":"a_week_of_shame"}""", """{"id":"cthr_1","title":"a_week_of_shame"}""")]
    public async Task Masks_client_secrets(string body, string shown)
    {
        FakeServer server = new(body);

        await server.GetAsync();

        Assert.EndsWith("\n" + shown, Assert.Single(server.Exchanges).ToDetailedString());
    }

    [Theory]
    [InlineData("""{"client_secret":"hush","object":"chatkit.session","id":"x"}""")]
    [InlineData("""{"object":"chatkit.session","client_secret":"hush""")]
    public async Task Masks_client_secrets_in_messages(string body)
    {
        ChatKitApiException failure = await new FakeServer(body).FailAsync();

        Assert.DoesNotContain("hush", failure.ToString());
        Assert.Contains("\"client_secret\":\"***", failure.Message);
    }

    [Fact]
    public async Task Survives_an_answer_without_content()
    {
        FakeServer server = new(_ => new HttpResponseMessage());

        await server.FailAsync();

        Assert.Contains("\n< 200 OK\n", Assert.Single(server.Exchanges).ToDetailedString());
    }

    [Fact]
    public async Task Tells_of_what_the_caller_ended()
    {
        using CancellationTokenSource source = new();
        FakeServer server = new(_ =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.GetUntilAsync(source.Token));

        Assert.Equal("cancelled", Assert.Single(server.Exchanges).Failure);
    }
}
