// The gate that every request of a connection passes, at the pace that the server admits.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>
/// Gives turns in order, to throttled requests first. Entering, leaving and giving up take constant time, however many
/// requests wait, except that a throttled request passes those with a later deadline one by one. The gate is
/// thread-safe.
/// </summary>
/// <param name="clock">Measures the waits.</param>
internal sealed class RequestGate(Clock clock)
{
    // The most requests in flight. No cmdlet has more.
    private const int MaximumInFlight = 512;

    private readonly object _lock = new();
    private readonly GateQueue _new = new();
    private readonly GateQueue _returned = new();
    private readonly Pace _pace = new();
    private readonly UnavailableBurst _burst = new();
    private readonly AnnouncedWait _wait = new();
    private int _inFlight;
    private TimeSpan _timerAt = TimeSpan.MaxValue;

    /// <summary>The round-trip time of a throttling response.</summary>
    public TimeSpan RoundTrip
    {
        get
        {
            lock (_lock)
            {
                return TimeSpan.FromTicks((long)(_pace.RoundTrip * TimeSpan.TicksPerSecond));
            }
        }
    }

    /// <summary>Why requests wait at present: a delay or a pace. Null if they do not.</summary>
    public ChatKitWait? Waiting
    {
        get
        {
            lock (_lock)
            {
                double now = clock.Now.TotalSeconds;
                ChatKitWait? wait = _wait.At(_pace.IsHeld(now));
                double rate = _pace.Rate(now);
                (int refused, int of) = _pace.Recent;
                bool isPaced =
                    _pace.IsPaced && rate < Pace.Fastest && !_pace.IsIdle(now) && (refused > 0 || First is not null);
                return isPaced && !(wait is not null && _pace.IsHeld(now))
                    ? ChatKitWait.Paced(clock, rate, refused, of)
                    : wait;
            }
        }
    }

    /// <summary>Whether the server admits no requests at present.</summary>
    internal bool IsBlocked
    {
        get
        {
            lock (_lock)
            {
                return _pace.IsBlocked;
            }
        }
    }

    /// <summary>Waits for a turn. Every turn must be ended by <see cref="Leave(Turn)"/> or its overload.</summary>
    /// <param name="givesUpAt">The deadline of a throttled request; null for any other.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The turn; null if the deadline came first.</returns>
    public Task<Turn?> EnterAsync(TimeSpan? givesUpAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Turn?>(cancellationToken);
        }

        GateWaiter waiter;
        lock (_lock)
        {
            TimeSpan now = clock.Now;
            GateQueue line = givesUpAt is null ? _new : _returned;
            if (line.First is null && _returned.First is null && IsOpen(now))
            {
                _inFlight++;
                return Task.FromResult<Turn?>(_pace.Sent(now.TotalSeconds));
            }

            if (givesUpAt <= now)
            {
                return Task.FromResult<Turn?>(null);
            }

            waiter = new GateWaiter(givesUpAt);
            line.Add(waiter);
            SetTimer(now);
        }

        if (cancellationToken.CanBeCanceled)
        {
            waiter.Registration = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
            if (waiter.Task.IsCompleted)
            {
                waiter.Registration.Dispose();
            }
        }

