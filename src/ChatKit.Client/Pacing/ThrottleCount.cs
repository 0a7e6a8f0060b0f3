// Counts how many recent requests were throttled, and tells whether that is more than usual.
using System;

namespace ChatKit.Http;

/// <summary>
/// Counts in the order of sending, because throttling responses often come sooner than others. A request in flight that
/// was sent before a throttled one counts as admitted.
/// </summary>
internal sealed class ThrottleCount
{
    private const int Shown = 60;   // The number of responses that Recent covers.
    private const int Window = 120; // From so many requests on, the older half is dropped.

    private ulong _recent;
    private int _responses;
    private long _from;
    private long _rowFrom;

    /// <summary>How many of the last responses, at most 60, were throttled.</summary>
    public (int Throttled, int Of) Recent
    {
        get
        {
            int refused = 0;
            for (ulong left = _recent; left != 0; left &= left - 1)
            {
                refused++;
            }

            return (refused, _responses);
        }
    }

    /// <summary>The number of consecutive throttled responses up to now.</summary>
    public int InARow { get; private set; }

    /// <summary>The number of requests counted.</summary>
    public int Requests { get; private set; }

    /// <summary>How many of them were throttled.</summary>
    public int Throttled { get; private set; }

    /// <summary>The first throttled request; undefined if there is none.</summary>
    public Turn First { get; private set; }

    public double Share => Requests == 0 ? 0 : (double)Throttled / Requests;

    /// <summary>Restarts the count at a request.</summary>
    public void Restart(long number)
    {
        _from = number;
        Requests = 0;
        Throttled = 0;
    }

    /// <summary>Restarts the count at the next request.</summary>
    public void Restart() => Restart(_from + Requests);

    public void Add(Turn turn, bool isThrottled)
    {
        _recent = ((_recent << 1) | (isThrottled ? 1UL : 0)) & ((1UL << Shown) - 1);
        _responses = Math.Min(Shown, _responses + 1);
        if (isThrottled)
        {
            _rowFrom = InARow == 0 ? turn.Number : Math.Min(_rowFrom, turn.Number);
            InARow++;
        }
        else if (turn.Number > _rowFrom)
        {
            InARow = 0;
        }

        if (turn.Number < _from)
        {
            return;
        }

        Requests = (int)Math.Max(Requests, turn.Number - _from + 1);
        if (isThrottled && ++Throttled == 1)
        {
            First = turn;
        }
    }

    /// <summary>Drops the older half of a full window.</summary>
    public void Shorten()
    {
        if (Requests >= Window)
        {
            _from += Requests - (Requests / 2);
            Requests /= 2;
            Throttled /= 2;
        }
    }

    /// <summary>Whether more were throttled than usual.</summary>
    /// <param name="usual">The usual share.</param>
    /// <param name="least">The minimum number beyond the usual.</param>
    /// <param name="deviations">The number of standard deviations beyond it.</param>
    public bool IsMoreThan(double usual, double least, double deviations)
    {
        double expected = Requests * usual;
        return Throttled >= least + expected + (deviations * Math.Sqrt(expected));
    }
}
