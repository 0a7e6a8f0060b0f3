// The search for an unknown rate: the pace rises exponentially until the server throttles.
using System;

namespace ChatKit.Http;

internal sealed class PaceSearch
{
    private const double SlowestStart = 6;     // Requests/s.
    private const double DoublingRequests = 4; // The pace doubles after so many requests, or after a round trip.

    /// <summary>The pace, in requests/s.</summary>
    public double Rate { get; private set; }

    /// <summary>What was admitted in the second before the first cut: the limiter's burst, or its rate.</summary>
    public int Burst { get; private set; }

    /// <summary>Whether the search follows the first cut, so that the burst may still be in the estimate.</summary>
    public bool IsInitial { get; private set; }

    /// <summary>Starts after the first cut.</summary>
    public void BeginAtBurst(int burst)
    {
        (IsInitial, Burst) = (true, burst);
        BeginAt(burst);
    }

    /// <summary>Starts at a rate, in requests/s.</summary>
    public void BeginAt(double rate) => Rate = Math.Max(SlowestStart, rate);

    public void End() => IsInitial = false;

    /// <summary>Raises the pace after a request.</summary>
    public void SpeedUp(double roundTrip, double ceiling)
    {
        double faster = Rate * Math.Pow(2, Math.Min(1 / DoublingRequests, 1 / Rate / roundTrip));
        Rate = Math.Min(faster, Math.Max(SlowestStart, ceiling));
    }

    /// <summary>Notes that a request sent before the cut was throttled too, so the burst was smaller by one.</summary>
    public void NoteSmallerBurst()
    {
        Burst = Math.Max(1, Burst - 1);
        BeginAt(Rate - 1);
    }
}
