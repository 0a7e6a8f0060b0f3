// A thread in a ThreadStore.
using System.Collections.Generic;

namespace ChatKit.Emulator;

/// <summary>A thread in a <see cref="ThreadStore"/>: in memory, or read from elsewhere on demand.</summary>
public class StoredThread
{
    /// <summary>Creates a thread in memory.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="createdAt">The creation time, in unix seconds; 0 if it has none.</param>
    /// <param name="user">The end user; null if it has none.</param>
    /// <param name="json">The thread as the API sends it, in UTF-8.</param>
    /// <param name="items">Its items, oldest first.</param>
    public StoredThread(string id, long createdAt, string? user, byte[] json, IReadOnlyList<StoredItem> items)
        : this(id, createdAt, user)
    {
        Json = json;
        Items = items;
    }

    /// <summary>
    /// Creates a thread that is elsewhere. Override <see cref="Json"/> and <see cref="Items"/> to read it.
    /// </summary>
    /// <param name="id">The identifier.</param>
    /// <param name="createdAt">The creation time, in unix seconds; 0 if it has none.</param>
    /// <param name="user">The end user; null if it has none.</param>
    protected StoredThread(string id, long createdAt, string? user)
    {
        Id = id;
        CreatedAt = createdAt;
        User = user;
    }

    /// <summary>The identifier.</summary>
    public string Id { get; }

    /// <summary>The creation time, in unix seconds; 0 if it has none.</summary>
    public long CreatedAt { get; }

    /// <summary>The end user; null if it has none.</summary>
    public string? User { get; }

    /// <summary>The thread as the API sends it, in UTF-8.</summary>
    public virtual byte[] Json { get; } = [];

    /// <summary>The items, oldest first.</summary>
    public virtual IReadOnlyList<StoredItem> Items { get; } = [];

    /// <summary>Its rank among the threads of the same second.</summary>
    internal long Number { get; set; }
}
