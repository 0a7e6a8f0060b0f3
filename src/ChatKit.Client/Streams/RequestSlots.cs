// Limits the requests in flight for everything that shares the slots.
using System;
using System.Collections.Generic;
using System.Threading;

namespace ChatKit.Streams;

/// <summary>A fixed number of slots, one for each request in flight. It is thread-safe.</summary>
/// <param name="limit">The number of slots: 1 or more.</param>
internal sealed class RequestSlots(int limit)
{
    // In the order of attachment. The list is replaced, never modified.
    private IReadOnlyList<Func<bool>> _starters = [];
    private int _taken;
    private int _calls;

    public int Limit => limit;

    /// <summary>Adds a source of requests. It is called until it returns false, by one thread at a time.</summary>
    public void Attach(Func<bool> tryStart) => _starters = [.. _starters, tryStart];

    /// <summary>Takes a slot if one is free.</summary>
    public bool TryTake()
    {
        int taken = Volatile.Read(ref _taken);
        while (taken < limit)
        {
            int before = Interlocked.CompareExchange(ref _taken, taken + 1, taken);
            if (before == taken)
            {
                return true;
            }

            taken = before;
        }

        return false;
    }

    /// <summary>Returns a slot. Call <see cref="Fill"/> to use it.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);

    /// <summary>Fills the free slots. If another thread is doing so, that thread does it for this one.</summary>
    public void Fill()
    {
        if (Interlocked.Increment(ref _calls) > 1)
        {
            return;
        }

        int done;
        do
        {
            done = Volatile.Read(ref _calls);
            foreach (Func<bool> tryStart in _starters)
            {
                while (tryStart())
                {
                }
            }
        }
        while (Interlocked.CompareExchange(ref _calls, 0, done) != done);
    }
}
