// A file of an archive, as the manifest lists it.
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

    /// <summary>The name of the file, such as <c>threads-00001.jsonl</c>; <c>threads-00001-1.jsonl</c> once it was written anew.</summary>
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
}
