// An item in a ThreadStore.
using System;

namespace ChatKit.Emulator;

/// <summary>An item in a <see cref="ThreadStore"/>.</summary>
/// <param name="id">The identifier; empty if it has none.</param>
/// <param name="json">The item as the API sends it, in UTF-8.</param>
public sealed class StoredItem(string id, ReadOnlyMemory<byte> json)
{
    /// <summary>The identifier; empty if it has none.</summary>
    public string Id { get; } = id;

    /// <summary>The item as the API sends it, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;
}
