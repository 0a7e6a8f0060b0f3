// Decides when the next request may be sent: at once, until throttling shows that the server limits the rate.
using System;

namespace ChatKit.Http;

/// <summary>
/// Learns the rate limit from the responses. Like BBR, it paces at the highest rate that was admitted recently, so that
/// random throttling does not slow it down (<see cref="AdmittedRate"/>). Like the adaptive mode of the AWS SDKs, it
/// uses CUBIC's curve over a rate instead of a window, so that latency does not matter (<see cref="PaceCycle"/>). It
/// does not limit concurrency as Netflix's concurrency-limits does: that detects an overloaded server by its latency,
/// but a server that throttles responds at once. It is not thread-safe and has no clock; the gate has a lock and a
/// clock. Times are in seconds.
/// </summary>
internal sealed class Pace
{
    /// <summary>The highest pace, in requests/s. Above it, requests are sent at once.</summary>
    public const double Fastest = 20_000;

    private const double Slack = 0.016;      // Seconds that a timer may be late.
    private const int Nothing = 8;           // So many consecutive throttled requests are a block.
    private const double FewInFlight = 0.1;  // Of the consecutive throttled requests.
    private const double MostBelow = 0.05;   // If more is throttled below the rate, the limit is not the only cause.
    private const double HeldShare = 20;     // An estimate this far below the pace may be low because of a hint.
    private const double UsualAtFirst = 0.1; // The usual share to assume at first...
    private const int Enough = 100;          // ...for so many requests.
    private const double Pause = 0.5;        // Seconds without a request that count as idle...
    private const double Lingers = 10;       // ...after which the pace is not shown...
    private const double Forgotten = 300;    // ...and after which it is forgotten.

    private readonly AdmittedRate _admitted = new();
    private readonly ThrottleCount _count = new();
    private readonly RecentRequests _sent = new();
    private readonly PaceCycle _cycle = new();
    private readonly LimitShare _share = new();
    private readonly RoundTripTime _roundTrip = new();
    private readonly PaceSearch _search = new();
    private readonly PaceBlock _block = new();
    private readonly RateEvidence _evidence;
    private State _state;
    private double _next = double.NegativeInfinity;
    private double _heldUntil;
    private long _numbers;
    private long _cut;
    private double _cutAt = double.NegativeInfinity;
    private bool _isBeforeProbe;
    private bool _isHeldSinceCut;
    private double _throttledBelow;
    private long _lastAdmitted = -1;
    private double _sentAt = double.NegativeInfinity;
    private long _lastThrottled;
    private double _admittedAt = double.NegativeInfinity;

    public Pace() => _evidence = new(_admitted, _count, _cycle, _share);

    private enum State { Free, Searching, Learned, Blocked }

    /// <summary>Whether requests are sent at a pace.</summary>
    public bool IsPaced => _state is State.Searching or State.Learned;

    /// <summary>Whether the server admits no requests at present.</summary>
    public bool IsBlocked => _state == State.Blocked;

    /// <summary>Whether a hint of the server holds all requests.</summary>
    public bool IsHeld(double now) => now < _heldUntil;

    /// <summary>Whether there was no request for so long that the pace is not worth showing.</summary>
    public bool IsIdle(double now) => now - Math.Max(NextAt, _sentAt) > Lingers;

    /// <summary>The round-trip time of a throttling response.</summary>
    public double RoundTrip => _roundTrip.Seconds;

    /// <summary>How many of the last responses, at most 60, were throttled.</summary>
    public (int Throttled, int Of) Recent => _count.Recent;

    /// <summary>When the next request may be sent.</summary>
    public double NextAt => Math.Max(_next, _heldUntil);

    /// <summary>The pace, in requests/s; infinite if requests are not paced.</summary>
    public double Rate(double now) => _state switch
    {
        State.Learned => _cycle.At(now, CycleLength(now)),
        State.Searching => _search.Rate,
        _ => double.PositiveInfinity,
    };

