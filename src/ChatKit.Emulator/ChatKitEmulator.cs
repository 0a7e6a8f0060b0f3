// The API's rules over a store: which request is which endpoint, and what it answers.
using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Emulator;

/// <summary>Answers requests as the ChatKit API does, from memory. Give it to a <see cref="ChatKitClient"/> in place of the network.</summary>
/// <param name="store">The project to serve.</param>
public sealed class ChatKitEmulator(ThreadStore store) : HttpMessageHandler
{
    private long _requests;

    /// <summary>The address that a client of the emulator uses: a name that never resolves, so that nothing can leave by mistake.</summary>
    public static Uri BaseUri { get; } = new("https://emulator.invalid/v1");

    /// <summary>Makes a client whose network is an emulator. The client's user need not know of HTTP.</summary>
    /// <param name="options">The client's settings.</param>
    /// <param name="store">The project to serve.</param>
    /// <returns>The client.</returns>
    public static ChatKitClient CreateClient(ChatKitClientOptions options, ThreadStore store) => new(options, new ChatKitEmulator(store));

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request, as for the API: with a key, and the beta header.</param>
    /// <returns>The answer, whose JSON and headers are those of the API.</returns>
    public HttpResponseMessage Answer(HttpRequestMessage request)
    {
        HttpResponseMessage response = Route(request);
        response.RequestMessage = request;
        response.Headers.Add("x-request-id", $"req_{Interlocked.Increment(ref _requests):x32}");
        response.Headers.Add("openai-processing-ms", "1");
        return response;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<HttpResponseMessage>(cancellationToken) : Task.FromResult(Answer(request));

    private HttpResponseMessage Route(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
        {
            return Error(HttpStatusCode.Unauthorized, "You didn't provide an API key. It goes in an Authorization header, as a Bearer token.");
        }

        if (!request.Headers.TryGetValues("OpenAI-Beta", out var beta) || !beta.Contains("chatkit_beta=v1"))
        {
            return Error(HttpStatusCode.BadRequest, "The ChatKit API needs the header 'OpenAI-Beta: chatkit_beta=v1'.", code: "invalid_beta");
        }

        string path = request.RequestUri!.AbsolutePath;
        string[] segments = [.. path.Split('/').SkipWhile(segment => segment != "chatkit").Select(Uri.UnescapeDataString)];
        return segments.Length == 3 && segments[1] == "threads" && segments[2].Length > 0 && request.Method == HttpMethod.Get
            ? GetThread(segments[2])
            : Error(HttpStatusCode.NotFound, $"Invalid URL ({request.Method} {path})");
    }

    private HttpResponseMessage GetThread(string id) =>
        store.Find(id) is { } thread ? Json(HttpStatusCode.OK, thread.Json) : Error(HttpStatusCode.NotFound, $"No thread found with id '{id}'.");

    private static HttpResponseMessage Error(HttpStatusCode status, string message, string? param = null, string? code = null)
    {
        using System.IO.MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("message", message);
            writer.WriteString("type", "invalid_request_error");
            writer.WriteString("param", param);
            writer.WriteString("code", code);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Json(status, bytes.ToArray());
    }

    private static HttpResponseMessage Json(HttpStatusCode status, byte[] body)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName };
        return new HttpResponseMessage(status) { Content = content };
    }
}
