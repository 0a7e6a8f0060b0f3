// Turns a failure of the HTTP handler, before any response, into the client's exception.
using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ChatKit.Http;

internal static class ConnectionFailure
{
    /// <summary>The exception for a request that got no response.</summary>
    /// <param name="failure">What the handler threw.</param>
    /// <param name="route">The server, and the proxy if there is one, for the message.</param>
    /// <param name="mask">Masks the secrets in the message.</param>
    public static ChatKitApiException Of(HttpRequestException failure, string route, SecretMask mask)
    {
        Exception cause = failure;
        bool isTls = false;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
            isTls |= cause is AuthenticationException;
        }

        SocketError? error = (cause as SocketException)?.SocketErrorCode;
        bool isUnknownHost = error is SocketError.HostNotFound or SocketError.NoData;
        string message = $"The {(isTls ? "TLS " : "")}connection to {route} failed: {mask.Excerpt(cause.Message, 300)}";
        return new ChatKitApiException(ChatKitErrorKind.ConnectionFailed, message, mask.Apply(failure))
        {
            // Nothing is sent without a connection.
            MayHaveBeenCarriedOut = !isTls && !isUnknownHost && error is not SocketError.ConnectionRefused,

            // A bad certificate or an unknown host will not recover within seconds.
            IsTransient = !isTls && !isUnknownHost,
            HasNoResponse = true,
            IsOfConnection = isTls || isUnknownHost,
            IsUnreachable = error is SocketError.ConnectionRefused or SocketError.HostUnreachable or
                SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or
                SocketError.TimedOut or SocketError.TryAgain,
        };
    }
}
