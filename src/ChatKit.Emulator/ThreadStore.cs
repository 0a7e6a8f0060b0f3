// The project that the emulator serves: threads and items, as the JSON that the API sends.
using System;
using System.Collections.Generic;

namespace ChatKit.Emulator;

/// <summary>The threads and items of a project. It is thread-safe.</summary>
public sealed class ThreadStore
{
    private readonly object _lock = new();
    private readonly Dictionary<string, StoredThread> _threads = [];

    // Oldest first; threads of the same second in the order of addition.
    private readonly List<StoredThread> _byAge = [];
    private long _added;

    /// <summary>Creates a project without threads.</summary>
    public ThreadStore()
    {
    }

    /// <summary>Creates a read-only project. Requests that would change it get 403.</summary>
    /// <param name="threads">Its threads; those of the same second in the order of creation.</param>
    /// <exception cref="ArgumentException">Two threads have the same identifier.</exception>
    public ThreadStore(IEnumerable<StoredThread> threads)
    {
        IsReadOnly = true;
        foreach (StoredThread thread in threads)
        {
            thread.Number = _added++;
            _threads.Add(thread.Id, thread);
            _byAge.Add(thread);
        }

        _byAge.Sort(Age);
    }

    private static Comparer<StoredThread> Age { get; } = Comparer<StoredThread>.Create(
        (a, b) => (a.CreatedAt, a.Number).CompareTo((b.CreatedAt, b.Number)));

    /// <summary>Whether the project is read-only.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The number of threads.</summary>
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
    /// <returns>Whether it was added; false if its identifier exists already.</returns>
    public bool TryAdd(StoredThread thread)
    {
        lock (_lock)
        {
            if (_threads.ContainsKey(thread.Id))
            {
                return false;
            }

            thread.Number = _added++;
            _threads.Add(thread.Id, thread);
            _byAge.Insert(~_byAge.BinarySearch(thread, Age), thread);
            return true;
        }
    }

    /// <summary>Finds a thread.</summary>
    /// <param name="id">The identifier, which is case-sensitive as in the API.</param>
    /// <returns>The thread; null if there is none.</returns>
    public StoredThread? Find(string id)
    {
        lock (_lock)
        {
            return _threads.TryGetValue(id, out StoredThread? thread) ? thread : null;
        }
    }

    /// <summary>Deletes a thread with its items.</summary>
    /// <param name="id">The identifier.</param>
    /// <returns>Whether the thread existed.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            if (!_threads.TryGetValue(id, out StoredThread? thread))
            {
                return false;
            }

            _threads.Remove(id);
            _byAge.RemoveAt(_byAge.BinarySearch(thread, Age));
            return true;
        }
    }

    /// <summary>Lists threads.</summary>
    /// <param name="descending">Whether newest first.</param>
    /// <param name="after">The id after which to start; null for the start.</param>
    /// <param name="before">The id before which to end; null for the end.</param>
    /// <param name="user">The user whose threads to list; null for all.</param>
    /// <param name="count">The maximum number.</param>
    /// <returns>The threads; null if one of the ids does not exist.</returns>
    internal List<StoredThread>? List(bool descending, string? after, string? before, string? user, int count)
    {
        lock (_lock)
        {
            int? afterIndex = IndexOf(after);
            int? beforeIndex = IndexOf(before);
            return afterIndex < 0 || beforeIndex < 0
                ? null
                : Slice(
                    _byAge,
                    descending,
                    afterIndex,
                    beforeIndex,
                    user is null ? null : thread => thread.User == user,
                    count);
        }
    }

    /// <summary>Takes a part of a list that is sorted oldest first.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="descending">Whether to return it newest first.</param>
    /// <param name="after">The index after which to start, in the direction of the listing; null for its start.</param>
    /// <param name="before">The index before which to end; null for its end.</param>
    /// <param name="filter">Selects the elements; null for all.</param>
    /// <param name="count">The maximum number.</param>
    /// <returns>The part.</returns>
    internal static List<T> Slice<T>(
        IReadOnlyList<T> list, bool descending, int? after, int? before, Func<T, bool>? filter, int count)
    {
        int step = descending ? -1 : 1;
        int end = before ?? (descending ? -1 : list.Count);
        List<T> slice = [];
        for (int i = after + step ?? (descending ? list.Count - 1 : 0); (end - i) * step > 0 &&
            slice.Count < count; i += step)
        {
            if (filter is null || filter(list[i]))
            {
                slice.Add(list[i]);
            }
        }

        return slice;
    }

    /// <summary>The index of a thread; null for a null id, negative if the thread does not exist.</summary>
    private int? IndexOf(string? id) =>
        id is null ? null : _threads.TryGetValue(id, out StoredThread? thread) ? _byAge.BinarySearch(thread, Age) : -1;
}
