// The gate of a connection: every request of it passes here, at the pace that the server is seen to admit.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>
/// Gives turns in order, those that come back for another before those that are new. Entering, leaving and giving up take the same short
/// time however many wait.
/// </summary>
/// <param name="clock">What it waits by.</param>
internal sealed class RequestGate(Clock clock)
{
    // No cmdlet has more in flight.
    private const int Widest = 512;

    private readonly object _lock = new();
    private readonly GateQueue _new = new();
    private readonly GateQueue _returned = new();
    private readonly Pace _pace = new();
    private readonly UnavailableBurst _burst = new();
    private int _inFlight;
    private TimeSpan _timerAt = TimeSpan.MaxValue;
    private ChatKitWait? _wait;
    private bool _isWaitAbandoned;

    /// <summary>How long a refusal takes to come back.</summary>
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

    /// <summary>What is being waited for, or which pace is kept; null where neither.</summary>
    public ChatKitWait? Waiting
    {
        get
        {
            lock (_lock)
            {
                double now = clock.Now.TotalSeconds;
                ChatKitWait? wait = WaitAt(now);
                double rate = _pace.Rate(now);
                (int refused, int of) = _pace.Recent;
                bool isPaced = _pace.IsPaced && rate < Pace.Fastest && !_pace.IsIdle(now) && (refused > 0 || First is not null);
                return isPaced && !(wait is not null && _pace.IsHeld(now)) ? ChatKitWait.Paced(clock, rate, refused, of) : wait;
            }
        }
    }

    /// <summary>Whether the server admits nothing at present.</summary>
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

    /// <summary>Waits for a turn. Whoever has had one says so with <see cref="Leave(Turn)"/>.</summary>
    /// <param name="givesUpAt">When one that was throttled has waited for as long as it may; null for any other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn; null where the time was up before there was one.</returns>
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

    /// <summary>Ends a turn of which the server said nothing.</summary>
    public void Leave(Turn turn) => Leave(turn, _ => { });

    /// <summary>Ends a turn, and in the same step holds what the answer asks to be held.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="failure">How the attempt failed; null where it did not.</param>
    /// <param name="hint">How long the server asks to wait; null where it does not.</param>
    /// <param name="isFirstFailure">Whether it is the request's first.</param>
    /// <returns>Whether the server throttles.</returns>
    public bool Leave(Turn turn, ChatKitApiException? failure, TimeSpan? hint = null, bool isFirstFailure = false)
    {
        bool isThrottled = false;
        Leave(turn, now =>
        {
            isThrottled = failure is { IsThrottled: true } || (failure is { IsUnavailable: true } && _burst.IsSeen(now, isFirstFailure));
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

    /// <summary>Notes a wait of a request, to tell of it.</summary>
    public ChatKitWait Note(Retry retry, ChatKitApiException failure, TimeSpan begun)
    {
        lock (_lock)
        {
            string what = failure.StatusCode is { } status ? $"HTTP {status}" : $"{failure.Kind}";
            ChatKitWait wait = new(clock, begun, retry.Wait, $"{what}, {retry.Reason}");
            if (!(WaitAt(clock.Now.TotalSeconds)?.Left >= wait.Left))
            {
                _wait = wait;
                _isWaitAbandoned = false;
            }

            return wait;
        }
    }

    /// <summary>The request of a wait was cancelled: the wait is over, unless every other request is held for as long.</summary>
    public void Abandon(ChatKitWait wait)
    {
        lock (_lock)
        {
            _isWaitAbandoned |= wait == _wait;
        }
    }

    private GateWaiter? First => _returned.First ?? _new.First;

    private ChatKitWait? WaitAt(double now) =>
        _wait?.Left > TimeSpan.Zero && (!_isWaitAbandoned || _pace.IsHeld(now)) ? _wait : null;

    private bool IsOpen(TimeSpan now) => _inFlight < Widest && now >= OpensAt;

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

    /// <summary>Gives the turns that there are; to be released once the lock is.</summary>
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

    /// <summary>Where time alone is waited for, to open the gate or to give up, time has to see to it; otherwise whoever leaves does.</summary>
    private void SetTimer(TimeSpan now)
    {
        if (First is not { } waiter)
        {
            return;
        }

        TimeSpan at = _inFlight < Widest ? OpensAt : TimeSpan.MaxValue;
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
                // It has its turn, and ends that itself.
                return;
            }

            line.Remove(waiter);
        }

        waiter.TrySetCanceled(cancellationToken);
    }
}
