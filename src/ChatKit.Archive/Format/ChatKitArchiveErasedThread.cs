// A thread that was erased from an archive, as the manifest lists it: that it was, and nothing of what it said.
using System;

namespace ChatKit.Archive;

/// <summary>The tombstone of a thread that was erased from an archive.</summary>
public sealed class ChatKitArchiveErasedThread
{
    internal ChatKitArchiveErasedThread(string id, DateTimeOffset at)
    {
        Id = id;
        At = at;
    }

    /// <summary>The identifier of the thread.</summary>
    public string Id { get; }

    /// <summary>When it was erased.</summary>
    public DateTimeOffset At { get; }
}
