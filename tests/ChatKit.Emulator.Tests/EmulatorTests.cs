// What the emulator answers, against the API's contract.
using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class EmulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thread_is_answered_as_it_is_stored()
    {
        byte[] json = """{"object":"chatkit.thread","id":"cthr_1","new_member":[1.50,"ü"]}"""u8.ToArray();
        ThreadStore store = new();
        store.TryAdd(new StoredThread("cthr_1", 0, null, json, []));
        using HttpClient http = Emulated.Http(store);

        using HttpResponseMessage response =
            await http.SendAsync(Emulated.Request("/v1/chatkit/threads/cthr_1"), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(json, await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_project_that_can_only_be_read_is_listed_by_age_and_refuses_every_change()
    {
        ThreadStore store = new([new Elsewhere("b", 20), new Elsewhere("a", 10), new Elsewhere("c", 20)]);
        using HttpClient http = Emulated.Http(store);

        Assert.Equal(["a", "b", "c"], (await http.AskAsync("/v1/chatkit/threads?order=asc")).Body.Ids());
        foreach ((string method, string path) in new[]
        {
            ("DELETE", "threads/a"),
            ("POST", "sessions"),
            ("POST", "sessions/cksess_1/cancel"),
        })
        {
            (int status, JsonElement body) = await http.AskAsync("/v1/chatkit/" + path, method);
            Assert.Equal(403, status);
            Assert.Contains("it can only be read", body.GetProperty("error").GetProperty("message").GetString());
        }

        Assert.Equal(3, store.Count);
    }

    [Theory]
    [InlineData("no key", "/v1/chatkit/threads/cthr_1", 401, "API key", null, null)]
    [InlineData("no key", "/v1/nothing", 401, "API key", null, null)]
    [InlineData("Bearer", "/v1/chatkit/threads/cthr_1", 401, "API key", null, null)]
    [InlineData("Basic c2stdGVzdA==", "/v1/chatkit/threads/cthr_1", 401, "API key", null, null)]
    [InlineData(
        "Bearer sk-test", "/v1/chatkit/threads/cthr_1", 400, "OpenAI-Beta: chatkit_beta=v1", "invalid_beta", "no beta")]
    [InlineData(
        "Bearer sk-test",
        "/v1/chatkit/threads/cthr_1",
        400,
        "OpenAI-Beta: chatkit_beta=v1",
        "invalid_beta",
        "assistants=v2")]
    [InlineData("Bearer sk-test", "/v1/chatkit/threads/cthr_2", 404, "No thread found with id 'cthr_2'.", null, null)]
    [InlineData("Bearer sk-test", "/v1/chatkit/threads/CTHR_1", 404, "No thread found with id 'CTHR_1'.", null, null)]
    [InlineData(
        "Bearer sk-test",
        "/v1/chatkit/threads/cthr_1%2Fitems",
        404,
        "No thread found with id 'cthr_1/items'.",
        null,
        null)]
    [InlineData(
        "Bearer sk-test",
        "/v1/chatkit/threads/cthr_1/nothing",
        404,
        "Invalid URL (GET /v1/chatkit/threads/cthr_1/nothing)",
        null,
        null)]
    [InlineData(
        "Bearer sk-test",
        "/v1/chatkit/threads/cthr_1/",
        404,
        "Invalid URL (GET /v1/chatkit/threads/cthr_1/)",
        null,
        null)]
    [InlineData(
        "Bearer sk-test",
        "/v1/chatkit/nothing/cthr_1",
        404,
        "Invalid URL (GET /v1/chatkit/nothing/cthr_1)",
        null,
        null)]
    [InlineData("Bearer sk-test", "/v1/threads/cthr_1", 404, "Invalid URL (GET /v1/threads/cthr_1)", null, null)]
    public async Task A_refusal_is_worded_and_shaped_as_the_APIs(
        string authorization, string path, int status, string message, string? code, string? beta)
    {
        using HttpClient http = Emulated.Http(Emulated.Store("cthr_1"));
        HttpRequestMessage request = Emulated.Request(
            path, authorization: authorization == "no key"
                ? null
                : authorization, beta: beta switch { null => "chatkit_beta=v1", "no beta" => null, _ => beta });

        using HttpResponseMessage response = await http.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Token));
        JsonElement error = Assert.Single(body.RootElement.EnumerateObject(), member => member.Name == "error").Value;
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("param").ValueKind);
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_method_that_the_API_does_not_have_is_no_endpoint()
    {
        using HttpClient http = Emulated.Http(Emulated.Store("cthr_1"));
        using HttpResponseMessage response =
            await http.SendAsync(Emulated.Request("/v1/chatkit/threads/cthr_1", "PUT"), Token);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Invalid URL (PUT ", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_that_is_not_there_is_an_error_with_all_that_the_API_says()
    {
        using ChatKitClient client = Emulated.Client(Emulated.Store());
        ChatKitApiException e = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_none", cancellationToken: Token));
        Assert.Equal(ChatKitErrorKind.NotFound, e.Kind);
        Assert.Equal(404, e.StatusCode);
        Assert.Equal("invalid_request_error", e.Type);
        Assert.Null(e.Code);
        Assert.Matches("^req_[0-9a-f]{32}$", e.RequestId);
        Assert.Contains("No thread found with id 'cthr_none'.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a?b=c")]
    [InlineData("a#b")]
    [InlineData("100%")]
    [InlineData("a%2Fb")]
    [InlineData("a b")]
    [InlineData("a+b&c")]
    [InlineData("chatkit")]
    [InlineData("chatkit/threads/x")]
    [InlineData("請求書 ü 🧾")]
    [InlineData("a\\b\"c\r\n")]
    public async Task An_id_is_found_whatever_its_characters(string id)
    {
        using ChatKitClient client = Emulated.Client(Emulated.Store(id, "a", "b", "x"));
        ChatKitThread thread = await client.GetThreadAsync(id, cancellationToken: Token);
        Assert.Equal(id, thread.Id);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_are_two_threads()
    {
        using ChatKitClient client = Emulated.Client(Emulated.Store("cthr_a", "cthr_A"));
        Assert.Equal("cthr_A", (await client.GetThreadAsync("cthr_A", cancellationToken: Token)).Id);
        Assert.Equal("cthr_a", (await client.GetThreadAsync("cthr_a", cancellationToken: Token)).Id);
    }

    [Fact]
    public async Task A_cancelled_request_is_not_answered()
    {
        // A client would not even hand it on.
        using HttpMessageInvoker invoker = new(new ChatKitEmulator(Emulated.Store("cthr_1")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => invoker.SendAsync(Emulated.Request("/v1/chatkit/threads/cthr_1"), new CancellationToken(true)));
    }

    [Fact]
    public async Task Many_may_ask_at_once_and_each_gets_its_own_answer_and_request_id()
    {
        string[] ids = [.. Enumerable.Range(0, 40).Select(number => $"cthr_{number}")];
        using HttpClient http = Emulated.Http(Emulated.Store(ids));

        (string Body, string RequestId)[] answers = await Task.WhenAll(ids.Select(id => Task.Run(
            async () =>
            {
                using HttpResponseMessage response =
                    await http.SendAsync(Emulated.Request("/v1/chatkit/threads/" + id), Token);
                return (await response.Content.ReadAsStringAsync(Token), response.Headers.GetValues("x-request-id")
                    .Single());
            },
            Token)));

        Assert.Equal(ids.Select(id => $$"""{"id":"{{id}}"}"""), answers.Select(answer => answer.Body));
        Assert.Equal(ids.Length, answers.Select(answer => answer.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task A_store_that_many_fill_at_once_takes_each_id_once()
    {
        const int Ids = 50_000;
        ThreadStore store = new();
        using Barrier start = new(4);

        int[] taken = await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Token);
                return Enumerable.Range(0, Ids).Select(number => $"cthr_{number}").Count(
                    id => store.TryAdd(new StoredThread(id, 0, null, [], [])) && store.Find(id) is not null);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal((Ids, Ids), (taken.Sum(), store.Count));
    }

    /// <summary>A thread that is not in memory.</summary>
    private sealed class Elsewhere(string id, long createdAt) : StoredThread(id, createdAt, null)
    {
        public override byte[] Json => JsonSerializer.SerializeToUtf8Bytes(new { id = Id });
    }
}
