// A thread as it came, ready to be written.
using System;
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <param name="id">The identifier, as it was asked for.</param>
/// <param name="known">What the archive has of it.</param>
/// <param name="isListed">Whether a list named it, rather than a user.</param>
internal sealed class FetchedThread(string id, ThreadLocation known, bool isListed)
{
    public string Id { get; } = id;

    public ThreadLocation Known { get; } = known;

    public bool IsListed { get; } = isListed;

    public FetchOutcome Outcome { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>When it was captured.</summary>
    public DateTimeOffset CapturedAt { get; set; } = DateTimeOffset.UtcNow;

    /// <summary>The thread's own JSON, minified.</summary>
    public byte[] Json { get; set; } = [];

    /// <summary>
    /// The items, newest first, as they are asked for: so the first page is what an update compares, and nothing that
    /// comes meanwhile is half in it.
    /// </summary>
    public List<ItemPage> Pages { get; } = [];
}
