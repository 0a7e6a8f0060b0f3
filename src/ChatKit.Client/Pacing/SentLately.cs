// How many requests were sent within the last second.
using System;

namespace ChatKit.Http;

internal sealed class SentLately
{
    private const int SlotsPerSecond = 8;

    private readonly int[] _slots = new int[SlotsPerSecond];
    private long _slot;

    public void Add(double now)
    {
        Slide(now);
        _slots[_slot % SlotsPerSecond]++;
    }

    public int Count(double now)
    {
        Slide(now);
        int count = 0;
        foreach (int slot in _slots)
        {
            count += slot;
        }

        return count;
    }

    private void Slide(double now)
    {
        long slot = (long)(now * SlotsPerSecond);
        for (long i = Math.Max(_slot + 1, slot - SlotsPerSecond + 1); i <= slot; i++)
        {
            _slots[i % SlotsPerSecond] = 0;
        }

        _slot = Math.Max(_slot, slot);
    }
}
