// A request of one endpoint, to be sent as often as it takes.
using System;
using System.Net.Http;
using System.Net.Http.Headers;

namespace ChatKit.Http;

/// <param name="method">The HTTP method.</param>
/// <param name="uri">The address.</param>
/// <param name="body">The JSON to send; null for none.</param>
/// <param name="isIdempotent">Whether it may be sent again although it may have been carried out.</param>
internal sealed class ApiRequest(HttpMethod method, Uri uri, byte[]? body = null, bool isIdempotent = true)
{
    /// <summary>Whether it may be sent again although it may have been carried out.</summary>
    public bool IsIdempotent { get; } = isIdempotent;

    /// <summary>The body; empty for none.</summary>
    public byte[] Body { get; } = body ?? [];

    /// <summary>Whether an attempt failed in a way that leaves open what the server did.</summary>
    public bool MayHaveBeenCarriedOut { get; set; }

    /// <summary>Whether a response was not to it: what comes over the same connection may be meant for others.</summary>
    public bool NeedsFreshConnection { get; set; }

    /// <summary>The message of the next attempt: a message can be sent only once.</summary>
    public HttpRequestMessage CreateMessage()
    {
        HttpRequestMessage message = new(method, uri);
#if !NETFRAMEWORK
        message.Version = System.Net.HttpVersion.Version20;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
#endif
        if (Body.Length > 0)
        {
            message.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }
        else if (method != HttpMethod.Get)
        {
            // Without any content the handler itself sends again what a broken connection swallowed; a deletion must know of every attempt.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }
}
