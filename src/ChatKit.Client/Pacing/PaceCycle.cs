// The pace between two cuts: below what the server admits, then at it, then ever faster above it.
using System;

namespace ChatKit.Http;

/// <summary>
/// The curve is CUBIC's: flat about the rate at which refusals began, so that most requests are sent close to it. It begins well below,
/// which costs nothing where the limiter saves up, and lets others have their share. After two lengths without a cut the limit is higher,
/// or gone, and the pace doubles and doubles.
/// </summary>
internal sealed class PaceCycle
{
    private const double Shortest = 2;         // Seconds.
    private const double Longest = 30;         // Seconds.
    private const double RoundTrips = 3;       // At least so many.
    private const double Requests = 50;        // At least so many, so that a slow limit is not probed all the time...
    private const double RequestsOfShared = 5; // ...unless others want their share of it.
    private const double Guess = 8;            // So many, where the rate is a guess.
    private const double Dip = 0.3;            // How far below its rate it begins, at 100 requests/s; slower ones more.
    private const double DipPower = 0.3;
    private const double DeepestDip = 0.25;
    private const double ThinDip = 0.1;        // Where nothing is saved up.
    private const double Doublings = 3;        // In a length, at last.

    /// <summary>The rate about which it goes, in requests a second.</summary>
    public double Rate { get; set; }

    /// <summary>Whether the server was seen to admit that rate, rather than that it is a guess.</summary>
    public bool IsSure { get; private set; }

    /// <summary>When it began, in seconds.</summary>
    public double Begun { get; private set; }

    private bool IsGuess { get; set; }

    private bool IsThin { get; set; }

    /// <summary>Begins anew.</summary>
    /// <param name="rate">About which rate.</param>
    /// <param name="now">When.</param>
    /// <param name="isSure">Whether the server was seen to admit that.</param>
    /// <param name="isGuess">Whether nothing at all is known, so that it is found soon.</param>
    /// <param name="isThin">Whether the limiter saves nothing up.</param>
    public void Begin(double rate, double now, bool isSure, bool isGuess, bool isThin)
    {
        Rate = rate;
        Begun = now;
        IsSure = isSure;
        IsGuess = isGuess;
        IsThin = isThin;
    }

    /// <summary>Begins anew about another rate.</summary>
    public void Begin(double rate, double now)
    {
        Rate = rate;
        Begun = now;
    }

    /// <summary>How long until it is at its rate, in seconds.</summary>
    public double Length(double roundTrip, bool isShared) => Length(Rate, roundTrip, isShared);

    /// <summary>The same, were it about another rate.</summary>
    public double Length(double rate, double roundTrip, bool isShared)
    {
        double requests = Math.Min(Longest, (isShared ? RequestsOfShared : Requests) / rate);
        double length = Math.Max(Math.Max(RoundTrips * roundTrip, Shortest), requests);
        return IsGuess ? Math.Min(length, Math.Max(RoundTrips * roundTrip, Guess / rate)) : length;
    }

    /// <summary>The pace, in requests a second.</summary>
    public double At(double now, double length)
    {
        double dip = IsThin ? ThinDip : Math.Min(DeepestDip, Dip * Math.Pow(Rate / 100, -DipPower));
        double age = ((now - Begun) / length) - 1;
        return Rate * (age < 1 ? 1 + (dip * age * age * age) : (1 + dip) * Math.Pow(2, Doublings * (age - 1)));
    }
}
