// The client's only exception for a failed request: its kind, and the details that the server sent.
using System;

namespace ChatKit;

/// <summary>A request to the ChatKit API failed. The message holds no secret and no control characters.</summary>
public sealed class ChatKitApiException : Exception
{
    internal ChatKitApiException(ChatKitErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Kind = kind;

    /// <summary>The kind of failure.</summary>
    public ChatKitErrorKind Kind { get; }

    /// <summary>The HTTP status; null if no response came.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>
    /// The API's <c>error.type</c>, such as <c>invalid_request_error</c>; null if the response has none.
    /// </summary>
    public string? Type { get; internal set; }

    /// <summary>The API's <c>error.code</c>; null if the response has none, which is common.</summary>
    public string? Code { get; internal set; }

    /// <summary>The API's <c>error.param</c>: the invalid part of the request; null if the response has none.</summary>
    public string? Param { get; internal set; }

    /// <summary>The server's <c>x-request-id</c>, for support; null if no response came or it has none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>Whether the quota is used up. Waiting does not help.</summary>
    internal bool IsQuotaUsedUp => Kind == ChatKitErrorKind.RateLimited && Code == "insufficient_quota";

    /// <summary>Whether the request was throttled: HTTP 429, or 503 with <c>Retry-After</c>.</summary>
    internal bool IsThrottled =>
        (Kind == ChatKitErrorKind.RateLimited && !IsQuotaUsedUp) || (StatusCode == 503 && RetryAfter is not null);

    /// <summary>
    /// Whether it is 503 without <c>Retry-After</c>: throttling if several requests get it at once, else a server
    /// error.
    /// </summary>
    internal bool IsUnavailable => StatusCode == 503 && RetryAfter is null;

    /// <summary>Whether the server wants a retry (<c>x-should-retry</c>); null if it does not say.</summary>
    internal bool? ShouldRetry { get; set; }

    /// <summary>
    /// Whether the server may have carried out the request, in this attempt or an earlier one of the same call. True if
    /// a request was sent and got no response, or one that leaves it open: HTTP 408, 5xx, or a success that cannot be
    /// read.
    /// </summary>
    public bool MayHaveBeenCarriedOut { get; internal set; }

    /// <summary>
    /// Whether the connection failed rather than this request, so that every other request would fail too: HTTP 401, a
    /// 403 about the key or the region, TLS, an unknown host, or a server that does not respond to any request. Calls
    /// that were not sent because the connection is lost have it set too.
    /// </summary>
    public bool IsOfConnection { get; internal set; }

    /// <summary>Whether a complete response came that does not match the request.</summary>
    internal bool IsMismatched { get; set; }

    /// <summary>
    /// Whether no complete HTTP response came: no connection, a broken one, a protocol error, or a timeout.
    /// </summary>
    internal bool HasNoResponse { get; set; }

    /// <summary>Whether the host refused the connection or cannot be reached.</summary>
    internal bool IsUnreachable { get; set; }

    /// <summary>Whether the body is an error object of the API, rather than, say, a proxy's page.</summary>
    internal bool IsApiError { get; set; }

    /// <summary>Whether a retry may succeed.</summary>
    internal bool IsTransient { get; set; }

    /// <summary>
    /// How long the server asked to wait (<c>retry-after-ms</c>, <c>retry-after</c>); null if it did not, or if the
    /// value is invalid.
    /// </summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>
    /// How long until the rate limit is restored (<c>x-ratelimit-reset-requests</c>); null unless the server says that
    /// nothing is left of it.
    /// </summary>
    internal TimeSpan? RateLimitReset { get; set; }
}
