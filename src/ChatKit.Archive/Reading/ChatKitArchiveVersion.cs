// One version of a thread in an archive.
using System;

namespace ChatKit.Archive;

/// <summary>A version of a thread: a line of an archive.</summary>
public sealed class ChatKitArchiveVersion
{
    internal ChatKitArchiveVersion(string id, DateTimeOffset? capturedAt, int items, long bytes, string sha256)
    {
        Id = id;
        CapturedAt = capturedAt?.LocalDateTime;
        Items = items;
        Bytes = bytes;
        Sha256 = sha256;
    }

    /// <summary>The identifier of the thread.</summary>
    public string Id { get; }

    /// <summary>When it was captured, in local time; null for a line of version 1 of the format.</summary>
    public DateTime? CapturedAt { get; }

    /// <summary>How many items it has.</summary>
    public int Items { get; }

    /// <summary>The length of its line in bytes, without the line feed.</summary>
    public long Bytes { get; }

    /// <summary>Whether it is the last version of its thread, which counts.</summary>
    public bool IsCurrent { get; internal set; }

    /// <summary>Whether the thread is gone from the server.</summary>
    public bool IsGone { get; internal set; }

    /// <summary>The SHA-256 of its line without the line feed, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }
}
