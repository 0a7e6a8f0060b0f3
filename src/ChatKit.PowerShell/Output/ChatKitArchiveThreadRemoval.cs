// The record of an erasure from an archive, to keep as proof.
using System;
using ChatKit.Archive;

namespace ChatKit;

/// <summary>A thread that was erased from an archive: what there was of it, when, and where.</summary>
public sealed class ChatKitArchiveThreadRemoval
{
    internal ChatKitArchiveThreadRemoval(ChatKitArchiveErasedVersions thread, DateTimeOffset erasedAt, string path)
    {
        Id = thread.Id;
        Versions = thread.Versions;
        Items = thread.Items;
        Bytes = thread.Bytes;
        ErasedAt = erasedAt.LocalDateTime;
        Path = path;
    }

    /// <summary>The identifier of the thread.</summary>
    public string Id { get; }

    /// <summary>How many versions there were; 0 of a thread that only the manifest named.</summary>
    public int Versions { get; }

    /// <summary>How many items all of the versions had together.</summary>
    public long Items { get; }

    /// <summary>The size of all of the versions in bytes.</summary>
    public long Bytes { get; }

    /// <summary>When it was erased, in local time.</summary>
    public DateTime ErasedAt { get; }

    /// <summary>The folder of the archive.</summary>
    public string Path { get; }

    /// <summary>The identifier of the thread.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
