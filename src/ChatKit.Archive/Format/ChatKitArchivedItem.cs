// One item of a thread in an archive, as the API sent it.
using System;

namespace ChatKit.Archive;

/// <summary>An item of a thread in an archive.</summary>
public sealed class ChatKitArchivedItem
{
    internal ChatKitArchivedItem(string id, ReadOnlyMemory<byte> json)
    {
        Id = id;
        Json = json;
    }

    /// <summary>The identifier; empty where it has none.</summary>
    public string Id { get; }

    /// <summary>The item as the API sent it, without insignificant white space, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }
}
