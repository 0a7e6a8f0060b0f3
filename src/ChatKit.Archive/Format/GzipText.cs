// Reads a stretch of the text of a compressed part, whose members are known.
using System;
using System.Collections.Generic;
using System.IO;

namespace ChatKit.Archive;

/// <summary>The text of one member, kept for who reads on.</summary>
/// <param name="offset">Where it begins in the text of the part.</param>
/// <param name="text">The text.</param>
internal sealed class GzipText(long offset, byte[] text)
{
    /// <summary>Reads a stretch.</summary>
    /// <exception cref="InvalidDataException">What is there cannot be decompressed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Read(Stream stream, ChatKitArchivePart part, long offset, byte[] into, int length)
    {
        // A part that nobody has read is read like one of another program.
        IReadOnlyList<GzipMember> members = part.Members ?? [new(0, 0, 0)];
        int index = IndexOf(members, offset);
        for (int done = 0; done < length; index++)
        {
            GzipMember member = index < members.Count
                ? members[index]
                : throw new EndOfStreamException("The part ends before the line does.");
            if (member.Length == 0)
            {
                ReadForeign(stream, member, offset + done, into, done, length);
                return;
            }

            GzipText text = TextOf(stream, part, member);
            done += text.CopyTo(offset + done, into, done, length);
        }
    }

    /// <summary>The last member that begins at a place or before it.</summary>
    private static int IndexOf(IReadOnlyList<GzipMember> members, long offset)
    {
        int low = 0;
        int high = members.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = members[middle].TextOffset <= offset ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static GzipText TextOf(Stream stream, ChatKitArchivePart part, GzipMember member)
    {
        if (part.Last is { } last && last.Offset == member.TextOffset)
        {
            return last;
        }

        byte[] bytes = new byte[member.Length];
        stream.Position = member.Offset;
        LineFile.Fill(stream, bytes, 0, bytes.Length);
        if (GzipMember.LengthOf(bytes) != bytes.Length)
        {
            throw new InvalidDataException("The member of gzip is another one.");
        }

        return part.Last = new(member.TextOffset, GzipMember.Decompress(bytes));
    }

    private long Offset { get; } = offset;

    private int CopyTo(long offset, byte[] into, int from, int to)
    {
        long start = offset - Offset;
        int count = (int)Math.Max(0, Math.Min(to - from, text.Length - start));
        if (count > 0)
        {
            Array.Copy(text, start, into, from, count);
        }

        return count;
    }

    private static void ReadForeign(Stream stream, GzipMember member, long offset, byte[] into, int from, int to)
    {
        stream.Position = member.Offset;
        using GzipReader reader = new(stream);
        byte[] skipped = new byte[64 * 1024];
        for (long left = offset - member.TextOffset; left > 0;)
        {
            int count = (int)Math.Min(left, skipped.Length);
            LineFile.Fill(reader, skipped, 0, count);
            left -= count;
        }

        LineFile.Fill(reader, into, from, to);
    }
}
