// The pace between two cuts as a function of time: below the admitted rate, then at it, then rising above it.
using System;

namespace ChatKit.Http;

/// <summary>
/// The curve is CUBIC's. It is flat near the rate of the last cut, so that most requests are sent at about that rate.
/// It starts well below, which costs nothing if the limiter refills a bucket, and leaves a share to other clients.
/// After two lengths without a cut the limit has risen or is gone, and the pace grows exponentially.
/// </summary>
internal sealed class PaceCycle
{
    private const double Shortest = 2;         // Seconds.
    private const double Longest = 30;         // Seconds.
    private const double RoundTrips = 3;       // A length has at least so many.
    private const double Requests = 50;        // At least so many, so that a slow limit is not probed all the time.
    private const double RequestsOfShared = 5; // The same if other clients share the limit.
    private const double Guess = 8;            // At most so many if the rate is a guess.
    private const double Dip =
        0.3;            // How far below its rate it starts, at 100 requests/s; further for slower rates.
    private const double DipPower = 0.3;
    private const double DeepestDip = 0.25;
    private const double ThinDip = 0.1;        // For a limiter without a burst.
    private const double Doublings = 3;        // In each length after the second.

    /// <summary>The center of the curve, in requests/s.</summary>
    public double Rate { get; set; }

    /// <summary>Whether the server was observed to admit that rate.</summary>
    public bool IsSure { get; private set; }

    /// <summary>When the cycle began, in seconds.</summary>
    public double Begun { get; private set; }

    private bool IsGuess { get; set; }

    private bool IsThin { get; set; }

    /// <summary>Begins a new cycle.</summary>
    /// <param name="rate">The center, in requests/s.</param>
    /// <param name="now">The time, in seconds.</param>
    /// <param name="isSure">Whether the server was observed to admit that rate.</param>
    /// <param name="isGuess">Whether the rate is a guess, so that the cycle is short.</param>
    /// <param name="isThin">Whether the limiter allows no burst.</param>
    public void Begin(double rate, double now, bool isSure, bool isGuess, bool isThin)
    {
        Rate = rate;
        Begun = now;
        IsSure = isSure;
        IsGuess = isGuess;
        IsThin = isThin;
    }

    /// <summary>Begins a new cycle at another rate.</summary>
    public void Begin(double rate, double now)
    {
        Rate = rate;
        Begun = now;
    }

    /// <summary>The time from the start of the curve to its center, in seconds.</summary>
    public double Length(double roundTrip, bool isShared) => Length(Rate, roundTrip, isShared);

    /// <summary>The same for another rate.</summary>
    public double Length(double rate, double roundTrip, bool isShared)
    {
        double requests = Math.Min(Longest, (isShared ? RequestsOfShared : Requests) / rate);
        double length = Math.Max(Math.Max(RoundTrips * roundTrip, Shortest), requests);
        return IsGuess ? Math.Min(length, Math.Max(RoundTrips * roundTrip, Guess / rate)) : length;
    }

    /// <summary>The pace, in requests/s.</summary>
    public double At(double now, double length)
    {
        double dip = IsThin ? ThinDip : Math.Min(DeepestDip, Dip * Math.Pow(Rate / 100, -DipPower));
        double age = ((now - Begun) / length) - 1;
        return Rate * (age < 1 ? 1 + (dip * age * age * age) : (1 + dip) * Math.Pow(2, Doublings * (age - 1)));
    }
}
