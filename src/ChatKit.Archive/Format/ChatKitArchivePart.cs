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

    /// <summary>The name of the file, such as <c>threads-00001.jsonl</c>.</summary>
    public string Name { get; }

    /// <summary>How many lines it has; of an open part, how many it had when the manifest was written.</summary>
    public long Lines { get; internal set; }

    /// <summary>Its size in bytes; of an open part, what it had when the manifest was written.</summary>
    public long Bytes { get; internal set; }

    /// <summary>The SHA-256 of the file, 64 lower-case hexadecimal digits; null for a part that is, or was, open for writing.</summary>
    public string? Sha256 { get; internal set; }
}
