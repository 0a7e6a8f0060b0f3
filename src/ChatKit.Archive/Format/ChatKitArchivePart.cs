// A file of an archive, as the manifest lists it.
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.Archive;

/// <summary>A file of an archive: JSON Lines, one thread with its items a line.</summary>
public sealed class ChatKitArchivePart
{
    internal ChatKitArchivePart(string name, long lines = 0, long bytes = 0, string? sha256 = null)
    {
        Name = name;
        Lines = lines;
        Bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>
    /// The name of the file, such as <c>threads-00001.jsonl</c>; <c>threads-00001-1.jsonl</c> once it was written anew,
    /// <c>threads-00001-00003-1.jsonl</c> where three were merged, and <c>.jsonl.gz</c> where it is compressed.
    /// </summary>
    public string Name { get; }

    /// <summary>How many lines the hash is of: all, unless the part is open.</summary>
    public long Lines { get; internal set; }

    /// <summary>How many bytes the hash is of: all, unless the part is open.</summary>
    public long Bytes { get; internal set; }

    /// <summary>
    /// The SHA-256 of those bytes, 64 lower-case hexadecimal digits; null only in version 1 of the format, of a part
    /// that was open.
    /// </summary>
    public string? Sha256 { get; internal set; }

    /// <summary>Whether lines may follow that the hash is not of: a run writes them, or was killed.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>
    /// Where the members of a compressed part are, once it has been read; null before, or where it is not.
    /// </summary>
    internal IReadOnlyList<GzipMember>? Members { get; set; }

    /// <summary>Whether a line of it is found without decompressing all that is before.</summary>
    internal bool IsIndexed => Members?.All(member => member.Length > 0) == true;

    /// <summary>
    /// The text of the member that was read last, so that who reads line after line decompresses it once.
    /// </summary>
    internal GzipText? Last { get; set; }
}
