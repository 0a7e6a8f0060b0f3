// How fast requests are sent: as fast as they come, until refusals show that the server admits only so many a second.
using System;

namespace ChatKit.Http;

/// <summary>
/// Learns from every answer when the next request may be sent. What it took from others: from BBR, that the rate to send at is the highest
/// that was delivered of late, so that refusals at random, which limit nothing, slow nothing down (<see cref="AdmittedRate"/>); from the
/// adaptive mode of the AWS SDKs, CUBIC's curve over a rate rather than a window, so that latency does not matter (<see cref="PaceCycle"/>).
/// It takes no limit of requests in flight, as Netflix's concurrency-limits do: they tell a full server by its latency, and one that
/// refuses answers at once. It has no clock and no lock of its own; the gate has. Times are in seconds.
/// </summary>
internal sealed class Pace
{
    /// <summary>Above so many requests a second nothing is paced.</summary>
    public const double Fastest = 20_000;

    private const double Slack = 0.016;      // Seconds: a timer may be that late.
    private const double SearchFrom = 6;     // Requests a second, where nothing is known.
    private const double SearchRequests = 4; // After so many the search doubles its pace, or after a round trip.
    private const double LongestProbe = 2.5; // Seconds between two probes of a server that admits nothing.
    private const double ShortBlock = 2;     // Seconds: after so long a block little has changed.
    private const double WallShare = 0.05;   // How much of what a window holds may be in flight when it is used up.
    private const int Nothing = 8;           // So many refusals with nothing admitted in between, and nothing is admitted.
    private const int Several = 3;           // Refusals: fewer have no pattern.
    private const double SameRate = 0.15;    // Estimates of one limit differ by so much of it.
    private const double MostBelow = 0.05;   // Where more is refused below the pace, it is not the limit alone that refuses.
    private const double HeldShare = 20;     // An estimate so far below the pace may be low only because a hint held all.
    private const double UsualAtFirst = 0.1; // Until it has seen enough, it is slow to take refusals for a limit.
    private const int Enough = 100;
    private const double Pause = 0.5;        // Seconds: less is not idle...
    private const double Lingers = 10;       // ...after so many nothing is told of the pace...
    private const double Forgotten = 300;    // ...and after so many it is forgotten.

    private readonly AdmittedRate _admitted = new();
    private readonly ThrottleCount _count = new();
    private readonly RecentRequests _sent = new();
    private readonly PaceCycle _cycle = new();
    private readonly LimitShare _share = new();
    private readonly RoundTripTime _roundTrip = new();
    private State _state;
    private double _search;
    private double _ceiling = double.PositiveInfinity;
    private double _next = double.NegativeInfinity;
    private double _heldUntil;
    private long _numbers;
    private long _cut;
    private double _cutAt = double.NegativeInfinity;
    private bool _isBeforeProbe;
    private bool _isHeldSinceCut;
    private double _throttledBelow;
    private int _burst;
    private bool _isSearchOfNew;
    private double _blockedSince;
    private long _openFrom;
    private long _lastAdmitted;
    private double _sentAt = double.NegativeInfinity;
    private double _windowHeld;
    private long _lastThrottled;
    private double _admittedAt = double.NegativeInfinity;

    private enum State { Free, Searching, Learned, Blocked }

    /// <summary>Whether requests are sent at a pace.</summary>
    public bool IsPaced => _state is State.Searching or State.Learned;

    /// <summary>Whether the server admits nothing at present.</summary>
    public bool IsBlocked => _state == State.Blocked;

    /// <summary>Whether a hint holds every request.</summary>
    public bool IsHeld(double now) => now < _heldUntil;

    /// <summary>Whether so long ago nothing was sent that the pace matters to nobody.</summary>
    public bool IsIdle(double now) => now - Math.Max(NextAt, _sentAt) > Lingers;

    /// <summary>How long a refusal takes to come back.</summary>
    public double RoundTrip => _roundTrip.Seconds;

    /// <summary>How many of the last answers, 60 at most, were refusals.</summary>
    public (int Throttled, int Of) Recent => _count.Recent;

    /// <summary>When the next request may be sent.</summary>
    public double NextAt => Math.Max(_next, _heldUntil);

