// Reads a body whole, up to a limit, and keeps what came where the rest did not.
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class ResponseBody
{
    /// <summary>What a body may have at most, in bytes, after decompression.</summary>
    public const int Limit = 64 * 1024 * 1024;

    /// <summary>The body, and why it is not all of it; null where it is.</summary>
    public static async Task<(byte[] Body, Exception? Cut)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return ([], null);
        }

        // Absent for a chunked or a compressed body.
        long? announced = response.Content.Headers.ContentLength;
        using MemoryStream body = new(announced is > 0 and <= Limit ? (int)announced.Value : 4096);
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
                if (body.Length > Limit)
                {
                    return (body.ToArray(), new IOException($"The body is over {Limit / (1024 * 1024)} MiB."));
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException or ObjectDisposedException or System.Net.WebException)
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
