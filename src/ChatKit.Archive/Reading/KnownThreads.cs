// What of an archive is kept in memory: for each thread where its last line is and what it counts for, about 100 bytes.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Archive;

/// <summary>The threads of an archive, by half of the SHA-256 of their ids: 16 bytes, however long an id is, and no two the same. Safe for use by several threads at once.</summary>
internal sealed class KnownThreads
{
    private readonly object _lock = new();
    private readonly Dictionary<(ulong High, ulong Low), KnownThread> _threads = [];

    /// <summary>How many have a line.</summary>
    public long Count { get; private set; }

    public long Items { get; private set; }

    public long Attachments { get; private set; }

    /// <summary>The thread of an id, whether it has a line or not.</summary>
    public KnownThread this[string id] => this[KeyOf(id)];

    /// <summary>The thread of a key, whether it has a line or not.</summary>
    public KnownThread this[(ulong High, ulong Low) key]
    {
        get
        {
            lock (_lock)
            {
                if (!_threads.TryGetValue(key, out KnownThread? thread))
                {
                    _threads.Add(key, thread = new KnownThread());
                }

                return thread;
            }
        }
    }

    /// <summary>Those that have a line, and that this run did not come across.</summary>
    public List<KnownThread> Unseen()
    {
        lock (_lock)
        {
            return [.. _threads.Values.Where(thread => thread.IsWritten && !thread.IsSeen)];
        }
    }

    /// <summary>Notes a line: from now on it is the thread's.</summary>
    public void Place(KnownThread thread, int part, long offset, int length, int items, int attachments)
    {
        lock (_lock)
        {
            Count += thread.IsWritten ? 0 : 1;
            Items += items - thread.Items;
            Attachments += attachments - thread.Attachments;
            thread.Place(part, offset, length, items, attachments);
        }
    }

    /// <summary>What a thread is known by.</summary>
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
