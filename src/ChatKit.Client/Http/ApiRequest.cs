// A request, and what its attempts have in common.
using System;
using System.Net.Http;
using System.Net.Http.Headers;

namespace ChatKit.Http;

/// <param name="method">The HTTP method.</param>
/// <param name="uri">The address.</param>
/// <param name="body">The JSON to send; null for none.</param>
/// <param name="isIdempotent">Whether it may be retried although the server may have carried it out.</param>
internal sealed class ApiRequest(HttpMethod method, Uri uri, byte[]? body = null, bool isIdempotent = true)
{
    /// <summary>Whether it may be retried although the server may have carried it out.</summary>
    public bool IsIdempotent { get; } = isIdempotent;

    /// <summary>The body; empty for none.</summary>
    public byte[] Body { get; } = body ?? [];

    /// <summary>Whether the server may have carried out a failed attempt.</summary>
    public bool MayHaveBeenCarriedOut { get; set; }

    /// <summary>
    /// Whether a response did not match the request. Later responses on the same connection may not match either.
    /// </summary>
    public bool NeedsFreshConnection { get; set; }

    /// <summary>Creates the message of an attempt. A message can be sent only once.</summary>
    public HttpRequestMessage CreateMessage()
    {
        HttpRequestMessage message = new(method, uri);
#if !NETFRAMEWORK
        message.Version = System.Net.HttpVersion.Version20;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
#endif
        if (Body.Length > 0)
        {
            message.Content =
                new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }
        else if (method != HttpMethod.Get)
        {
            // Without content, the handler itself would retry after a broken connection; a deletion must know of every
            // attempt.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }
}
