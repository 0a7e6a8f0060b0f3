// A thread or an item of which only is read what it takes to find it again: an archive keeps what this version could not read, too.
using System;
using ChatKit.Streams;

namespace ChatKit.Json;

internal sealed class RawObject : ChatKitObject, IListElement
{
    /// <summary>The identifier; empty where it has none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The end user whose it is; null where it does not say.</summary>
    public string? User { get; set; }

    /// <summary>The thread that an item belongs to; null where it does not say.</summary>
    public string? ThreadId { get; set; }

    /// <summary>When it was created, in local time; null where it does not say, or not in a form that is known.</summary>
    public DateTime? CreatedAt { get; set; }
}
