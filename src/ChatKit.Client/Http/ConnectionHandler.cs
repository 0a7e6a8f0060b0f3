// The handler that talks to the network, one per connection and kept for as long as it. Redirects are not followed: the key goes only where it was sent.
using System;
using System.Net;
using System.Net.Http;
#if NETFRAMEWORK
using System.Security.Authentication;
#endif

namespace ChatKit.Http;

internal static class ConnectionHandler
{
    /// <summary>Makes the handler.</summary>
    /// <param name="options">Settings that have been checked.</param>
    /// <param name="keepsConnections">Whether a connection serves one request after the other.</param>
    public static HttpMessageHandler Create(ChatKitClientOptions options, bool keepsConnections = true)
    {
        // Not even the system's: the proxy would read the key, which is to stay on this machine or go to the one server that was named.
        bool useProxy = options.BaseUri.Scheme == Uri.UriSchemeHttps && !options.BaseUri.IsLoopback;
        IWebProxy? proxy = options.Proxy is null ? null : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };
#if NETFRAMEWORK
        // On the handler, never on ServicePointManager, which is the whole process's. A pooled connection's lifetime and HTTP/2 cannot be had here.
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            SslProtocols = SslProtocols.Tls12,
            MaxConnectionsPerServer = 512,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return keepsConnections ? handler : new ClosingHandler(handler);
#else
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            AutomaticDecompression = DecompressionMethods.All,
            EnableMultipleHttp2Connections = true,
            // A name is looked up anew for every connection, so a change of address is seen within this time.
            PooledConnectionLifetime = keepsConnections ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return handler;
#endif
    }
}
