// The handler that talks to the network, one per connection and kept for as long as it. Redirects are not followed: the key goes only where it was sent.
using System.Net;
using System.Net.Http;
#if NETFRAMEWORK
using System.Security.Authentication;
#else
using System;
#endif

namespace ChatKit.Http;

internal static class ConnectionHandler
{
    public static HttpMessageHandler Create(ChatKitClientOptions options)
    {
        IWebProxy? proxy = options.Proxy is null ? null : new WebProxy(options.Proxy) { Credentials = options.ProxyCredential };
#if NETFRAMEWORK
        // On the handler, never on ServicePointManager, which is the whole process's. A pooled connection's lifetime and HTTP/2 cannot be had here.
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            SslProtocols = SslProtocols.Tls12,
            MaxConnectionsPerServer = 512,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return handler;
#else
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            EnableMultipleHttp2Connections = true,
            // A name is looked up anew for every connection, so a change of address is seen within this time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return handler;
#endif
    }
}