        return waiter.Task;
    }

    /// <summary>Ends a turn without a response.</summary>
    public void Leave(Turn turn) => Leave(turn, _ => { });

    /// <summary>Ends a turn and learns from the response in one step.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="failure">The failure; null if the attempt succeeded.</param>
    /// <param name="hint">How long the server asks to wait; null if it does not.</param>
    /// <param name="isFirstFailure">Whether it is the request's first failure.</param>
    /// <returns>Whether the attempt was throttled.</returns>
    public bool Leave(Turn turn, ChatKitApiException? failure, TimeSpan? hint = null, bool isFirstFailure = false)
    {
        bool isThrottled = false;
        Leave(turn, now =>
        {
            isThrottled = failure is { IsThrottled: true } || (failure is { IsUnavailable: true } &&
                _burst.IsSeen(now, isFirstFailure));
            if (isThrottled)
            {
                _pace.Throttled(turn, now.TotalSeconds, hint?.TotalSeconds);
            }
            else if (failure is null or { StatusCode: not null })
            {
                _pace.Admitted(turn, now.TotalSeconds);
            }
        });
        return isThrottled;
    }

    /// <summary>Notes the delay of a request, for <see cref="Waiting"/>.</summary>
    public ChatKitWait Note(Retry retry, ChatKitApiException failure, TimeSpan begun)
    {
        lock (_lock)
        {
            string what = failure.StatusCode is { } status ? $"HTTP {status}" : $"{failure.Kind}";
            ChatKitWait wait = new(clock, begun, retry.Wait, $"{what}, {retry.Reason}");
            _wait.Announce(wait, _pace.IsHeld(clock.Now.TotalSeconds));
            return wait;
        }
    }

    /// <summary>
    /// Notes that the request of a delay was cancelled. The delay ends unless a hint holds all requests.
    /// </summary>
    public void Abandon(ChatKitWait wait)
    {
        lock (_lock)
        {
            _wait.Abandon(wait);
        }
    }

    private GateWaiter? First => _returned.First ?? _new.First;

    private bool IsOpen(TimeSpan now) => _inFlight < MaximumInFlight && now >= OpensAt;

    private TimeSpan OpensAt => _pace.NextAt <= 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Ceiling(_pace.NextAt * TimeSpan.TicksPerSecond));

    private void Leave(Turn turn, Action<TimeSpan> learn)
    {
        GateWaiter? admitted;
        lock (_lock)
        {
            TimeSpan now = clock.Now;
            _inFlight--;
            learn(now);
            admitted = Admit(now);
        }

        Release(admitted);
    }

    /// <summary>Gives the turns that are available. The caller releases the waiters after the lock.</summary>
    private GateWaiter? Admit(TimeSpan now)
    {
        GateWaiter? first = null;
        GateWaiter? last = null;
        while (First is { } waiter)
        {
            bool isOpen = IsOpen(now);
            if (!isOpen && !(waiter.GivesUpAt <= now))
            {
                break;
            }

            waiter.Line!.Remove(waiter);
            if (isOpen)
            {
                _inFlight++;
                waiter.Turn = _pace.Sent(now.TotalSeconds);
            }

            first ??= waiter;
            if (last is not null)
            {
                last.Next = waiter;
            }

            last = waiter;
        }

        SetTimer(now);
        return first;
    }

    private void Release(GateWaiter? waiter)
    {
        while (waiter is not null)
        {
            GateWaiter? next = waiter.Next;
            waiter.Next = null;
            clock.Post(waiter.Go);
            waiter = next;
        }
    }

    /// <summary>
    /// Sets a timer for when the gate opens or a deadline ends. If the concurrency limit is reached, Leave opens the
    /// gate.
    /// </summary>
    private void SetTimer(TimeSpan now)
    {
        if (First is not { } waiter)
        {
            return;
        }

        TimeSpan at = _inFlight < MaximumInFlight ? OpensAt : TimeSpan.MaxValue;
        if (waiter.GivesUpAt is { } end && end < at)
        {
            at = end;
        }

        if (at < _timerAt && at > now)
        {
            _timerAt = at;
            _ = OpenAsync(at - now, at);
        }
    }

    private async Task OpenAsync(TimeSpan left, TimeSpan at)
    {
        await clock.DelayAsync(left, CancellationToken.None).ConfigureAwait(false);
        GateWaiter? admitted;
        lock (_lock)
        {
            if (_timerAt == at)
            {
                _timerAt = TimeSpan.MaxValue;
            }

            admitted = Admit(clock.Now);
        }

        Release(admitted);
    }

    private void GiveUp(GateWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.Line is not { } line)
            {
                // It already has a turn, which it will end itself.
                return;
            }

            line.Remove(waiter);
        }

        waiter.TrySetCanceled(cancellationToken);
    }
}
