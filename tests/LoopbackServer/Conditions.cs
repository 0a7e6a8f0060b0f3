// What the server and the way to it are like: how long an answer takes, how much is let through, and how often
// something breaks.
using System;
using System.Threading.RateLimiting;

namespace ChatKit.LoopbackServer;

/// <summary>
/// The conditions under which the emulator answers, as <c>POST /_control/conditions</c> takes them. Nothing set: at
/// once, and always.
/// </summary>
public sealed class Conditions
{
    /// <summary>
    /// How long after its request an answer is sent, in milliseconds. What was asked for is done at once.
    /// </summary>
    public int LatencyMs { get; set; }

    /// <summary>
    /// How many requests a second are answered (a token bucket); 0 for all. The rest is refused at once.
    /// </summary>
    public int Rate { get; set; }

    /// <summary>How many tokens the bucket holds.</summary>
    public int Burst { get; set; } = 1;

    /// <summary>
    /// How many requests are answered at a time, where there is no rate; 0 for all. The rest is refused at once.
    /// </summary>
    public int Width { get; set; }

    /// <summary>What a refusal says in <c>retry-after-ms</c>; null for nothing.</summary>
    public int? RetryAfterMs { get; set; }

    /// <summary>What a refusal says in <c>retry-after</c>; null for nothing.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>The status of a refusal: 429, or 503 as nginx has it.</summary>
    public int RefusalStatus { get; set; } = 429;

    /// <summary>How many of a thousand requests are refused at random, whatever the rate is.</summary>
    public int RefusedPerThousand { get; set; }

    /// <summary>How many of a thousand requests meet with a fault.</summary>
    public int FaultsPerThousand { get; set; }

    /// <summary>Which of them, and which faults: the same for the same seed, in order of arrival.</summary>
    public int Seed { get; set; }
}

/// <summary>What may happen to a request. Where the answer is lost, the request has been carried out.</summary>
internal enum Fault
{
    Refused,
    Failed,
    FailedInHtml,
    Reset,
    Delayed,
    AnswerLost,
    AnswerCutInHeaders,
    AnswerCutInBody,
    AnswerCutInChunk,
    AnswerGarbled,
}

/// <summary>Applies the conditions to the requests as they come.</summary>
internal sealed class Traffic(Conditions conditions)
{
    private readonly Random _random = new(conditions.Seed);

    public Conditions Conditions { get; } = conditions;

    /// <summary>What asks for leave to answer; null where nothing is refused.</summary>
    public RateLimiter? Limiter { get; } = conditions switch
    {
        { Rate: > 0 } => new TokenBucketRateLimiter(new()
        {
            TokenLimit = conditions.Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / conditions.Rate,
            AutoReplenishment = false, // By the clock, at every request, rather than by a timer that is late.
        }),
        { Width: > 0 } => new ConcurrencyLimiter(new() { PermitLimit = conditions.Width }),
        _ => null,
    };

    /// <summary>The fault that the next request meets with; null for none.</summary>
    public Fault? NextFault()
    {
        lock (_random)
        {
            if (Conditions.RefusedPerThousand > 0 && _random.Next(1000) < Conditions.RefusedPerThousand)
            {
                return Fault.Refused;
            }

            return _random.Next(1000) < Conditions.FaultsPerThousand
                ? (Fault)_random.Next(Enum.GetValues<Fault>().Length)
                : null;
        }
    }
}
