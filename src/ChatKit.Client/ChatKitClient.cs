// The API: one method per endpoint.
using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A connection to the ChatKit API. Safe for use by several threads at once; keep one and share it, since it keeps its sockets.</summary>
public sealed class ChatKitClient : IDisposable
{
    // Once escaped. .NET takes no address of more than 65,519 characters, and no server one half as long.
    private const int LongestId = 8192;

    private readonly ApiSender _sender;

    /// <summary>Makes a connection. Nothing is sent before the first call.</summary>
    /// <param name="options">How to reach the API; copied, so a later change has no effect.</param>
    /// <exception cref="ChatKitSettingException">A setting cannot be used.</exception>
    public ChatKitClient(ChatKitClientOptions options)
        : this(options, null)
    {
    }

    /// <summary>Makes a connection over another way to the server than the network.</summary>
    /// <param name="options">How to reach the API; copied, so a later change has no effect.</param>
    /// <param name="handler">The way (an emulator, a test), owned by the client from now on; null for the network.</param>
    /// <exception cref="ChatKitSettingException">A setting cannot be used.</exception>
    public ChatKitClient(ChatKitClientOptions options, HttpMessageHandler? handler)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        ChatKitClientOptions valid = options.Validated();
        _sender = new ApiSender(valid, handler ?? ConnectionHandler.Create(valid));
    }

    /// <summary>Gets one thread: <c>GET /chatkit/threads/{thread_id}</c>.</summary>
    /// <param name="threadId">The identifier. Whatever its characters, it is sent as one segment of the path.</param>
    /// <param name="exchanges">Is told of each attempt before the call ends, on whatever thread it ran; may be null.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The thread.</returns>
    /// <exception cref="ChatKitApiException">The call failed; <see cref="ChatKitApiException.Kind"/> says how.</exception>
    public async Task<ChatKitThread> GetThreadAsync(string threadId, IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        Uri uri = ThreadUri(threadId);
        return await _sender.SendAsync(
            HttpMethod.Get,
            uri,
            body =>
            {
                ChatKitThread thread = ChatKitJson.ReadThread(body);
                return thread.Id == threadId
                    ? thread
                    : throw new JsonException($"Thread '{threadId}' was asked for, and '{thread.Id}' came.");
            },
            exchanges,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection; calls under way fail.</summary>
    public void Dispose() => _sender.Dispose();

    private Uri ThreadUri(string? threadId)
    {
        if (string.IsNullOrWhiteSpace(threadId) || threadId is "." or "..")
        {
            throw new ChatKitApiException(ChatKitErrorKind.InvalidId, threadId is "." or ".." ? $"'{threadId}' is not the id of a thread." : "The id of a thread is missing: it is null, empty or blank.");
        }

        string segment = threadId!.Length > LongestId ? threadId : Escape(threadId);
        if (segment.Length > LongestId)
        {
            throw new ChatKitApiException(ChatKitErrorKind.InvalidId, $"An id of {threadId.Length} characters is too long.");
        }

        string path = "chatkit/threads/" + segment;
        Uri uri = new(_sender.BaseUri.AbsoluteUri + path);

        // Some frameworks unescape slashes and dots of an address, which would make it another endpoint's.
        return uri.AbsoluteUri.EndsWith("/" + path, StringComparison.Ordinal)
            ? uri
            : throw new ChatKitApiException(ChatKitErrorKind.InvalidId, $"The id '{PrintableText.Excerpt(threadId)}' cannot be part of an address.");
    }

    private static string Escape(string threadId)
    {
        for (int i = 0; i < threadId.Length; i++)
        {
            if (char.IsHighSurrogate(threadId[i]) && i + 1 < threadId.Length && char.IsLowSurrogate(threadId[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(threadId[i]))
            {
                throw new ChatKitApiException(ChatKitErrorKind.InvalidId, $"The id '{PrintableText.Excerpt(threadId)}' is not valid Unicode.");
            }
        }

        return Uri.EscapeDataString(threadId);
    }
}