    /// <summary>Requests a second; infinite where nothing is paced.</summary>
    public double Rate(double now) => _state switch
    {
        State.Learned => _cycle.At(now, CycleLength(now)),
        State.Searching => _search,
        _ => double.PositiveInfinity,
    };

    /// <summary>One is sent now.</summary>
    public Turn Sent(double now)
    {
        LeaveOutIdle(now);
        _sentAt = now;
        _sent.Add(now);
        double rate = Rate(now);
        if (_state == State.Blocked)
        {
            // One probe at a time: the next once it is back.
            _next = now + LongestProbe;
        }
        else if (rate > Fastest)
        {
            _state = State.Free;
            _next = double.NegativeInfinity;
        }
        else
        {
            // Not while nobody asks for more, nor once a hint has held all, until it is seen that the server admits again.
            bool isAsked = now - _next < Math.Max(Slack, 1 / rate);
            if (_state == State.Searching && isAsked && (!_isHeldSinceCut || _lastAdmitted >= _cut))
            {
                double faster = rate * Math.Pow(2, Math.Min(1 / SearchRequests, 1 / rate / RoundTrip));
                double most = _numbers - _openFrom > 2 * _windowHeld ? double.PositiveInfinity : _ceiling;
                _search = Math.Min(faster, Math.Max(SearchFrom, most));
            }

            _next = Math.Max(_next, now - Slack) + (1 / rate);
        }

        return new Turn(_numbers++, now, rate);
    }

    /// <summary>One was admitted, whatever was answered.</summary>
    public void Admitted(Turn turn, double now)
    {
        Note(turn, now, isThrottled: false);
        _lastAdmitted = Math.Max(_lastAdmitted, turn.Number);
        _admittedAt = Math.Max(_admittedAt, turn.SentAt);
        _heldUntil = turn.Number > _lastThrottled ? 0 : _heldUntil;
        if (_state == State.Blocked && turn.Number >= _cut)
        {
            Unblock(now);
        }
    }

    /// <summary>One was refused for its rate.</summary>
    /// <param name="turn">Its turn.</param>
    /// <param name="now">When that is known.</param>
    /// <param name="hint">How long the server asks to wait; null where it does not.</param>
    public void Throttled(Turn turn, double now, double? hint)
    {
        Note(turn, now, isThrottled: true);
        _lastThrottled = Math.Max(_lastThrottled, turn.Number);
        bool wasAdmitting = turn.SentAt <= _admittedAt + RoundTrip || (_count.InARow < Nothing && _admittedAt >= 0);
        if (hint is { } asked && !wasAdmitting)
        {
            // Nothing is seen to be admitted, so what this one was told is true of the others, too.
            _heldUntil = now + asked;
            _isHeldSinceCut = true;
        }

        _admitted.Throttled(turn.Number, turn.SentAt, Math.Max(RoundTrip / 4, 0.02));
        if (turn.Number < _cut)
        {
            if (_isSearchOfNew && _state == State.Searching)
            {
                // The rest of the first volley: that much less was saved up.
                _burst = Math.Max(1, _burst - 1);
                _search = Math.Max(SearchFrom, _search - 1);
            }
        }
        else if (_state == State.Blocked)
        {
            double wait = Math.Min(Math.Max((now - _blockedSince) / 2, RoundTrip), LongestProbe);
            _next = now + Math.Max(wait, hint ?? 0);
        }
        else if (IsNothingAdmitted || (IsTooMany(turn, now) && !YieldTo(turn, now)))
        {
            Cut(turn, now, hint);
        }
    }

    private bool IsNothingAdmitted =>
        _state != State.Free && _count.InARow >= Nothing && _count.Throttled >= Several && _count.Throttled == _count.Requests;

    /// <summary>Makes the pace no faster for idle time; otherwise all who wait out the same hint would come back at once.</summary>
    private void LeaveOutIdle(double now)
    {
        double idle = now - Math.Max(_next, _sentAt + Math.Min(Pause, CycleLength(now)));
        if (IsPaced && now - Math.Max(NextAt, _sentAt) > Forgotten)
        {
            _state = State.Free;
        }
        else if (_state == State.Learned && idle > 0)
        {
            _cycle.Begin(_cycle.Rate, _cycle.Begun + idle);
        }
    }

