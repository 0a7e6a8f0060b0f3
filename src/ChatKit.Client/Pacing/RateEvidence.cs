// What throttling tells about the limit: the admitted rate, and whether the limiter has a burst.
using System;

namespace ChatKit.Http;

internal sealed class RateEvidence(AdmittedRate admitted, ThrottleCount count, PaceCycle cycle, LimitShare share)
{
    private const int Several = 3;        // The fewest throttled requests that make a pattern.
    private const double SameRate = 0.15; // How much estimates of the same limit differ.

    /// <summary>Whether there are enough throttled requests to tell a pattern.</summary>
    public bool IsEnough => count.Throttled >= Several;

    /// <summary>The admitted rate, in requests/s; null if there is too little data.</summary>
    /// <param name="fromNumber">The number of the first request to use.</param>
    /// <param name="since">The earliest time of sending to use, in seconds.</param>
    public double? Admitted(long fromNumber, double since) => admitted.Estimate(fromNumber, since) / (1 - share.Usual);

    /// <summary>
    /// The admitted rate, when a probe above the known rate is throttled. If it is about the same as before, the limit
    /// is unchanged, however fast the probe was: it only used up the burst.
    /// </summary>
    /// <returns>The rate; null if the limit may have changed.</returns>
    public double? Steady(double since)
    {
        double? rate = Admitted(0, since);
        bool isSame = rate > (1 - SameRate) * cycle.Rate && rate < (1 + SameRate) * cycle.Rate;
        return isSame ? Math.Max(rate!.Value, ((1.2 * cycle.Rate) + (0.8 * rate.Value)) / 2) : null;
    }

    /// <summary>
    /// The rate of a limiter without a burst. It throttles every other request once the pace is too high, so the
    /// admitted rate says nothing, but the pace of the first throttled request does.
    /// </summary>
    /// <param name="turn">The throttled request.</param>
    /// <param name="wasTooHigh">
    /// Whether the pace was too high from the start, so that the limit is between half of it and all of it.
    /// </param>
    /// <returns>The rate; 0 if the limiter has a burst.</returns>
    public double WithoutBurst(Turn turn, bool wasTooHigh)
    {
        bool isDense = IsEnough && turn.Number - count.First.Number <= 2.2 * (count.Throttled - 1);
        return isDense && count.First.Rate < Pace.Fastest ? (wasTooHigh ? 0.74 : 0.93) * count.First.Rate : 0;
    }

    /// <summary>Whether more were throttled than by a limiter whose burst is used up.</summary>
    public bool IsDenserThanBurst(Turn turn)
    {
        double throttled = (count.Throttled - 1.0) / (turn.Number - count.First.Number);
        return throttled >= (0.4 + 1 - (cycle.Rate / turn.Rate)) / 2;
    }
}
