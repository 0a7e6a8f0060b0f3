// How many requests may be in flight in all, for everything that shares them.
using System;
using System.Collections.Generic;
using System.Threading;

namespace ChatKit.Streams;

/// <summary>A number of slots, one for each request in flight. Safe for use by several threads at once.</summary>
/// <param name="limit">How many: 1 or more.</param>
internal sealed class RequestSlots(int limit)
{
    // Those that came first come first; the list is replaced, never changed.
    private IReadOnlyList<Func<bool>> _starters = [];
    private int _taken;
    private int _calls;

    public int Limit => limit;

    /// <summary>Adds whoever has requests to send: called for each free slot until it gives false, by one thread at a time.</summary>
    public void Attach(Func<bool> tryStart) => _starters = [.. _starters, tryStart];

    /// <summary>Takes a slot, where one is free.</summary>
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

    /// <summary>Gives a slot back. Whoever may have use for it is told by <see cref="Fill"/>.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);

    /// <summary>Fills the free slots. A thread that is here already does it for those that come meanwhile.</summary>
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
