// A thread as the emulator has it.
using System.Collections.Generic;

namespace ChatKit.Emulator;

/// <summary>A thread as the store has it: in memory, or read from elsewhere whenever it is asked for.</summary>
public class StoredThread
{
    /// <summary>A thread in memory.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="createdAt">When it was created, in unix seconds; 0 where it does not say.</param>
    /// <param name="user">Whose it is; null where it does not say.</param>
    /// <param name="json">The thread as the API sends it, in UTF-8.</param>
    /// <param name="items">Its items, oldest first.</param>
    public StoredThread(string id, long createdAt, string? user, byte[] json, IReadOnlyList<StoredItem> items)
        : this(id, createdAt, user)
    {
        Json = json;
        Items = items;
    }

    /// <summary>A thread that is elsewhere; <see cref="Json"/> and <see cref="Items"/> read it.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="createdAt">When it was created, in unix seconds; 0 where it does not say.</param>
    /// <param name="user">Whose it is; null where it does not say.</param>
    protected StoredThread(string id, long createdAt, string? user)
    {
        Id = id;
        CreatedAt = createdAt;
        User = user;
    }

    /// <summary>The identifier.</summary>
    public string Id { get; }

    /// <summary>When it was created, in unix seconds; 0 where it does not say.</summary>
    public long CreatedAt { get; }

    /// <summary>Whose it is; null where it does not say.</summary>
    public string? User { get; }

    /// <summary>The thread as the API sends it, in UTF-8.</summary>
    public virtual byte[] Json { get; } = [];

    /// <summary>The items, oldest first.</summary>
    public virtual IReadOnlyList<StoredItem> Items { get; } = [];

    /// <summary>Its place among those of the same second.</summary>
    internal long Number { get; set; }
}
