// One of the members that a compressed part is made of: a stretch of its text that is decompressed by itself.
using System;
using System.IO;
using System.IO.Compression;

namespace ChatKit.Archive;

/// <summary>
/// A member of gzip (RFC 1952). A file of several is gzip, too, and every reader reads it. Ours say in an extra field
/// how long they are, so that whoever looks for a line goes from one to the next without decompressing them.
/// </summary>
internal readonly struct GzipMember
{
    /// <summary>How much text a member has that we write, but for the last.</summary>
    public const int TextLength = 256 * 1024;

    /// <summary>How much text one may have: what says otherwise is damaged, or a trap.</summary>
    public const int MostText = 1024 * 1024;

    /// <summary>The length of our header: that of RFC 1952, and one extra field.</summary>
    public const int HeaderLength = 20;

    private const int UsualHeaderLength = 10;
    private const int TrailerLength = 8;

    // Random bytes get longer, by some for each 16 KB.
    private const int Most = MostText + (MostText / 100) + 1024;

    // The beginning of our header. The extra field is named CK; its content is the length of the member.
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 8, 0, (byte)'C', (byte)'K', 4, 0];

    // A block without anything, the CRC and the length of no text.
    private static readonly byte[] Nothing = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <param name="textOffset">Where its text begins in that of the part.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="length">
    /// Its length in the file; 0 where it is not known, and everything behind belongs to it.
    /// </param>
    public GzipMember(long textOffset, long offset, int length) =>
        (TextOffset, Offset, Length) = (textOffset, offset, length);

    /// <summary>Where its text begins in that of the part.</summary>
    public long TextOffset { get; }

    /// <summary>Where it begins in the file.</summary>
    public long Offset { get; }

    /// <summary>Its length in the file; 0 where it is not known, and everything behind belongs to it.</summary>
    public int Length { get; }

    /// <summary>Compresses text to a member.</summary>
    public static byte[] Compress(byte[] text, int count)
    {
        using MemoryStream usual = new();
        if (count > 0)
        {
            using GZipStream gzip = new(usual, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(text, 0, count);
        }
        else
        {
            usual.Write(new byte[UsualHeaderLength], 0, UsualHeaderLength);
            usual.Write(Nothing, 0, Nothing.Length);
        }

        int content = (int)usual.Length - UsualHeaderLength;
        byte[] member = new byte[HeaderLength + content];
        Header.CopyTo(member, 0);
        WriteNumber(member, HeaderLength - 4, member.Length);
        Array.Copy(usual.GetBuffer(), UsualHeaderLength, member, HeaderLength, content);
        return member;
    }

    /// <summary>The length of the member that begins with a header of ours; 0 where the header is not one.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderLength || !header.Slice(0, Header.Length).SequenceEqual(Header))
        {
            return 0;
        }

        long length = ReadNumber(header, Header.Length);
        return length is >= HeaderLength + TrailerLength and <= Most ? (int)length : 0;
    }

    /// <summary>Decompresses a member of ours.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    public static byte[] Decompress(byte[] member)
    {
        long length = ReadNumber(member, member.Length - 4);
        if (length > MostText)
        {
            throw new InvalidDataException($"A member of gzip is {length} bytes long; {MostText} are allowed.");
        }

        byte[] text = new byte[length];
        using GZipStream gzip = new(new MemoryStream(member), CompressionMode.Decompress);
        try
        {
            int read = 0;
            int count;
            while (read < length && (count = gzip.Read(text, read, text.Length - read)) > 0)
            {
                read += count;
            }

            return read == length && gzip.ReadByte() < 0
                ? text
                : throw new InvalidDataException("A member of gzip has another length than it says.");
        }
        catch (IOException e)
        {
            // What Mono throws.
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static long ReadNumber(ReadOnlySpan<byte> bytes, int at) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(at));

    private static void WriteNumber(byte[] bytes, int at, int number) =>
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
}
