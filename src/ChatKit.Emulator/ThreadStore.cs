// The project that the emulator serves: threads with their items, each as the JSON that the API would send.
using System;
using System.Collections.Generic;

namespace ChatKit.Emulator;

/// <summary>Threads and their items. Safe for use by several threads at once.</summary>
public sealed class ThreadStore
{
    private readonly object _lock = new();
    private readonly Dictionary<string, StoredThread> _threads = [];

    // Oldest first; those of the same second in the order in which they were added.
    private readonly List<StoredThread> _byAge = [];
    private long _added;

    /// <summary>A project without threads.</summary>
    public ThreadStore()
    {
    }

    /// <summary>A project that can only be read: what would change it is answered with 403.</summary>
    /// <param name="threads">Its threads; those of the same second in the order in which they were created.</param>
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

    private static Comparer<StoredThread> Age { get; } = Comparer<StoredThread>.Create((a, b) => (a.CreatedAt, a.Number).CompareTo((b.CreatedAt, b.Number)));

    /// <summary>Whether it can only be read.</summary>
    public bool IsReadOnly { get; }

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

            thread.Number = _added++;
            _threads.Add(thread.Id, thread);
            _byAge.Insert(~_byAge.BinarySearch(thread, Age), thread);
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

    /// <summary>Deletes a thread with its items.</summary>
    /// <param name="id">Its identifier.</param>
    /// <returns>Whether there was one.</returns>
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
    /// <param name="after">The thread after which to begin; null for the first.</param>
    /// <param name="before">The thread before which to end; null for the last.</param>
    /// <param name="user">The user whose threads to list; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The threads; null where one of the two is not there.</returns>
    internal List<StoredThread>? List(bool descending, string? after, string? before, string? user, int count)
    {
        lock (_lock)
        {
            int? afterIndex = IndexOf(after);
            int? beforeIndex = IndexOf(before);
            return afterIndex < 0 || beforeIndex < 0
                ? null
                : Slice(_byAge, descending, afterIndex, beforeIndex, user is null ? null : thread => thread.User == user, count);
        }
    }

    /// <summary>A part of a list that is kept oldest first.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="descending">Whether to give it newest first.</param>
    /// <param name="after">The index after which to begin, in the direction of the listing; null for its start.</param>
    /// <param name="before">The index before which to end; null for its end.</param>
    /// <param name="filter">What to leave in; null for everything.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The part.</returns>
    internal static List<T> Slice<T>(IReadOnlyList<T> list, bool descending, int? after, int? before, Func<T, bool>? filter, int count)
    {
        int step = descending ? -1 : 1;
        int end = before ?? (descending ? -1 : list.Count);
        List<T> slice = [];
        for (int i = after + step ?? (descending ? list.Count - 1 : 0); (end - i) * step > 0 && slice.Count < count; i += step)
        {
            if (filter is null || filter(list[i]))
            {
                slice.Add(list[i]);
            }
        }

        return slice;
    }

    /// <summary>The place of a thread; null where none is named, below zero where it is not there.</summary>
    private int? IndexOf(string? id) =>
        id is null ? null : _threads.TryGetValue(id, out StoredThread? thread) ? _byAge.BinarySearch(thread, Age) : -1;
}
