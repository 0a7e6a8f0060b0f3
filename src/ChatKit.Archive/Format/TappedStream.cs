// Reads a stream, and tells of every byte.
using System;
using System.IO;

namespace ChatKit.Archive;

/// <param name="inner">The stream; not closed.</param>
/// <param name="read">Is given every byte read, in order, as a buffer, an offset and a count.</param>
internal sealed class TappedStream(Stream inner, Action<byte[], int, int> read) : ReadingStream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        int taken = inner.Read(buffer, offset, count);
        if (taken > 0)
        {
            read(buffer, offset, taken);
        }

        return taken;
    }

    /// <summary>Reads what nobody has read.</summary>
    public void Drain()
    {
        byte[] buffer = new byte[64 * 1024];
        while (Read(buffer, 0, buffer.Length) > 0)
        {
        }
    }
}
