// How the connection's handler is set on each framework: what cannot be seen from one request.
using System;
using System.Net;
using System.Net.Http;
#if !NETFRAMEWORK
using System.Threading.Tasks;
#endif
using ChatKit.Http;

namespace ChatKit.Tests;

public class ConnectionHandlerTests
{
    private static readonly ChatKitClientOptions Options = new() { ApiKey = FakeServer.Key };

#if NETFRAMEWORK
    [Fact]
    public void Is_set_on_itself_and_not_on_the_process()
    {
        (SecurityProtocolType Protocol, int Limit) before =
            (ServicePointManager.SecurityProtocol, ServicePointManager.DefaultConnectionLimit);

        using var handler = Assert.IsType<HttpClientHandler>(ConnectionHandler.Create(Options));

        Assert.Equal(
            (System.Security.Authentication.SslProtocols.Tls12, 512),
            (handler.SslProtocols, handler.MaxConnectionsPerServer));
        Assert.Equal(before, (ServicePointManager.SecurityProtocol, ServicePointManager.DefaultConnectionLimit));
        Assert.False(handler.AllowAutoRedirect || handler.UseCookies);
    }
#else
    [Fact]
    public void Looks_a_name_up_again_after_minutes()
    {
        using var handler = Assert.IsType<SocketsHttpHandler>(ConnectionHandler.Create(Options));

        Assert.InRange(handler.PooledConnectionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));
        Assert.Equal(DecompressionMethods.All, handler.AutomaticDecompression);
        Assert.False(handler.AllowAutoRedirect || handler.UseCookies);
    }

    [Fact]
    public async Task Is_asked_for_http_2_and_content_with_less()
    {
        FakeServer server = FakeServer.WithEveryThread();

        await server.GetAsync();

        HttpRequestMessage request = Assert.Single(server.Requests);
        Assert.Equal(
            (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), (request.Version, request.VersionPolicy));
    }
#endif

    [Theory]
    [InlineData("https://api.example.com/v1", true)]
    [InlineData("http://api.example.com/v1", false)]
    [InlineData("http://localhost:8080/v1", false)]
    [InlineData("https://[::1]/v1", false)]
    public void Uses_the_proxy_of_the_system_only_where_it_cannot_read_the_key(string baseUri, bool isUsed)
    {
        using HttpMessageHandler handler = ConnectionHandler.Create(new() { BaseUri = new(baseUri) });
#if NETFRAMEWORK
        Assert.Equal(isUsed, ((HttpClientHandler)handler).UseProxy);
#else
        Assert.Equal(isUsed, ((SocketsHttpHandler)handler).UseProxy);
#endif
    }

    [Fact]
    public void Has_the_proxy_with_its_credentials_only_where_it_is_given()
    {
        NetworkCredential credential = new("me", "hidden");
        using HttpMessageHandler handler = ConnectionHandler.Create(
            new() { Proxy = new Uri("http://proxy.example.com:8080"), ProxyCredential = credential });
#if NETFRAMEWORK
        IWebProxy? proxy = ((HttpClientHandler)handler).Proxy;
#else
        IWebProxy? proxy = ((SocketsHttpHandler)handler).Proxy;
#endif
        Assert.NotNull(proxy);
        Assert.Equal(new Uri("http://proxy.example.com:8080"), proxy.GetProxy(new Uri("https://api.example.com")));
        Assert.Same(credential, proxy.Credentials);
    }
}
