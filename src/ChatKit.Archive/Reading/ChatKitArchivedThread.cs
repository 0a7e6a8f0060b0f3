// Where one thread is in an archive.
using System;

namespace ChatKit.Archive;

/// <summary>Where a thread is in an archive, and what it is listed by.</summary>
public sealed class ChatKitArchivedThread
{
    internal ChatKitArchivedThread(
        string id, long createdAt, string? user, DateTimeOffset? capturedAt, int part, long offset, int length)
    {
        Id = id;
        CreatedAt = createdAt;
        User = user;
        CapturedAt = capturedAt;
        Part = part;
        Offset = offset;
        Length = length;
    }

    /// <summary>The identifier.</summary>
    public string Id { get; }

    /// <summary>When it was created, in unix seconds; 0 where it does not say.</summary>
    public long CreatedAt { get; }

    /// <summary>Whose it is; null where it does not say.</summary>
    public string? User { get; }

    /// <summary>When it was captured; null for a line of version 1 of the format.</summary>
    public DateTimeOffset? CapturedAt { get; }

    /// <summary>The length of its line in bytes.</summary>
    public int Length { get; }

    internal int Part { get; }

    internal long Offset { get; }
}
