// Estimates the rate that a server admits, from the responses that throttle.
using System;

namespace ChatKit.Http;

/// <summary>
/// A limiter throttles when its tokens are used up. Between two throttled requests it admitted the tokens that were
/// refilled, and at most one more, so (admitted - 1) / time never exceeds its rate, whatever the burst before. The
/// estimate is the highest recent value, as BBR uses the highest delivery rate: idle time makes a value too low, never
/// too high. If requests are throttled at random, everything between two of them was admitted, so the estimate does not
/// fall below the current pace.
/// </summary>
internal sealed class AdmittedRate
{
    // Fewer are too inaccurate: one of five is 20 %.
    private const int Fewest = 5;

    private readonly (long Number, double SentAt, long Throttled)[] _throttles = new (long, double, long)[64];
    private long _kept;
    private long _throttled;
    private double _clusterFrom;

    /// <summary>Adds a throttled request.</summary>
    /// <param name="number">The number of the request, in the order of sending.</param>
    /// <param name="sentAt">When it was sent, in seconds.</param>
    /// <param name="apart">
    /// The minimum interval between two entries, in seconds. Those in between are only counted.
    /// </param>
    public void Throttled(long number, double sentAt, double apart)
    {
        _throttled++;
        ref var last = ref _throttles[(int)((_kept + _throttles.Length - 1) % _throttles.Length)];
        if (_kept > 0 && number < last.Number)
        {
            // A later request's response overtook this one. Count it as sent just before that request.
            last.Throttled++;
        }
        else if (_kept > 0 && sentAt - _clusterFrom < apart)
        {
            // An interval that starts here must not count the rest of the cluster, so the last one stands for all.
            last = (number, sentAt, _throttled);
        }
        else
        {
            _clusterFrom = sentAt;
            _throttles[(int)(_kept++ % _throttles.Length)] = (number, sentAt, _throttled);
        }
    }

    /// <summary>The rate, in requests/s; null if there is too little data.</summary>
    /// <param name="fromNumber">The number of the first request to use.</param>
    /// <param name="fromTime">The earliest time of sending to use, in seconds.</param>
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
