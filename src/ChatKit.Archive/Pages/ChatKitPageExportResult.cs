// What came of an export to pages.
using System;
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <summary>What came of an export to pages.</summary>
public sealed class ChatKitPageExportResult
{
    internal ChatKitPageExportResult(ChatKitArchiveExportProgress run, bool complete, TimeSpan elapsed)
    {
        Run = run;
        Complete = complete;
        Elapsed = elapsed;
    }

    /// <summary>What was done.</summary>
    public ChatKitArchiveExportProgress Run { get; }

    /// <summary>Whether every thread that was asked for has a page.</summary>
    public bool Complete { get; }

    /// <summary>
    /// The names of the pages of earlier runs that stay, since this run wrote none of their threads; they are not in
    /// the index.
    /// </summary>
    public IReadOnlyList<string> Others { get; internal set; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }
}
