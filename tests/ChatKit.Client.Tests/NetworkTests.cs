// The real handler, against loopback sockets: whatever a network does, the client says which and never hangs.
using System;
using System.IO;
using System.IO.Compression;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class NetworkTests
{
    // Only a client that hangs takes so long.
    private const int Hung = 60_000;

    private const string Thread = """{"id":"cthr_1","title":"T"}""";

    [Fact(Timeout = Hung)]
    public async Task A_thread_comes_over_a_socket()
    {
        using SocketServer server =
            new("HTTP/1.1 200 OK", $"Content-Length: {Thread.Length}", "x-request-id: req_1", "", Thread);
        server.Options.Organization = "org-1";
        server.Options.UserAgent = "ChatKit/1.2 (x; \"y\" [z]) {";

        ChatKitThread thread = await server.GetAsync();

        Assert.Equal(("T", Thread), (thread.Title, thread.ToJson()));
        string[] head = Assert.Single(server.Heads).Split(["\r\n"], StringSplitOptions.None);
        Assert.Equal("GET /v1/chatkit/threads/cthr_1 HTTP/1.1", head[0]);
        foreach (string line in new[]
        {
            $"Host: {server.Host}", $"Authorization: Bearer {FakeServer.Key}", "OpenAI-Beta: chatkit_beta=v1",
            "OpenAI-Organization: org-1",
            "Accept: application/json", "User-Agent: ChatKit/1.2 (x; \"y\" [z]) {",
        })
        {
            Assert.Contains(line, head);
        }

        Assert.Contains(head, line => line.StartsWith("Accept-Encoding: ", StringComparison.Ordinal) &&
            line.Contains("gzip"));
    }

    [Theory(Timeout = Hung)]
    [InlineData("../../models?x#y", "..%2F..%2Fmodels%3Fx%23y")]
    [InlineData("..%2f..", "..%252f..")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("...", "...")]
    [InlineData("a b ü", "a%20b%20%C3%BC")]
    public async Task The_path_is_sent_as_it_was_escaped(string id, string segment)
    {
        using SocketServer server = new("HTTP/1.1 404 Not Found", "Content-Length: 0", "", "");

        ChatKitApiException failure = await server.FailAsync(id);

        Assert.Equal(ChatKitErrorKind.NotFound, failure.Kind);
        Assert.StartsWith($"GET /v1/chatkit/threads/{segment} HTTP/1.1\r\n", Assert.Single(server.Heads));
    }

    [Fact(Timeout = Hung)]
    public async Task A_redirect_is_not_followed()
    {
        using SocketServer server = new("HTTP/1.1 302 Found", "Location: /v1/elsewhere", "Content-Length: 0", "", "");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 302), (failure.Kind, failure.StatusCode));
        Assert.Single(server.Heads);
    }

    [Fact(Timeout = Hung)]
    public async Task A_proxy_is_asked_in_place_of_the_host()
    {
        using SocketServer proxy = new("HTTP/1.1 502 Bad Gateway", "Content-Length: 0", "", "");
        proxy.Options.Proxy = proxy.Options.BaseUri;
        proxy.Options.BaseUri = new Uri("https://chatkit.invalid/v1");

        ChatKitApiException failure = await proxy.FailAsync();

        // .NET Framework and Mono take the proxy's refusal for the server's.
        Assert.True(
            failure.Kind is ChatKitErrorKind.ConnectionFailed or ChatKitErrorKind.ServerError, $"{failure.Kind}");
        string head = Assert.Single(proxy.Heads);
        Assert.StartsWith("CONNECT chatkit.invalid:443 HTTP/1.1\r\n", head);
        Assert.DoesNotContain("Authorization: Bearer", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = Hung)]
    public async Task A_closed_port_is_named()
    {
        SocketServer server = new();
        server.Dispose();

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.ConnectionFailed, null, null), (failure.Kind, failure.StatusCode, failure.RequestId));
        Assert.StartsWith($"The connection to {server.Host} failed: ", failure.Message);
    }

    [Fact(Timeout = Hung)]
    public async Task A_host_that_is_not_found_is_named()
    {
        using SocketServer server = new();
        server.Options.BaseUri = new Uri("https://chatkit.invalid/v1");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(ChatKitErrorKind.ConnectionFailed, failure.Kind);
        Assert.StartsWith("The connection to chatkit.invalid failed: ", failure.Message);
    }

    [Theory(Timeout = Hung)]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task A_connection_that_ends_before_an_answer_has_failed(string sent)
    {
        using SocketServer server = new(sent);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.ConnectionFailed, null), (failure.Kind, failure.StatusCode));
        Assert.StartsWith($"The connection to {server.Host} failed: ", failure.Message);
    }

    [Fact(Timeout = Hung)]
    public async Task A_server_that_speaks_no_tls_is_named()
    {
        using SocketServer server = new("HTTP/1.1 400 Bad Request", "", "");
        server.Options.BaseUri = new Uri($"https://{server.Host}/v1");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(ChatKitErrorKind.ConnectionFailed, failure.Kind);
        Assert.StartsWith($"The TLS connection to {server.Host} failed: ", failure.Message);
    }

    [Theory(Timeout = Hung)]
    [InlineData("Content-Length: 500", """{"id":"cthr_1","ti""", """{"id":"cthr_1","ti""")]
    [InlineData("Content-Length: 500", """{"id":"cthr_1"}""", """{"id":"cthr_1"}""")]
    [InlineData("Content-Length: 500", "", null)]
    [InlineData("Transfer-Encoding: chunked", "f\r\n{\"id\":\"cthr_1\"}\r\n", """{"id":"cthr_1"}""")]
    [InlineData("Transfer-Encoding: chunked", "ff\r\n{\"id\":\"cthr_1\"}", """{"id":"cthr_1"}""")]
    public async Task A_body_that_is_cut_short_is_shown(string header, string sent, string? shown)
    {
        using SocketServer server = new("HTTP/1.1 200 OK", header, "x-request-id: req_1", "", sent);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.InvalidResponse, 200, "req_1"), (failure.Kind, failure.StatusCode, failure.RequestId));
        Assert.StartsWith(
            $"The answer of {server.Host} was cut short after {shown?.Length ?? 0} bytes (", failure.Message);
        Assert.Contains(shown is null ? "nothing" : $"«{shown}»", failure.Message);
    }

    [Theory(Timeout = Hung)]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task A_compressed_body_is_read(int padding)
    {
        string json = $$"""{"id":"cthr_1","pad":"{{new string('x', padding)}}"}""";
        byte[] body = Gzip(json);
        using SocketServer server = new(async (stream, token) =>
        {
            await SocketServer.SendAsync(
                stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n", token);
            await stream.WriteAsync(body, 0, body.Length, token);
        });

        ChatKitThread thread = await server.GetAsync();

        Assert.Equal(json, thread.ToJson());
    }

    [Fact(Timeout = Hung)]
    public async Task A_compressed_body_that_is_damaged_is_no_answer()
    {
        using SocketServer server = new(
            "HTTP/1.1 200 OK",
            "Content-Encoding: gzip",
            "Content-Length: 30",
            "",
            "{\"id\":\"cthr_1\",\"title\":\"long\"}");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 200), (failure.Kind, failure.StatusCode));
    }

    [Fact(Timeout = Hung)]
    public async Task A_body_in_many_pieces_is_read()
    {
        using SocketServer server = new(async (stream, token) =>
        {
            await SocketServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", token);
            foreach (char c in Thread)
            {
                await SocketServer.SendAsync(stream, $"1\r\n{c}\r\n", token);
            }

            await SocketServer.SendAsync(stream, "0\r\n\r\n", token);
        });

        Assert.Equal(Thread, (await server.GetAsync()).ToJson());
    }

    [Fact(Timeout = Hung)]
    public async Task A_silent_server_is_left_when_the_time_is_up()
    {
        using SocketServer server = new((_, token) => Task.Delay(Timeout.Infinite, token));
        server.Options.Timeout = TimeSpan.FromMilliseconds(200);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.TimedOut, null), (failure.Kind, failure.StatusCode));
        Assert.Equal($"{server.Host} gave no complete answer within 0.2 s.", failure.Message);
    }

    [Fact(Timeout = Hung)]
    public async Task A_trickling_server_is_left_when_the_time_is_up()
    {
        using SocketServer server = new(TrickleAsync);
        server.Options.Timeout = TimeSpan.FromMilliseconds(500);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(ChatKitErrorKind.TimedOut, failure.Kind);
    }

    [Fact(Timeout = Hung)]
    public async Task A_body_that_stalls_is_left_when_the_time_is_up()
    {
        FakeServer server =
            new(_ => FakeServer.Response(new StreamContent(new StalledStream()), 200, "x-request-id: req_1"));
        server.Options.Timeout = TimeSpan.FromMilliseconds(200);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.TimedOut, 200, "req_1"), (failure.Kind, failure.StatusCode, failure.RequestId));
        Assert.Equal("no complete answer within 0.2 s", Assert.Single(server.Exchanges).Failure);
    }

    [Theory(Timeout = Hung)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_caller_can_end_a_call_at_any_time(bool trickling)
    {
        TaskCompletionSource<bool> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using SocketServer server = new((stream, token) =>
        {
            asked.SetResult(true);
            return trickling ? TrickleAsync(stream, token) : Task.Delay(Timeout.Infinite, token);
        });
        using CancellationTokenSource source = new();

        Task<ChatKitThread> call = server.GetUntilAsync(source.Token);
        await asked.Task;
        source.Cancel();

        // The server goes on, so only the cancellation can end the call.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact(Timeout = Hung)]
    public async Task A_response_to_something_else_is_asked_for_again_over_another_connection()
    {
        // A kept connection on which one response too many came gives each request the response of the one before.
        string[] bodies = ["{\"id\":\"cthr_0\"}", Thread];
        int connections = 0;
        using SocketServer server = new(async (stream, token) =>
        {
            string body = bodies[connections++];
            await SocketServer.SendAsync(
                stream, $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}", token);
        });
        server.Options.MaximumRetryCount = 1;

        Assert.Equal("T", (await server.GetAsync()).Title);

        Assert.Equal(2, connections);
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            gzip.Write(bytes, 0, bytes.Length);
        }

        return packed.ToArray();
    }

    private static async Task TrickleAsync(Stream stream, CancellationToken cancellationToken)
    {
        await SocketServer.SendAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", cancellationToken);
        while (true)
        {
            await SocketServer.SendAsync(stream, " ", cancellationToken);
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>
    /// A body of which nothing comes: as on .NET Framework, where a read from the network takes no token, only its end
    /// ends a read.
    /// </summary>
    private sealed class StalledStream : MemoryStream
    {
        private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanSeek => false;

        public override async Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
#if !NETFRAMEWORK
            using CancellationTokenRegistration ending = cancellationToken.Register(() => _closed.TrySetCanceled());
#endif
            return await _closed.Task;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.TrySetException(new ObjectDisposedException(nameof(StalledStream)));
            base.Dispose(disposing);
        }
    }
}
