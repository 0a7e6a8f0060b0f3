// What a run of an export has done: while it runs, when it failed for one thread, and at the end.
using System;

namespace ChatKit.Archive;

/// <summary>What came of a run.</summary>
public sealed class ChatKitArchiveExportResult
{
    internal ChatKitArchiveExportResult(ChatKitArchiveManifest manifest, ChatKitArchiveExportProgress run)
    {
        Manifest = manifest;
        Run = run;
    }

    /// <summary>
    /// The archive as it is now: how many threads, items, attachments and bytes there are, and whether it is complete.
    /// </summary>
    public ChatKitArchiveManifest Manifest { get; }

    /// <summary>What this run did for it.</summary>
    public ChatKitArchiveExportProgress Run { get; }

    /// <summary>How many threads this run found gone from the server, that are in the archive.</summary>
    public long NewlyGone { get; internal set; }

    /// <summary>
    /// How many bytes at the end of the archive were no whole line, because an earlier run was cut off, and were
    /// dropped.
    /// </summary>
    public long BytesCut { get; internal set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; internal set; }
}
