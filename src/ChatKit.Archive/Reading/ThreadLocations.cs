// What is kept of an archive in memory: the location of each thread's last line, in about 100 bytes.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Archive;

/// <summary>
/// The threads of an archive, by half of the SHA-256 of their ids: 16 bytes, however long an id is, and no two the
/// same. Thread-safe.
/// </summary>
internal sealed class ThreadLocations
{
    private readonly object _lock = new();
    private readonly Dictionary<(ulong High, ulong Low), ThreadLocation> _threads = [];

    /// <summary>How many have a line.</summary>
    public long Count { get; private set; }

    public long Items { get; private set; }

    public long Attachments { get; private set; }

    /// <summary>The thread of an id, whether it has a line or not.</summary>
    public ThreadLocation this[string id] => this[KeyOf(id)];

    /// <summary>The thread of a key, whether it has a line or not.</summary>
    public ThreadLocation this[(ulong High, ulong Low) key]
    {
        get
        {
            lock (_lock)
            {
                if (!_threads.TryGetValue(key, out ThreadLocation? thread))
                {
                    _threads.Add(key, thread = new ThreadLocation());
                }

                return thread;
            }
        }
    }

    /// <summary>The threads that have a line, but that this run did not find.</summary>
    public List<ThreadLocation> Missing()
    {
        lock (_lock)
        {
            return [.. _threads.Values.Where(thread => thread.IsWritten && !thread.IsFound)];
        }
    }

    /// <summary>Makes a line the last one of its thread.</summary>
    public void Place(ThreadLocation thread, int part, long offset, int length, int items, int attachments)
    {
        lock (_lock)
        {
            Count += thread.IsWritten ? 0 : 1;
            Items += items - thread.Items;
            Attachments += attachments - thread.Attachments;
            thread.Place(part, offset, length, items, attachments);
        }
    }

    /// <summary>The key of a thread.</summary>
    public static (ulong High, ulong Low) KeyOf(string id)
    {
        byte[] text = Encoding.UTF8.GetBytes(id);
#if NETFRAMEWORK
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(text);
#else
        byte[] hash = SHA256.HashData(text);
#endif
        return (BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
    }
}
