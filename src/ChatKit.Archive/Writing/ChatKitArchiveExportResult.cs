// What a run of an export has done: while it runs, when it failed for one thread, and at the end.
using System;

namespace ChatKit.Archive;

/// <summary>What a run is at.</summary>
public enum ChatKitArchiveExportStage
{
    /// <summary>It reads what is in the archive already.</summary>
    Reading,

    /// <summary>It fetches threads.</summary>
    Fetching,

    /// <summary>It has ended.</summary>
    Ended,
}

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

    /// <summary>How many threads are done with: written, unchanged, skipped, failed, or not there.</summary>
    public long Done => Written + Unchanged + Skipped + Failed + NotThere;

    /// <summary>How many threads this run has written.</summary>
    public long Written { get; internal set; }

    /// <summary>How many of those were in the archive already, in another version.</summary>
    public long Updated { get; internal set; }

    /// <summary>How many threads were looked at and are in the archive as they are.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>How many threads were not looked at, since the archive has them, or since they came twice.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many threads could not be fetched; by id, one that is not there is among them.</summary>
    public long Failed { get; internal set; }

    /// <summary>How many threads were deleted after they were listed, or are in the archive and were not found by id any more.</summary>
    public long NotThere { get; internal set; }

    /// <summary>How many items this run has written.</summary>
    public long Items { get; internal set; }

    /// <summary>How many attachments those items name.</summary>
    public long Attachments { get; internal set; }

    /// <summary>How many bytes this run has written.</summary>
    public long Bytes { get; internal set; }

    internal ChatKitArchiveExportProgress Copy() => (ChatKitArchiveExportProgress)MemberwiseClone();
}

/// <summary>A thread, or a list of threads, that could not be fetched. The run goes on.</summary>
public sealed class ChatKitArchiveExportFailure
{
    internal ChatKitArchiveExportFailure(Exception exception, string? id, string? user, bool isList)
    {
        Exception = exception;
        Id = id;
        User = user;
        IsList = isList;
    }

    /// <summary>Why.</summary>
    public Exception Exception { get; }

    /// <summary>The id of the thread, as it was asked for; null for a list, or where null was asked for.</summary>
    public string? Id { get; }

    /// <summary>The user whose threads were listed; null for a thread, or the list of all users' threads.</summary>
    public string? User { get; }

    /// <summary>Whether a list failed: the archive may lack threads that are named nowhere. The next run lists them again.</summary>
    public bool IsList { get; }
}

/// <summary>What came of a run.</summary>
public sealed class ChatKitArchiveExportResult
{
    internal ChatKitArchiveExportResult(ChatKitArchiveManifest manifest, ChatKitArchiveExportProgress run)
    {
        Manifest = manifest;
        Run = run;
    }

    /// <summary>The archive as it is now: how many threads, items, attachments and bytes there are, and whether it is complete.</summary>
    public ChatKitArchiveManifest Manifest { get; }

    /// <summary>What this run did for it.</summary>
    public ChatKitArchiveExportProgress Run { get; }

    /// <summary>How many threads this run found gone from the server, that are in the archive.</summary>
    public long NewlyGone { get; internal set; }

    /// <summary>How many bytes at the end of the archive were no whole line, because an earlier run was cut off, and were dropped.</summary>
    public long BytesCut { get; internal set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; internal set; }
}
