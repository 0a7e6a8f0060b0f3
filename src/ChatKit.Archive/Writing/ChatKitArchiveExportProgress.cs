// How far an export has come, while it runs.
namespace ChatKit.Archive;

/// <summary>How far a run has come.</summary>
public sealed class ChatKitArchiveExportProgress
{
    internal ChatKitArchiveExportProgress()
    {
    }

    /// <summary>What the run is at.</summary>
    public ChatKitArchiveExportStage Stage { get; internal set; }

    /// <summary>How many bytes of the archive have been read, before anything is fetched.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>How many bytes the archive had to be read.</summary>
    public long BytesToRead { get; internal set; }

    /// <summary>How many threads there are to look at; null while that is not known.</summary>
    public long? Total { get; internal set; }

    /// <summary>How many threads are done with: written, unchanged, idle, skipped, failed, not there, or
    /// erased.</summary>
    public long Done => Written + Unchanged + Idle + Skipped + Failed + NotThere + Erased;

    /// <summary>How many threads this run has written.</summary>
    public long Written { get; internal set; }

    /// <summary>How many of those were in the archive already, in another version.</summary>
    public long Updated { get; internal set; }

    /// <summary>How many threads were looked at and are in the archive as they are.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>
    /// How many threads were not asked for, since they are closed or have long been idle
    /// (<see cref="ChatKitArchiveExportOptions.SkipIdle"/>).
    /// </summary>
    public long Idle { get; internal set; }

    /// <summary>How many threads were not looked at, since the archive has them, or since they came twice.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many threads could not be fetched; by id, one that is not there is among them.</summary>
    public long Failed { get; internal set; }

    /// <summary>
    /// How many threads were deleted after they were listed, or are in the archive and were not found by id any more.
    /// </summary>
    public long NotThere { get; internal set; }

    /// <summary>
    /// How many threads were not fetched, since they were erased from the archive
    /// (<see cref="ChatKitArchiveErasure"/>).
    /// </summary>
    public long Erased { get; internal set; }

    /// <summary>How many items this run has written.</summary>
    public long Items { get; internal set; }

    /// <summary>How many attachments those items name.</summary>
    public long Attachments { get; internal set; }

    /// <summary>How many bytes this run has written.</summary>
    public long Bytes { get; internal set; }

    internal ChatKitArchiveExportProgress Copy() => (ChatKitArchiveExportProgress)MemberwiseClone();
}
