// What Export-ChatKitThread gives at its end.
using System;
using ChatKit.Archive;

namespace ChatKit;

/// <summary>What came of an export.</summary>
public sealed class ChatKitThreadExport
{
    internal ChatKitThreadExport(string path, ChatKitArchiveExportResult result)
        : this(path, result.Run, result.Elapsed, result.Manifest.Complete)
    {
        Threads = result.Manifest.Threads;
        Items = result.Manifest.Items;
        Attachments = result.Manifest.Attachments;
        Bytes = result.Manifest.Bytes;
        Gone = result.Manifest.Gone.Count;
        ManifestSha256 = result.Manifest.Sha256;
    }

    internal ChatKitThreadExport(string path, ChatKitPageExportResult result)
        : this(path, result.Run, result.Elapsed, result.Complete)
    {
    }

    private ChatKitThreadExport(string path, ChatKitArchiveExportProgress run, TimeSpan elapsed, bool complete)
    {
        Path = path;
        Complete = complete;
        Threads = run.Written;
        Items = run.Items;
        Attachments = run.Attachments;
        Bytes = run.Bytes;
        Written = run.Written;
        Skipped = run.Skipped + run.Unchanged;
        Idle = run.Idle;
        Erased = run.Erased;
        Failed = run.Failed;
        Elapsed = elapsed;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>How many threads are in the archive, each counted once; of pages, how many were written.</summary>
    public long Threads { get; }

    /// <summary>How many items they have.</summary>
    public long Items { get; }

    /// <summary>
    /// How many attachments those name. The API does not give what is in them, so it is not in the archive.
    /// </summary>
    public long Attachments { get; }

    /// <summary>How large the archive is, or the pages of its threads are, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>How many threads this run has written.</summary>
    public long Written { get; }

    /// <summary>How many threads were in the archive already, as they are, or came twice.</summary>
    public long Skipped { get; }

    /// <summary>
    /// How many threads were not asked for, since they are closed or have long been idle (-SkipIdle).
    /// </summary>
    public long Idle { get; }

    /// <summary>How many threads were not fetched, since they were erased from the archive.</summary>
    public long Erased { get; }

    /// <summary>How many threads could not be fetched; the manifest of an archive has them, with the reason.</summary>
    public long Failed { get; }

    /// <summary>How many threads of the archive are not on the server any more.</summary>
    public long Gone { get; }

    /// <summary>
    /// The SHA-256 of the archive's <c>manifest.json</c>, 64 lower-case hexadecimal digits; null for pages.
    /// </summary>
    public string? ManifestSha256 { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Whether everything that was asked for is there.</summary>
    public bool Complete { get; }
}
