// What Optimize-ChatKitArchive gives.
using System;
using ChatKit.Archive;

namespace ChatKit;

/// <summary>What came of an optimization of an archive: what it saved, and what it cost.</summary>
public sealed class ChatKitArchiveOptimization
{
    internal ChatKitArchiveOptimization(string path, ChatKitArchiveCompaction compaction, TimeSpan elapsed)
    {
        Path = path;
        Changed = compaction.IsNeeded;
        VersionsDropped = compaction.VersionsToDrop;
        PartsBefore = compaction.PartsBefore;
        PartsAfter = compaction.PartsAfter;
        BytesBefore = compaction.BytesBefore;
        BytesAfter = compaction.BytesAfter;
        VersionsSince = compaction.Manifest.VersionsSince?.LocalDateTime;
        ManifestSha256 = compaction.Manifest.Sha256!;
        Elapsed = elapsed;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether there was something to do; else nothing was written.</summary>
    public bool Changed { get; }

    /// <summary>How many versions of threads were dropped, which later ones had superseded.</summary>
    public long VersionsDropped { get; }

    /// <summary>How many parts there were.</summary>
    public int PartsBefore { get; }

    /// <summary>How many parts there are now.</summary>
    public int PartsAfter { get; }

    /// <summary>How large the parts were, in bytes.</summary>
    public long BytesBefore { get; }

    /// <summary>How large the parts are now, in bytes.</summary>
    public long BytesAfter { get; }

    /// <summary>How many bytes that saved.</summary>
    public long Saved => BytesBefore - BytesAfter;

    /// <summary>
    /// Since when, in local time, the archive has every version of its threads; null where none was ever dropped. As of
    /// an earlier moment it is not complete any more.
    /// </summary>
    public DateTime? VersionsSince { get; }

    /// <summary>The SHA-256 of <c>manifest.json</c> as it is now, 64 lower-case hexadecimal digits.</summary>
    public string ManifestSha256 { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }
}
