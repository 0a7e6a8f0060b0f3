// A block: the server admits no requests, such as when a window's requests are used up.
using System;

namespace ChatKit.Http;

/// <summary>Times are in seconds.</summary>
internal sealed class PaceBlock
{
    private const double LongestProbe = 2.5;   // Between two probes.
    private const double ShortBlock = 2;       // A shorter block changes little.
    private const double InFlightShare = 0.05; // Of a window's requests may be in flight when it is used up.

    private double _since;
    private long _openFrom;
    private long _admitted;
    private double _ceiling = double.PositiveInfinity;

    /// <summary>Begins a block.</summary>
    /// <param name="now">The time.</param>
    /// <param name="lastAdmitted">The number of the last request that was admitted.</param>
    /// <param name="roundTrip">The round-trip time.</param>
    public void Begin(double now, long lastAdmitted, double roundTrip)
    {
        _since = now;
        _admitted = lastAdmitted - _openFrom;
        _ceiling = InFlightShare * _admitted / roundTrip;
    }

    /// <summary>The longest delay before the next probe.</summary>
    public static double MaximumProbeDelay => LongestProbe;

    /// <summary>The delay before the next probe. It grows with the block.</summary>
    public double ProbeDelay(double now, double roundTrip) =>
        Math.Min(Math.Max((now - _since) / 2, roundTrip), LongestProbe);

    /// <summary>Ends the block.</summary>
    /// <param name="now">The time.</param>
    /// <param name="roundTrip">The round-trip time.</param>
    /// <param name="next">The number of the next request.</param>
    /// <returns>Whether the block was short, so that the rate before it still holds.</returns>
    public bool End(double now, double roundTrip, long next)
    {
        bool isShort = now - _since < ShortBlock + (2 * roundTrip);
        _ceiling = isShort ? double.PositiveInfinity : _ceiling;
        _openFrom = next;
        return isShort;
    }

    /// <summary>The fastest pace for the rest of the window, in requests/s.</summary>
    /// <param name="next">The number of the next request. Far beyond the last window's, there is no ceiling.</param>
    public double Ceiling(long next) => next - _openFrom > 2 * _admitted ? double.PositiveInfinity : _ceiling;
}
