// A server on a loopback socket that says exactly what a test wants on the wire, proper HTTP or not, and then hangs up.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

internal sealed class SocketServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">Is called once a request's headers have come; its token ends with the server.</param>
    public SocketServer(Func<Stream, CancellationToken, Task> answer)
    {
        _listener.Start();
        Options = new ChatKitClientOptions
        {
            ApiKey = FakeServer.Key,
            MaximumRetryCount = 0,
            BaseUri = new Uri($"http://{_listener.LocalEndpoint}/v1"),
        };
        _ = ServeAsync(answer);
    }

    public SocketServer(params string[] lines)
        : this((stream, token) => SendAsync(stream, string.Join("\r\n", lines), token))
    {
    }

    public ChatKitClientOptions Options { get; }

    public string Host => Options.BaseUri.Authority;

    /// <summary>The head of each request, as it came.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    public static Task SendAsync(Stream stream, string text, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
    }

    public Task<ChatKitThread> GetAsync(string id = "cthr_1") =>
        GetUntilAsync(TestContext.Current.CancellationToken, id);

    public async Task<ChatKitThread> GetUntilAsync(CancellationToken cancellationToken, string id = "cthr_1")
    {
        using ChatKitClient client = new(Options);
        return await client.GetThreadAsync(id, null, cancellationToken);
    }

    public Task<ChatKitApiException> FailAsync(string id = "cthr_1") =>
        Assert.ThrowsAsync<ChatKitApiException>(() => GetAsync(id));

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
        _closing.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> answer)
    {
        CancellationToken closing = _closing.Token;
        while (!closing.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                using NetworkStream stream = client.GetStream();
                Heads.Enqueue(await ReadHeadAsync(stream, closing));
                await answer(stream, closing);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or
                OperationCanceledException or InvalidOperationException)
            {
                // The client went away, or the server was stopped.
            }
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        string head = "";
        byte[] chunk = new byte[64 * 1024];
        int count;
        do
        {
            count = await stream.ReadAsync(chunk, 0, chunk.Length, cancellationToken);
            head += Encoding.ASCII.GetString(chunk, 0, count);
        }
        while (count > 0 && head[0] is ('G' or 'D') && !head.EndsWith("\r\n\r\n", StringComparison.Ordinal));

        return head;
    }
}
