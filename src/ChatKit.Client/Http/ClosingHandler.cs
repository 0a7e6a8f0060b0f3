// Sends each request with "Connection: close", so that none comes over a connection that another has used.
#if NETFRAMEWORK
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>.NET Framework has no lifetime for connections of a handler.</summary>
/// <param name="inner">The way to the server.</param>
internal sealed class ClosingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.ConnectionClose = true;
        return base.SendAsync(request, cancellationToken);
    }
}
#endif
