// Reads a response body up to a limit. If reading fails, it returns the part that came.
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class ResponseBody
{
    // The most memory to allocate on the word of Content-Length.
    private const int MostTrusted = 1024 * 1024;

    /// <summary>Reads the body. Cut is why it is incomplete; null if it is complete.</summary>
    /// <param name="response">The response, whose headers have been read.</param>
    /// <param name="limit">The maximum size of the body, in bytes after decompression.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<(byte[] Body, Exception? Cut)> ReadAsync(
        HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return ([], null);
        }

        // Null for a chunked or compressed body. If it is over the limit, only the first block is read, to quote it in
        // the error.
        long? announced = response.Content.Headers.ContentLength;
        int most = announced > limit ? 0 : limit;
        using MemoryStream body =
            new((int)Math.Min(announced is > 0 ? announced.Value : 4096, Math.Min(limit, MostTrusted)));
#if NETFRAMEWORK
        // A network read ignores its token here; only closing the response ends it.
        using CancellationTokenRegistration closing = cancellationToken.Register(response.Dispose);
#endif
        try
        {
            using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            byte[] chunk = new byte[16 * 1024];
            int count;
            while ((count = await stream.ReadAsync(chunk, 0, chunk.Length, cancellationToken)
                .ConfigureAwait(false)) > 0)
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
        return (WithoutMark(bytes), all ? null : new EndOfStreamException(
            "The connection ended before the announced length."));
    }

    /// <summary>The body without the byte order mark that some proxies add, which is not valid JSON.</summary>
    private static byte[] WithoutMark(byte[] body)
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        return body.AsSpan().StartsWith(mark) ? body.AsSpan(mark.Length).ToArray() : body;
    }
}
