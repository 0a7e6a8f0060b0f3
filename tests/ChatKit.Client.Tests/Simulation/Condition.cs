// One cell of the simulated matrix: a server, the way to it, and the work.
using System;
using System.Globalization;

namespace ChatKit.Tests;

internal enum Hint
{
    None,
    Milliseconds,
    WholeSeconds,
    Date,
    RateLimitHeaders,
    UntrueRateLimitHeaders,
}

internal sealed class Condition
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required Func<Random, Limiter> Limiter { get; init; }

    public required double Latency { get; init; }

    /// <summary>Whether the answers' time differs: one in a hundred takes over four times as long.</summary>
    public bool IsLongTailed { get; init; }

    /// <summary>
    /// How much of the latency it takes a request to come to the limiter, and a refusal to come back from there; null
    /// for half where the latency is constant, as if it were all the network's, and else for a tenth.
    /// </summary>
    public double? Way { get; init; }

    public Hint Hint { get; init; }

    public bool Is503 { get; init; }

    public required int Width { get; init; }

    /// <summary>How many requests in all; of each client.</summary>
    public int Work { get; init; }

    public int Clients { get; init; } = 1;

    /// <summary>Rather than some work, for so long, in seconds.</summary>
    public double? Until { get; init; }

    /// <summary>When the n-th client begins, in seconds after the one before.</summary>
    public double Stagger { get; init; }

    public Action<Limiter, double>? Change { get; init; }

    public double[] ChangesAt { get; init; } = [];

    /// <summary>How many the server works on at a time, at most; 0 for all.</summary>
    public int MostInFlight { get; init; }

    /// <summary>The same without any refusal, which is the ideal where no limiter says what that is.</summary>
    public Func<Condition>? Unlimited { get; init; }

    public int Seed { get; init; } = 1;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}, {1} ms{2}, {3}{4}, {5} wide",
        Name,
        Latency * 1000,
        IsLongTailed ? " long-tailed" : "",
        Hint,
        Is503 ? " 503" : "",
        Width);
}