    private bool IsTooMany(Turn turn, double now)
    {
        bool isNew = _state == State.Free && _count.Requests < Enough;
        bool isProbing = IsProbing(turn, now);
        double least = IsSoonAfterCut(now) ? 7 : isProbing ? 0.5 : 2;
        double deviations = _state == State.Free ? 5 : isProbing && _share.Usual < 0.04 ? 1.5 : 3;
        return _count.IsMoreThan(isNew ? Math.Max(_share.Usual, UsualAtFirst) : _share.Usual, least, deviations);
    }

    /// <summary>Whether it need not cut, because something else than a rate that is too high refuses, and it has made way for that.</summary>
    private bool YieldTo(Turn turn, double now)
    {
        bool isBelow = _state == State.Learned && turn.SentAt - _cycle.Begun < CycleLength(now);
        if (!isBelow || !(_cycle.IsSure || _share.IsYielding))
        {
            return false;
        }

        bool isSoon = now - _cycle.Begun < (2 * RoundTrip) + (80 / _cycle.Rate);
        if (_share.ThrottledBelow(_count.Share, isSoon, now) is not { } factor)
        {
            return false;
        }

        _cycle.Begin(_cycle.Rate * factor, now);
        Mark(now);
        return true;
    }

    private void Cut(Turn turn, double now, double? hint)
    {
        if (IsNothingAdmitted)
        {
            _state = State.Blocked;
            _blockedSince = now;
            _windowHeld = _lastAdmitted - _openFrom;
            _ceiling = WallShare * _windowHeld / RoundTrip;
            _next = now + Math.Max(RoundTrip, hint ?? 0);
            Mark(now);
            return;
        }

        double rate = Math.Min(Rate(now), Fastest);
        double since = turn.SentAt - Math.Max(3, 2 * _cycle.Length(rate, RoundTrip, _share.IsShared(now)));
        double? estimate = Estimate(IsSoonAfterCut(now) ? _cut : 0, since);
        if (_state == State.Free && estimate is null)
        {
            // What was admitted in the last second was saved up, or is what the server admits: somewhere there the search begins.
            _state = State.Searching;
            _isSearchOfNew = true;
            _burst = _sent.Since(Math.Min(now - 1, turn.SentAt)) - _count.Throttled;
            _search = Math.Max(SearchFrom, _burst);
            _next = now;
        }
        else
        {
            Learn(turn, now, rate, SteadyRate(turn, now, since), estimate);
        }

        Mark(now);
    }

    /// <summary>Begins a new cycle of the pace.</summary>
    /// <param name="turn">The refused request.</param>
    /// <param name="now">When.</param>
    /// <param name="rate">The pace up to now.</param>
    /// <param name="steady">What was admitted since the last cut, where that says that the limit is as it was.</param>
    /// <param name="estimate">What was admitted of late; null where too little is known.</param>
    private void Learn(Turn turn, double now, double rate, double? steady, double? estimate)
    {
        bool isSoon = IsSoonAfterCut(now);
        estimate = steady ?? estimate;
        double first = steady is not null && !IsDenserThanSaved(turn) ? 0 : ThinRate(turn, isSoon);
        double most = isSoon || _state != State.Learned ? rate : Math.Max(rate, _cycle.Rate);
        double guess = Math.Min((_count.Share > 0.6 ? 0.5 : 0.8) * rate, _count.First.Rate);
        double admitted = Math.Min(estimate ?? guess, most);

        // Too low, where more could have been saved up than the limiter saves, or nothing was sent for a hint's sake.
        bool wasWasted = _isSearchOfNew && _state == State.Searching && _burst < estimate * (turn.SentAt - _cutAt) / 2;
        bool isRough = wasWasted || (_isHeldSinceCut && estimate < rate / HeldShare);
        bool isSure = !isRough && estimate is not null && (!isSoon || estimate <= most) && first <= admitted;
        _cycle.Begin(Math.Max(admitted, first), now, isSure, isRough || (estimate is null && first == 0), first > admitted);
        _state = State.Learned;
        _isSearchOfNew = false;
        _share.StopYielding();
        _next = Math.Max(_next, now);
    }

    private double? Estimate(long fromNumber, double since) => _admitted.Estimate(fromNumber, since) / (1 - _share.Usual);

