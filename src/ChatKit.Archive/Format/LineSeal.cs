// The end of a line: the hash of all before it, by which a line is good that no hash of a part is of yet.
using System;
using System.Globalization;
using System.Text;

namespace ChatKit.Archive;

internal static class LineSeal
{
    private const string Start = ",\"sha256\":\"";
    private const string End = "\"}";
    private const int Length = 11 + HashText.Length + 2;

    /// <summary>The end of a line whose beginning has this hash.</summary>
    public static byte[] Of(string sha256) => Encoding.ASCII.GetBytes(Start + sha256 + End);

    /// <summary>Whether a line, without its line feed, ends with the hash of what is before.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line) =>
        line.Length > Length &&
            line.Slice(line.Length - Length).SequenceEqual(Of(HashText.Of(line.Slice(0, line.Length - Length))));

    /// <summary>When a thread was captured, as a line has it.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
