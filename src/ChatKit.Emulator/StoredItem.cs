// An item as the emulator has it.
using System;

namespace ChatKit.Emulator;

/// <summary>An item as the store has it.</summary>
/// <param name="id">The identifier; empty where it has none.</param>
/// <param name="json">The item as the API sends it, in UTF-8.</param>
public sealed class StoredItem(string id, ReadOnlyMemory<byte> json)
{
    /// <summary>The identifier; empty where it has none.</summary>
    public string Id { get; } = id;

    /// <summary>The item as the API sends it, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;
}
