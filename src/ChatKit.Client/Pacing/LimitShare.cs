// Finds out whether other clients share the limit, or whether requests are throttled at random.
using System;

namespace ChatKit.Http;

/// <summary>
/// Requests that are throttled below the rate that was admitted before have one of two causes: other clients share the
/// limit, or something other than a rate limit throttles. So the connection yields. If fewer are throttled then, there
/// are other clients; if as many, that share is the usual one whatever the rate.
/// </summary>
internal sealed class LimitShare
{
    private const double LeastUsual = 0.015;
    private const double MostUsual = 0.15;
    private const double Kept = 0.7;      // The factor of each yield.
    private const int Yields = 2;         // After so many yields in vain the cause is not the rate.
    private const int MostYields = 4;     // After so many yields of any kind, too.
    private const double TooMany = 0.25;  // From this share on, the limit must have become lower.
    private const double AsBefore = 0.6;  // Of the share before the yield: no improvement.
    private const double Remembered = 20; // Seconds.

    private double _throttled;
    private int _yields;
    private double _sharedAt = double.NegativeInfinity;

    /// <summary>The share that is throttled whatever the rate is.</summary>
    public double Usual { get; private set; } = LeastUsual;

    public bool IsYielding => _throttled > 0;

    /// <summary>Whether other clients used the limit recently.</summary>
    public bool IsShared(double now) => now < _sharedAt + Remembered;

    public void StopYielding() => _throttled = 0;

    /// <summary>Notes that too many were throttled below the rate that was admitted before.</summary>
    /// <param name="share">The throttled share.</param>
    /// <param name="isSoon">Whether this is too soon after a yield for others to have used what it freed.</param>
    /// <param name="now">The time, in seconds.</param>
    /// <returns>The factor for the rate; null if the limit has become lower.</returns>
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

    /// <summary>Notes that no more than usual were throttled below the rate that was admitted before.</summary>
    public void NotThrottledBelow(double share)
    {
        Usual = Math.Max(LeastUsual, Math.Min(Usual, (Usual + share) / 2));
        _throttled = 0;
    }
}
