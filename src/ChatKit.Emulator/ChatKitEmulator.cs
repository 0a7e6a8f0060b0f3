// Routes requests to the emulated endpoints.
using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Emulator;

/// <summary>
/// Responds to requests as the ChatKit API does, from memory. Use it as the handler of a client instead of the
/// network.
/// </summary>
/// <param name="store">The project to serve.</param>
public sealed class ChatKitEmulator(ThreadStore store) : HttpMessageHandler
{
    private readonly ThreadEndpoints _threads = new(store);
    private readonly SessionEndpoints _sessions = new();
    private long _requests;

    /// <summary>
    /// The base address of an emulator's client. The host never resolves, so no request can reach the network by
    /// mistake.
    /// </summary>
    public static Uri BaseUri { get; } = new("https://emulator.invalid/v1");

    /// <summary>Creates a client of an emulator.</summary>
    /// <param name="options">The client's settings.</param>
    /// <param name="store">The project to serve.</param>
    /// <returns>The client.</returns>
    public static ChatKitClient CreateClient(ChatKitClientOptions options, ThreadStore store) =>
        new(options, new ChatKitEmulator(store));

    /// <summary>Creates a client of an emulator, with default settings.</summary>
    /// <param name="store">
    /// The project to serve; null for a new sample, which has <c>cthr_abc123</c> and every status and type of item.
    /// </param>
    /// <returns>The client.</returns>
    public static ChatKitClient CreateClient(ThreadStore? store = null) =>
        CreateClient(new() { ApiKey = $"sk-none-{Guid.NewGuid():N}", BaseUri = BaseUri }, store ?? Seed.Sample(
            DateTimeOffset.UtcNow));

    /// <summary>Responds to a request.</summary>
    /// <param name="request">The request as for the API, with a key and the beta header.</param>
    /// <returns>The response, with the JSON and headers of the API.</returns>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync().ConfigureAwait(false);
        HttpResponseMessage response = Route(request, body);
        response.RequestMessage = request;
        response.Headers.Add("x-request-id", $"req_{Interlocked.Increment(ref _requests):x32}");
        response.Headers.Add("openai-processing-ms", "1");
        return response;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<HttpResponseMessage>(cancellationToken)
            : AnswerAsync(request);

    private HttpResponseMessage Route(HttpRequestMessage request, string body)
    {
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
        {
            return Responses.Error(
                HttpStatusCode.Unauthorized,
                "You didn't provide an API key. It goes in an Authorization header, as a Bearer token.");
        }

        if (!request.Headers.TryGetValues("OpenAI-Beta", out var beta) || !beta.Contains("chatkit_beta=v1"))
        {
            return Responses.BadRequest(
                "The ChatKit API needs the header 'OpenAI-Beta: chatkit_beta=v1'.", code: "invalid_beta");
        }

        Uri uri = request.RequestUri!;
        string[] path =
            [.. uri.AbsolutePath.Split('/').SkipWhile(segment => segment != "chatkit").Select(Uri.UnescapeDataString)];
        string id = path.Length > 2 ? path[2] : "";

        // The path with a star for the id.
        string shape =
            string.Join("/", path.Select((segment, index) => index == 2 && segment.Length > 0 ? "*" : segment));
        return (request.Method.Method, shape) switch
        {
            ("DELETE" or "POST", _) when store.IsReadOnly => Responses.ReadOnly(),
            ("GET", "chatkit/threads") => _threads.List(uri),
            ("GET", "chatkit/threads/*") => _threads.Get(id),
            ("GET", "chatkit/threads/*/items") => _threads.ListItems(id, uri),
            ("DELETE", "chatkit/threads/*") => _threads.Delete(id),
            ("POST", "chatkit/sessions") => _sessions.Create(body),
            ("POST", "chatkit/sessions/*/cancel") => _sessions.Cancel(id),
            _ => Responses.NotFound($"Invalid URL ({request.Method} {uri.AbsolutePath})"),
        };
    }
}
