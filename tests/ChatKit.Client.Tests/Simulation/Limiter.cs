// What a simulated server admits: the kinds of rate limit that there are.
using System;

namespace ChatKit.Tests;

/// <summary>Decides on each request as it comes. Times are in seconds since the start.</summary>
internal abstract class Limiter
{
    public abstract bool Admit(double now);

    /// <summary>An admitted request has been answered.</summary>
    public virtual void Answered()
    {
    }

    /// <summary>How long until it would admit one; what a true hint says.</summary>
    public virtual double Wait(double now) => 0;

    /// <summary>
    /// How long until all of it is there again, as <c>x-ratelimit-reset-requests</c> says; what a bucket or window
    /// would have to refill.
    /// </summary>
    public virtual double Reset(double now) => Wait(now);

    /// <summary>
    /// The soonest that it may have admitted so many, where so many at a time are sent and each takes so long.
    /// </summary>
    public virtual double Soonest(int count, int width, double latency) => ((double)count / width - 1) * latency;
}

/// <summary>So many a second, and at most so many saved up.</summary>
internal sealed class TokenBucket : Limiter
{
    private readonly double _burst;
    private double _tokens;
    private double _at;

    public TokenBucket(double rate, double burst)
    {
        Rate = rate;
        _burst = burst;
        _tokens = burst;
    }

    public double Rate { get; private set; }

    public void Change(double rate, double now)
    {
        Refill(now);
        Rate = rate;
    }

    public override bool Admit(double now)
    {
        Refill(now);
        if (_tokens < 1 - 1e-9)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    public override double Wait(double now)
    {
        Refill(now);
        return Math.Max(0, 1 - _tokens) / Rate;
    }

    public override double Reset(double now)
    {
        Refill(now);
        return (_burst - _tokens) / Rate;
    }

    public override double Soonest(int count, int width, double latency) =>
        Math.Max(base.Soonest(count, width, latency), Math.Max(0, count - _burst) / Rate);

    private void Refill(double now)
    {
        _tokens = Math.Min(_burst, _tokens + ((now - _at) * Rate));
        _at = now;
    }
}

/// <summary>So many in every stretch of time; the first of them began a while ago.</summary>
internal sealed class FixedWindow(int count, double length, double begun) : Limiter
{
    private double _window = double.NegativeInfinity;
    private int _left;

    public override bool Admit(double now)
    {
        double window = Math.Floor((now + begun) / length);
        if (window > _window)
        {
            _window = window;
            _left = count;
        }

        return _left-- > 0;
    }

    public override double Wait(double now) => ((Math.Floor((now + begun) / length) + 1) * length) - begun - now;

    public override double Soonest(int wanted, int width, double latency)
    {
        double from = 0;
        double end = length - begun;
        while (true)
        {
            double most = Math.Min(count, width + ((end - from) / latency * width));
            if (wanted <= most)
            {
                return from + Math.Max(0, base.Soonest(wanted, width, latency));
            }

            wanted -= (int)most;
            from = end;
            end += length;
        }
    }
}

/// <summary>So many at a time.</summary>
internal sealed class InFlightLimit(int most) : Limiter
{
    private int _inFlight;

    public override bool Admit(double now)
    {
        if (_inFlight >= most)
        {
            return false;
        }

        _inFlight++;
        return true;
    }

    public override void Answered() => _inFlight--;
}

/// <summary>Refuses some at random, or the one at a place.</summary>
internal sealed class Whim(Random random, double share, int lone = -1) : Limiter
{
    private int _seen;

    public override bool Admit(double now) => _seen++ != lone && random.NextDouble() >= share;
}
