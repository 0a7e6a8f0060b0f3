// The ways in which a request can fail.
namespace ChatKit;

/// <summary>
/// The kind of a <see cref="ChatKitApiException"/>. It follows the HTTP status, because the API often sends no error
/// code.
/// </summary>
public enum ChatKitErrorKind
{
    /// <summary>
    /// The identifier is invalid: null, blank, <c>.</c>, <c>..</c>, or not possible in an address. Nothing was sent.
    /// </summary>
    InvalidId,

    /// <summary>HTTP 400, or another 4xx status without a kind of its own.</summary>
    BadRequest,

    /// <summary>HTTP 401: the key is not accepted.</summary>
    Unauthorized,

    /// <summary>HTTP 403: the key is valid but has no permission for this.</summary>
    Forbidden,

    /// <summary>HTTP 404: the key's project has no such object.</summary>
    NotFound,

    /// <summary>HTTP 409: the request conflicts with another one.</summary>
    Conflict,

    /// <summary>HTTP 429: too many requests, or the quota is used up.</summary>
    RateLimited,

    /// <summary>HTTP 5xx: the server, or a gateway in front of it, failed.</summary>
    ServerError,

    /// <summary>
    /// A response came, but not the expected one: HTML, an empty or truncated body, another object, a redirect.
    /// </summary>
    InvalidResponse,

    /// <summary>
    /// No response came: unknown host, connection refused or broken, or a TLS certificate that was not accepted.
    /// </summary>
    ConnectionFailed,

    /// <summary>No complete response came within the timeout (or HTTP 408).</summary>
    TimedOut,
}
