// The one exception of the client: what went wrong, of which kind, and all that the server said about it.
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

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>The API's <c>error.type</c>, such as <c>invalid_request_error</c>; null where it sent none.</summary>
    public string? Type { get; internal set; }

    /// <summary>The API's <c>error.code</c>; it often sends none.</summary>
    public string? Code { get; internal set; }

    /// <summary>The API's <c>error.param</c>: which part of the request it refused; null where it sent none.</summary>
    public string? Param { get; internal set; }

    /// <summary>The server's <c>x-request-id</c>, for support; null where no answer came or it had none.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>Whether the quota is used up, which does not come back by waiting.</summary>
    internal bool IsQuotaUsedUp => Kind == ChatKitErrorKind.RateLimited && Code == "insufficient_quota";

    /// <summary>Whether it only came too soon: HTTP 429, or 503 with a time to come back at.</summary>
    internal bool IsThrottled =>
        (Kind == ChatKitErrorKind.RateLimited && !IsQuotaUsedUp) || (StatusCode == 503 && RetryAfter is not null);

    /// <summary>Whether it is 503 without such a time: throttled if many get it at once, a failure of the server's if not.</summary>
    internal bool IsUnavailable => StatusCode == 503 && RetryAfter is null;

    /// <summary>What the server says of sending the request again (<c>x-should-retry</c>); null where it says nothing.</summary>
    internal bool? ShouldRetry { get; set; }

    /// <summary>
    /// Whether the server may have done what was asked, in this attempt or an earlier one of the same call: no response came to a request that
    /// was sent, or one that leaves it open (HTTP 408 and 5xx, or a success that cannot be read).
    /// </summary>
    public bool MayHaveBeenCarriedOut { get; internal set; }

    /// <summary>
    /// Whether it is the failure of the connection rather than of what was asked for, so that every other request would fail alike: HTTP 401, a
    /// 403 that is about the key or the region, TLS, an unknown host, or a server that gives no response to any request. The exception of a call
    /// that was not even sent for this reason is of the same kind.
    /// </summary>
    public bool IsOfConnection { get; internal set; }

    /// <summary>Whether a whole response came that is not to what was asked for.</summary>
    internal bool IsMismatched { get; set; }

    /// <summary>Whether no HTTP response came: no connection, one that broke off, something else than HTTP, or no whole response in time.</summary>
    internal bool HasNoResponse { get; set; }

    /// <summary>Whether nobody listens at the address, or no way leads there.</summary>
    internal bool IsUnreachable { get; set; }

    /// <summary>Whether the body is an error of the API's own, rather than a proxy's page.</summary>
    internal bool IsApiError { get; set; }

    /// <summary>Whether the same request may well succeed when it is sent again.</summary>
    internal bool IsTransient { get; set; }

    /// <summary>How long the server asked to wait (<c>retry-after-ms</c>, <c>retry-after</c>); null where it did not, or said nonsense.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>How long until all of the rate limit is there again (<c>x-ratelimit-reset-requests</c>); null where none of it is said to be used up.</summary>
    internal TimeSpan? RateLimitReset { get; set; }
}
