// Creates the handler that talks to the network. It follows no redirects, so that the key goes only to the given
// server.
using System;
using System.Net;
using System.Net.Http;
#if NETFRAMEWORK
using System.Security.Authentication;
#endif

namespace ChatKit.Http;

internal static class ConnectionHandler
{
    /// <summary>Creates a handler.</summary>
    /// <param name="options">Validated settings.</param>
    /// <param name="keepsConnections">Whether connections are reused.</param>
    public static HttpMessageHandler Create(ChatKitClientOptions options, bool keepsConnections = true)
    {
        // Plain http and loopback use no proxy, not even the system's: it could read the key.
        bool useProxy = options.BaseUri.Scheme == Uri.UriSchemeHttps && !options.BaseUri.IsLoopback;
        IWebProxy? proxy = options.Proxy is null
            ? null
            : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };
#if NETFRAMEWORK
        // Set on the handler: ServicePointManager would change the whole process. This handler has no connection
        // lifetime and no HTTP/2.
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
            // DNS is resolved for each new connection, so a change of address is noticed within this time.
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