    /// <summary>
    /// What was admitted between the last cut and a refusal above the rate that was seen to be admitted. Where that is the same rate, within
    /// a few percent, the limit has not changed, however fast the pace has become: it only took what had been saved up.
    /// </summary>
    /// <returns>The rate; null where the limit may be another.</returns>
    private double? SteadyRate(Turn turn, double now, double since)
    {
        if (!_cycle.IsSure || !IsProbing(turn, now) || _throttledBelow > MostBelow)
        {
            return null;
        }

        double? rate = Estimate(0, Math.Min(since, _cutAt - RoundTrip - 3 - (10 / _cycle.Rate)));
        bool isSame = rate > (1 - SameRate) * _cycle.Rate && rate < (1 + SameRate) * _cycle.Rate;
        return isSame ? Math.Max(rate!.Value, ((1.2 * _cycle.Rate) + (0.8 * rate.Value)) / 2) : null;
    }

    /// <summary>
    /// A limiter that saves nothing up refuses every other request as soon as the pace is too high, so what was admitted since says nothing;
    /// the pace at the first refusal does.
    /// </summary>
    /// <returns>The rate of such a limiter; 0 where this is none.</returns>
    private double ThinRate(Turn turn, bool isSoon)
    {
        bool isDense = _count.Throttled >= Several && turn.Number - _count.First.Number <= 2.2 * (_count.Throttled - 1);
        bool isThin = isDense && !isSoon && _count.First.Rate < Fastest && (_state != State.Searching || _burst <= 2);

        // Throttled at once after a cut, the pace was too high from its beginning: the limit is somewhere between half of it and all of it.
        bool wasTooHigh = _state == State.Learned && _count.First.Number - _cut < 6;
        return isThin ? (wasTooHigh ? 0.74 : 0.93) * _count.First.Rate : 0;
    }

    /// <summary>Whether more were refused than a limiter that has used up what it saved refuses at this pace.</summary>
    private bool IsDenserThanSaved(Turn turn)
    {
        double refused = (_count.Throttled - 1.0) / (turn.Number - _count.First.Number);
        return refused >= (0.4 + 1 - (_cycle.Rate / turn.Rate)) / 2;
    }

    /// <summary>The server admits again, after it admitted nothing.</summary>
    private void Unblock(double now)
    {
        bool isShort = now - _blockedSince < ShortBlock + (2 * RoundTrip);
        _state = State.Searching;
        _search = isShort ? Math.Max(SearchFrom, _cycle.Rate / 2) : SearchFrom;
        _ceiling = isShort ? double.PositiveInfinity : _ceiling;
        _openFrom = _numbers;
        _next = now;
        Mark(now);
    }

    /// <summary>From the next request on, refusals are counted anew: what was sent before was refused by the same cause.</summary>
    private void Mark(double now)
    {
        _isBeforeProbe = _state == State.Learned;
        _cut = _numbers;
        _cutAt = now;
        _isHeldSinceCut = false;
        _count.Restart(_numbers);
    }

    /// <summary>Whether it was sent at a pace above the rate of the cycle.</summary>
    private bool IsProbing(Turn turn, double now) => _state == State.Learned && turn.SentAt - _cycle.Begun > CycleLength(now);

    private bool IsSoonAfterCut(double now) =>
        now - _cutAt < (3 * RoundTrip) + (10 / Math.Min(Rate(now), Fastest));

    private double CycleLength(double now) => _cycle.Length(RoundTrip, _share.IsShared(now));

    private void Note(Turn turn, double now, bool isThrottled)
    {
        _roundTrip.Add(now - turn.SentAt, isThrottled);
        _count.Add(turn, isThrottled);
        if (_isBeforeProbe && turn.Number >= _cut && turn.SentAt - _cycle.Begun >= CycleLength(now))
        {
            if (_cycle.IsSure && _count.Requests > 30)
            {
                // As far as the pace was below the limit, what was refused has no cause in it.
                _share.NotThrottledBelow(_count.Share);
            }

            // What was refused then says nothing of the probe.
            _throttledBelow = _count.Share;
            _isBeforeProbe = false;
            _count.Restart();
        }

        _count.Shorten();
    }
}
