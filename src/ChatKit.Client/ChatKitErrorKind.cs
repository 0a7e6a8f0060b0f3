// The kinds of failure that a request can have.
namespace ChatKit;

/// <summary>What kind of failure a <see cref="ChatKitApiException"/> is. The API often leaves its own code out, so this follows the HTTP status.</summary>
public enum ChatKitErrorKind
{
    /// <summary>The identifier cannot be one: null, blank, <c>.</c>, <c>..</c>, or nothing that an address can carry. Nothing was sent.</summary>
    InvalidId,

    /// <summary>HTTP 400, or another refusal of the 4xx range that has no kind of its own.</summary>
    BadRequest,

    /// <summary>HTTP 401: the key is not accepted.</summary>
    Unauthorized,

    /// <summary>HTTP 403: the key is good, but not for this.</summary>
    Forbidden,

    /// <summary>HTTP 404: there is no such thing in the key's project.</summary>
    NotFound,

    /// <summary>HTTP 409: the request collided with another.</summary>
    Conflict,

    /// <summary>HTTP 429: too many requests, or the quota is used up.</summary>
    RateLimited,

    /// <summary>HTTP 5xx: the server, or something before it, failed.</summary>
    ServerError,

    /// <summary>Something answered, but not with what was asked for: HTML, an empty or cut-off body, another object, a redirect.</summary>
    InvalidResponse,

    /// <summary>No answer came: the host was not found, refused or broke the connection, or its TLS certificate was not accepted.</summary>
    ConnectionFailed,

    /// <summary>No complete answer came in the time allowed (or HTTP 408).</summary>
    TimedOut,
}