    /// <summary>Notes that a request is sent now.</summary>
    public Turn Sent(double now)
    {
        LeaveOutIdle(now);
        _sentAt = now;
        _sent.Add(now);
        double rate = Rate(now);
        if (_state == State.Blocked)
        {
            // One probe at a time: the next is sent after its response.
            _next = now + PaceBlock.MaximumProbeDelay;
        }
        else if (rate > Fastest)
        {
            _state = State.Free;
            _next = double.NegativeInfinity;
        }
        else
        {
            // No faster while requests come slower than the pace, or after a hint held all until the server admits
            // again.
            bool isAsked = now - _next < Math.Max(Slack, 1 / rate);
            if (_state == State.Searching && isAsked && (!_isHeldSinceCut || _lastAdmitted >= _cut))
            {
                _search.SpeedUp(RoundTrip, _block.Ceiling(_numbers));
            }

            _next = Math.Max(_next, now - Slack) + (1 / rate);
        }

        return new Turn(_numbers++, now, rate);
    }

    /// <summary>Notes that a request was admitted, whatever its status.</summary>
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

    /// <summary>Notes that a request was throttled.</summary>
    /// <param name="turn">The request's turn.</param>
    /// <param name="now">The time of the response.</param>
    /// <param name="hint">How long the server asks to wait; null if it does not.</param>
    public void Throttled(Turn turn, double now, double? hint)
    {
        Note(turn, now, isThrottled: true);
        _lastThrottled = Math.Max(_lastThrottled, turn.Number);
        if (hint is { } asked && SeemsToAdmitNothing(turn))
        {
            // The hint applies to all requests.
            _heldUntil = now + asked;
            _isHeldSinceCut = true;
        }

        _admitted.Throttled(turn.Number, turn.SentAt, Math.Max(RoundTrip / 4, 0.02));
        if (turn.Number < _cut)
        {
            if (_search.IsInitial && _state == State.Searching)
            {
                _search.NoteSmallerBurst();
            }
        }
        else if (_state == State.Blocked)
        {
            _next = now + Math.Max(_block.ProbeDelay(now, RoundTrip), hint ?? 0);
        }
        else if (IsNothingAdmitted || (IsTooMany(turn, now) && !YieldTo(turn, now)))
        {
            Cut(turn, now, hint);
        }
    }

    /// <summary>Whether the server has admitted nothing for a while, as far as can be seen.</summary>
    private bool SeemsToAdmitNothing(Turn turn)
    {
        if (turn.SentAt <= _admittedAt + RoundTrip || (_count.InARow < Nothing && _admittedAt >= 0))
        {
            return false;
        }

        // Throttling responses often return before those of requests that were sent earlier and admitted. At a known
        // rate they show only that the pace is too high, and otherwise nothing while many earlier requests are in
        // flight.
        long inFlight = turn.Number - _lastAdmitted - _count.InARow;
        return _state != State.Learned && (_state != State.Free || inFlight <= FewInFlight * _count.InARow);
    }

    private bool IsNothingAdmitted =>
        _state != State.Free && _count.InARow >= Nothing && _evidence.IsEnough &&
            _count.Throttled == _count.Requests;

    /// <summary>
    /// Excludes idle time from the cycle. Otherwise requests that wait for the same hint would all be sent at once.
    /// </summary>
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

