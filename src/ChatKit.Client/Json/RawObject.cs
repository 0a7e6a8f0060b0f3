// A thread or an item as raw JSON, with only its keys read. So an archive also keeps what this version cannot read.
using System;
using ChatKit.Streams;

namespace ChatKit.Json;

internal sealed class RawObject : ChatKitObject, IListElement
{
    /// <summary>The identifier; empty if it has none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The end user; null if it has none.</summary>
    public string? User { get; set; }

    /// <summary>The thread of an item; null if it has none.</summary>
    public string? ThreadId { get; set; }

    /// <summary>The creation time, in local time; null if it has none or the format is unknown.</summary>
    public DateTime? CreatedAt { get; set; }
}
