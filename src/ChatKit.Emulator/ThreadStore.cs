// The project that the emulator serves: threads with their items, in memory, each kept as the JSON that the API would send.
using System.Collections.Generic;

namespace ChatKit.Emulator;

/// <summary>Threads and their items in memory. Safe for use by several threads at once.</summary>
public sealed class ThreadStore
{
    private readonly object _lock = new();
    private readonly Dictionary<string, StoredThread> _threads = [];

    /// <summary>How many threads there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _threads.Count;
            }
        }
    }

    /// <summary>Adds a thread.</summary>
    /// <param name="thread">The thread with its items.</param>
    /// <returns>Whether it was added; false where its identifier is taken.</returns>
    public bool TryAdd(StoredThread thread)
    {
        lock (_lock)
        {
            if (_threads.ContainsKey(thread.Id))
            {
                return false;
            }

            _threads.Add(thread.Id, thread);
            return true;
        }
    }

    /// <summary>Finds a thread.</summary>
    /// <param name="id">Its identifier; case matters, as it does to the API.</param>
    /// <returns>The thread, or null where there is none.</returns>
    public StoredThread? Find(string id)
    {
        lock (_lock)
        {
            return _threads.TryGetValue(id, out StoredThread? thread) ? thread : null;
        }
    }
}

/// <summary>A thread as the store has it.</summary>
/// <param name="id">The identifier.</param>
/// <param name="json">The thread as the API sends it, in UTF-8.</param>
/// <param name="items">Its items, oldest first, each as the API sends it, in UTF-8.</param>
public sealed class StoredThread(string id, byte[] json, IReadOnlyList<byte[]> items)
{
    /// <summary>The identifier.</summary>
    public string Id { get; } = id;

    /// <summary>The thread as the API sends it, in UTF-8.</summary>
    public byte[] Json { get; } = json;

    /// <summary>The items, oldest first, each as the API sends it, in UTF-8.</summary>
    public IReadOnlyList<byte[]> Items { get; } = items;
}
