// A connection below HTTP: bytes as they are, and its end.
using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.LoopbackServer;

/// <summary>
/// The socket that a request came on; not for https, whose socket has no plain bytes. Once it is used, HTTP is over on
/// it.
/// </summary>
internal sealed class Wire(HttpContext context)
{
    private readonly Socket _socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    /// <summary>Sends bytes, with a pause after each where there is to be one.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, int paceMs = 0)
    {
        CancellationToken gone = context.RequestAborted;
        if (paceMs == 0)
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, gone)..];
            }
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            await _socket.SendAsync(bytes.Slice(i, 1), gone);
            await Task.Delay(paceMs, gone);
        }
    }

    /// <summary>Ends the connection properly: the other side sees that nothing more comes.</summary>
    public void Close()
    {
        _socket.Shutdown(SocketShutdown.Send);

        // What the other side has sent is taken off: where it is not, the end of the connection is a reset.
        byte[] rest = new byte[4096];
        _socket.ReceiveTimeout = 2000;
        try
        {
            while (_socket.Receive(rest) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // It is gone, or says nothing more.
        }

        context.Abort();
    }

    /// <summary>Breaks the connection: the other side is told that it was reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
        context.Abort();
    }
}
