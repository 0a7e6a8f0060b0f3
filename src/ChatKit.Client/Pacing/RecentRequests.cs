// Counts the requests sent in the last four seconds.
using System;

namespace ChatKit.Http;

/// <summary>A ring of counters, each for an eighth of a second.</summary>
internal sealed class RecentRequests
{
    private const int SlotsPerSecond = 8;

    private readonly int[] _slots = new int[4 * SlotsPerSecond];
    private long _slot;

    public void Add(double now)
    {
        long slot = (long)(now * SlotsPerSecond);
        for (long i = Math.Max(_slot + 1, slot - _slots.Length + 1); i <= slot; i++)
        {
            _slots[i % _slots.Length] = 0;
        }

        _slot = Math.Max(_slot, slot);
        _slots[_slot % _slots.Length]++;
    }

    /// <summary>The number of requests sent since a time, in seconds.</summary>
    public int Since(double from)
    {
        int count = 0;
        for (long i = Math.Max(Math.Max(0, _slot - _slots.Length + 1), (long)(from * SlotsPerSecond)); i <= _slot; i++)
        {
            count += _slots[i % _slots.Length];
        }

        return count;
    }
}
