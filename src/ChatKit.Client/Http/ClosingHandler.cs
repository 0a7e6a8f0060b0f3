// Sends each request with "Connection: close", so that every request gets a connection of its own.
#if NETFRAMEWORK
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Needed because a handler of .NET Framework has no lifetime for its connections.</summary>
/// <param name="inner">The handler that sends.</param>
internal sealed class ClosingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.ConnectionClose = true;
        return base.SendAsync(request, cancellationToken);
    }
}
#endif
