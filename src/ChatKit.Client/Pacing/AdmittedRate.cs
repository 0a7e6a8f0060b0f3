// What rate a server has admitted, told by the refusals: the estimate that requests are paced by.
using System;

namespace ChatKit.Http;

/// <summary>
/// A limiter that refuses has nothing left to give. So between two refusals it admitted what it had got in the meantime, and at most one
/// more: (admitted - 1) / time is never above its rate, whatever was saved up before the first. The highest such figure of late is the
/// estimate, as BBR takes the highest delivery rate: what was lost in between, or not asked for, makes it too low and never too high.
/// Refusals at random bound stretches in which everything was admitted, and so make it no lower than what is being sent.
/// </summary>
internal sealed class AdmittedRate
{
    // Fewer say too little: of five admitted, one more or less is a fifth.
    private const int Fewest = 5;

    private readonly (long Number, double SentAt, long Throttled)[] _throttles = new (long, double, long)[64];
    private long _kept;
    private long _throttled;
    private double _clusterFrom;

    /// <summary>Notes a refusal.</summary>
    /// <param name="number">Which request it was, in the order of sending.</param>
    /// <param name="sentAt">When that was sent, in seconds.</param>
    /// <param name="apart">How far apart refusals are kept, in seconds; those between are only counted.</param>
    public void Throttled(long number, double sentAt, double apart)
    {
        _throttled++;
        ref var last = ref _throttles[(int)((_kept + _throttles.Length - 1) % _throttles.Length)];
        if (_kept > 0 && number < last.Number)
        {
            // It was overtaken: counted as if it had been sent just before the one that overtook it.
            last.Throttled++;
        }
        else if (_kept > 0 && sentAt - _clusterFrom < apart)
        {
            // A stretch may begin at any of them, but must not count those after its first: the last one stands for all.
            last = (number, sentAt, _throttled);
        }
        else
        {
            _clusterFrom = sentAt;
            _throttles[(int)(_kept++ % _throttles.Length)] = (number, sentAt, _throttled);
        }
    }

    /// <summary>The rate, in requests a second; null where too little is known.</summary>
    /// <param name="fromNumber">Of the requests from this one on.</param>
    /// <param name="fromTime">And sent no earlier than this, in seconds.</param>
    public double? Estimate(long fromNumber, double fromTime)
    {
        double? highest = null;
        double longest = 0;
        long of = 0;
        if (_kept == 0)
        {
            return null;
        }

        var end = _throttles[(int)((_kept - 1) % _throttles.Length)];
        for (long i = _kept - 2; i >= Math.Max(0, _kept - _throttles.Length); i--)
        {
            var start = _throttles[(int)(i % _throttles.Length)];
            if (start.Number < fromNumber || start.SentAt < fromTime)
            {
                break;
            }

            long admitted = end.Number - start.Number - (end.Throttled - start.Throttled);
            double time = end.SentAt - start.SentAt;
            if (admitted >= Fewest && time > 0)
            {
                highest = Math.Max(highest ?? 0, (admitted - 1) / time);
                longest = admitted / time;
                of = admitted;
            }
        }

        return of is > 0 and < 40 ? Math.Max(highest!.Value, longest) : highest;
    }
}