    /// <summary>
    /// Whether no cut is needed because the cause may not be the pace, and the connection has yielded.
    /// </summary>
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
            _block.Begin(now, _lastAdmitted, RoundTrip);
            _next = now + Math.Max(RoundTrip, hint ?? 0);
            Mark(now);
            return;
        }

        double rate = Math.Min(Rate(now), Fastest);
        double since = turn.SentAt - Math.Max(3, 2 * _cycle.Length(rate, RoundTrip, _share.IsShared(now)));
        double? estimate = _evidence.Admitted(IsSoonAfterCut(now) ? _cut : 0, since);
        if (_state == State.Free && estimate is null)
        {
            // What was admitted in the last second was the limiter's burst or its rate. Start the search there.
            _state = State.Searching;
            _search.BeginAtBurst(_sent.Since(Math.Min(now - 1, turn.SentAt)) - _count.Throttled);
            _next = now;
        }
        else
        {
            Learn(turn, now, rate, SteadyRate(turn, now, since), estimate);
        }

        Mark(now);
    }

    /// <summary>Begins a new cycle.</summary>
    /// <param name="turn">The throttled request.</param>
    /// <param name="now">The time.</param>
    /// <param name="rate">The pace before the cut.</param>
    /// <param name="steady">The admitted rate if it shows that the limit is unchanged; otherwise null.</param>
    /// <param name="estimate">The rate admitted recently; null if there is too little data.</param>
    private void Learn(Turn turn, double now, double rate, double? steady, double? estimate)
    {
        bool isSoon = IsSoonAfterCut(now);
        estimate = steady ?? estimate;
        double first = steady is not null && !_evidence.IsDenserThanBurst(turn) ? 0 : RateWithoutBurst(turn, isSoon);
        double most = isSoon || _state != State.Learned ? rate : Math.Max(rate, _cycle.Rate);
        double guess = Math.Min((_count.Share > 0.6 ? 0.5 : 0.8) * rate, _count.First.Rate);
        double admitted = Math.Min(estimate ?? guess, most);

        // The estimate is too low if the limiter refilled more than it can store, or if a hint stopped the sending.
        bool wasWasted = _search.IsInitial && _state == State.Searching &&
            _search.Burst < estimate * (turn.SentAt - _cutAt) / 2;
        bool isRough = wasWasted || (_isHeldSinceCut && estimate < rate / HeldShare);
        bool isSure = !isRough && estimate is not null && (!isSoon || estimate <= most) && first <= admitted;
        bool isGuess = isRough || (estimate is null && first == 0);
        _cycle.Begin(Math.Max(admitted, first), now, isSure, isGuess, isThin: first > admitted);
        _state = State.Learned;
        _search.End();
        _share.StopYielding();
        _next = Math.Max(_next, now);
    }

    private double? SteadyRate(Turn turn, double now, double since) =>
        _cycle.IsSure && IsProbing(turn, now) && !(_throttledBelow > MostBelow)
            ? _evidence.Steady(Math.Min(since, _cutAt - RoundTrip - 3 - (10 / _cycle.Rate)))
            : null;

    private double RateWithoutBurst(Turn turn, bool isSoon)
    {
        bool mayBe = !isSoon && (_state != State.Searching || _search.Burst <= 2);
        bool wasTooHigh = _state == State.Learned && _count.First.Number - _cut < 6;
        return mayBe ? _evidence.WithoutBurst(turn, wasTooHigh) : 0;
    }

    /// <summary>Ends the block: the server admits again.</summary>
    private void Unblock(double now)
    {
        bool isShort = _block.End(now, RoundTrip, _numbers);
        _search.BeginAt(isShort ? _cycle.Rate / 2 : 0);
        _state = State.Searching;
        _next = now;
        Mark(now);
    }

    /// <summary>
    /// Restarts the count at the next request. Requests sent before were throttled for the same cause.
    /// </summary>
    private void Mark(double now)
    {
        _isBeforeProbe = _state == State.Learned;
        _cut = _numbers;
        _cutAt = now;
        _isHeldSinceCut = false;
        _count.Restart(_numbers);
    }

    /// <summary>Whether a request was sent at a pace above the rate of the cycle.</summary>
    private bool IsProbing(Turn turn, double now) =>
        _state == State.Learned && turn.SentAt - _cycle.Begun > CycleLength(now);

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
                // While the pace was below the limit, it was not the cause of the throttling.
                _share.NotThrottledBelow(_count.Share);
            }

            // The throttling below the rate says nothing about the probe.
            _throttledBelow = _count.Share;
            _isBeforeProbe = false;
            _count.Restart();
        }

        _count.Shorten();
    }
}
