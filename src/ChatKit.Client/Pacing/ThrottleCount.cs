// How many of the requests of late were refused, and whether that is more than usual.
using System;

namespace ChatKit.Http;

/// <summary>
/// Counts by the order of sending: refusals often come back sooner than answers, and what was sent before a refused request and has not
/// come back counts as admitted.
/// </summary>
internal sealed class ThrottleCount
{
    private const int Shown = 60;   // Of so many answers it is told how many were refused.
    private const int Window = 120; // Of more requests, the older half is forgotten.

    private ulong _recent;
    private int _responses;
    private long _from;
    private long _rowFrom;

    /// <summary>How many of the last answers, 60 at most, were refusals.</summary>
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

    /// <summary>How many refusals came one after the other, up to now.</summary>
    public int InARow { get; private set; }

    /// <summary>How many requests are counted.</summary>
    public int Requests { get; private set; }

    /// <summary>How many of them were refused.</summary>
    public int Throttled { get; private set; }

    /// <summary>The first that was refused; of no meaning where none was.</summary>
    public Turn First { get; private set; }

    public double Share => Requests == 0 ? 0 : (double)Throttled / Requests;

    /// <summary>Counts from a request on.</summary>
    public void Restart(long number)
    {
        _from = number;
        Requests = 0;
        Throttled = 0;
    }

    /// <summary>Counts from the next request on.</summary>
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

    /// <summary>Forgets the older half of many.</summary>
    public void Shorten()
    {
        if (Requests >= Window)
        {
            _from += Requests - (Requests / 2);
            Requests /= 2;
            Throttled /= 2;
        }
    }

    /// <summary>Whether more were refused than a usual share explains.</summary>
    /// <param name="usual">The share.</param>
    /// <param name="least">How many at least, beyond what is usual.</param>
    /// <param name="deviations">How many standard deviations beyond it.</param>
    public bool IsMoreThan(double usual, double least, double deviations)
    {
        double expected = Requests * usual;
        return Throttled >= least + expected + (deviations * Math.Sqrt(expected));
    }
}
