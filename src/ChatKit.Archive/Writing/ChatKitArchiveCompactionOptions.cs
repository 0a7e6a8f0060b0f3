// What a compaction of an archive is to do.
using System;

namespace ChatKit.Archive;

/// <summary>What a compaction of an archive is to do, besides merging small parts.</summary>
public sealed class ChatKitArchiveCompactionOptions
{
    /// <summary>
    /// Drops only versions that were superseded before this moment: as of it and of any later one, the archive stays
    /// what it is. Null for all that are superseded.
    /// </summary>
    public DateTimeOffset? Before { get; set; }

    /// <summary>Whether to drop no version.</summary>
    public bool KeepVersions { get; set; }

    /// <summary>Whether to write parts as gzip. Parts that are gzip stay so in any case.</summary>
    public bool Compress { get; set; }

    /// <summary>How much text a part may have that others are merged to, in bytes.</summary>
    internal long PartSize { get; set; } = ChatKitArchiveExport.UsualPartSize;
}
