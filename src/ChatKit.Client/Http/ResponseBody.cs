// Reads a body whole, up to a limit, and keeps what came where the rest did not.
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class ResponseBody
{
    // What is set aside on a server's word alone.
    private const int MostTrusted = 1024 * 1024;

    /// <summary>The body, and why it is not all of it; null where it is.</summary>
    /// <param name="response">The answer, of which the headers have come.</param>
    /// <param name="limit">What the body may have at most, in bytes, after decompression.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(byte[] Body, Exception? Cut)> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return ([], null);
        }

        // Absent for a chunked or a compressed body. Of one that announces too much, the first piece is read, to be shown.
        long? announced = response.Content.Headers.ContentLength;
        int most = announced > limit ? 0 : limit;
        using MemoryStream body = new((int)Math.Min(announced is > 0 ? announced.Value : 4096, Math.Min(limit, MostTrusted)));
#if NETFRAMEWORK
        // A read from the network takes no token here; to close under it is the only way to end it.
        using CancellationTokenRegistration closing = cancellationToken.Register(response.Dispose);
#endif
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            byte[] chunk = new byte[16 * 1024];
            int count;
            while ((count = await stream.ReadAsync(chunk, 0, chunk.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Write(chunk, 0, count);
                if (body.Length > most)
                {
                    return (body.ToArray(), new BodyTooLargeException(limit));
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (body.ToArray(), e);
        }

        bool all = announced is null || body.Length >= announced;
        byte[] bytes = body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
        return (WithoutMark(bytes), all ? null : new EndOfStreamException("The connection ended before the announced length."));
    }

    /// <summary>The body without the byte order mark that some proxies put before it, and that is no JSON.</summary>
    private static byte[] WithoutMark(byte[] body)
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        return body.AsSpan().StartsWith(mark) ? body.AsSpan(mark.Length).ToArray() : body;
    }
}
