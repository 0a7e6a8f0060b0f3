// Whether a limit is this connection's alone.
using System;

namespace ChatKit.Http;

/// <summary>
/// Where requests are refused below the rate that was admitted before, either others want a share of the limit, or it is no limit that
/// refuses them. So the connection yields: if fewer are refused then, there are others; if as many, that share is refused as a rule.
/// </summary>
internal sealed class LimitShare
{
    private const double LeastUsual = 0.015;
    private const double MostUsual = 0.15;
    private const double Kept = 0.7;      // So much of the rate it keeps each time that it yields.
    private const int Yields = 2;         // After so many in vain it is no limit...
    private const int MostYields = 4;     // ...and after so many whatever they did.
    private const double TooMany = 0.25;  // So large a share is refused only by a limit that is lower than it was.
    private const double AsBefore = 0.6;  // Of the share that was refused before.
    private const double Remembered = 20; // Seconds.

    private double _throttled;
    private int _yields;
    private double _sharedAt = double.NegativeInfinity;

    /// <summary>The share that is refused whatever the rate is.</summary>
    public double Usual { get; private set; } = LeastUsual;

    public bool IsYielding => _throttled > 0;

    /// <summary>Whether others wanted a share of late.</summary>
    public bool IsShared(double now) => now < _sharedAt + Remembered;

    public void StopYielding() => _throttled = 0;

    /// <summary>Too many were refused below the rate that was admitted before.</summary>
    /// <param name="share">Which share of them.</param>
    /// <param name="isSoon">Whether that is soon after it has yielded, so that nobody can have taken what it left.</param>
    /// <param name="now">When.</param>
    /// <returns>By how much to change the rate; null where the limit is lower than it was.</returns>
    public double? ThrottledBelow(double share, bool isSoon, double now)
    {
        _sharedAt = now;
        if (share >= TooMany)
        {
            return null;
        }

        bool isInVain = IsYielding && isSoon && share > AsBefore * _throttled;
        _yields = IsYielding ? _yields + 1 : 1;
        if (_yields > MostYields || (isInVain && _yields > Yields))
        {
            Usual = Math.Max(Usual, Math.Min(MostUsual, share));
            _throttled = 0;
            return 1 / Math.Pow(Kept, _yields - 1);
        }

        _throttled = share;
        return Kept;
    }

    /// <summary>No more than usual were refused below the rate that was admitted before.</summary>
    public void NotThrottledBelow(double share)
    {
        Usual = Math.Max(LeastUsual, Math.Min(Usual, (Usual + share) / 2));
        _throttled = 0;
    }
}
