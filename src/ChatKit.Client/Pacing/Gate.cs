// The gate of a connection: every request of it passes here, so that a wait asked of one holds the others too, and the width follows what the server takes.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal sealed class Gate
{
    // No cmdlet has more under way; at the start the server has refused nothing.
    private const double Widest = 512;

    // How many times its width is to be answered before it widens by one: sooner, and the server refuses more; later, and it idles.
    private const double Patience = 4;

    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private double _width = Widest;
    private int _underWay;
    private long _narrowed;
    private long _opensAt;
    private bool _isTimerSet;
    private ChatKitWait? _wait;

    /// <summary>How many requests it lets through at a time.</summary>
    public double Width
    {
        get
        {
            lock (_lock)
            {
                return _width;
            }
        }
    }

    /// <summary>What is being waited for now; null where nothing is.</summary>
    public ChatKitWait? Waiting
    {
        get
        {
            lock (_lock)
            {
                return _wait is { } wait && wait.Left > TimeSpan.Zero ? wait : null;
            }
        }
    }

    /// <summary>Waits for a turn. Whoever has had one says so with <see cref="Leave"/>.</summary>
    /// <returns>The ticket: when the turn came.</returns>
    public async Task<long> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            if (_waiting.Count == 0 && IsOpen(now))
            {
                _underWay++;
                return now;
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(turn);
            LetIn();
        }

        using (cancellationToken.Register(() => GiveUp(turn, cancellationToken)))
        {
            await turn.Task.ConfigureAwait(false);
        }

        return Stopwatch.GetTimestamp();
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="ticket">When the turn began.</param>
    /// <param name="isRefused">Whether the server refused it for its rate, which narrows the gate; anything else widens it again.</param>
    public void Leave(long ticket, bool? isRefused)
    {
        lock (_lock)
        {
            // What was sent before the gate was narrowed was refused by the same cause, and narrows it no further.
            if (isRefused == true && ticket >= _narrowed)
            {
                _width = Math.Max(1, Math.Min(_width, _underWay) / 2);
                _narrowed = Stopwatch.GetTimestamp();
            }
            else if (isRefused == false)
            {
                _width = Math.Min(Widest, _width + (1 / (Patience * _width)));
            }

            _underWay--;
            LetIn();
        }
    }

    /// <summary>Notes a wait; one that was asked of the connection holds its other requests, too.</summary>
    public void Hold(TimeSpan length, string reason, bool holdsOthers)
    {
        lock (_lock)
        {
            ChatKitWait wait = new(length, reason);
            if (_wait is null || wait.Left > _wait.Left)
            {
                _wait = wait;
            }

            if (holdsOthers)
            {
                _opensAt = Math.Max(_opensAt, wait.EndsAt);
            }
        }
    }

    private bool IsOpen(long now) => _underWay < (int)_width && now >= _opensAt;

    private void LetIn()
    {
        // One look at the clock for all: between two, the hold may end, and nobody would be left to open the gate.
        long now = Stopwatch.GetTimestamp();
        while (_waiting.First is { } first && IsOpen(now))
        {
            _waiting.RemoveFirst();
            if (first.Value.TrySetResult(true))
            {
                _underWay++;
            }
        }

        // Where only time is waited for, time has to open the gate; otherwise whoever leaves does.
        if (_waiting.Count > 0 && now < _opensAt && !_isTimerSet)
        {
            _isTimerSet = true;
            _ = OpenLaterAsync(TimeSpan.FromSeconds((double)(_opensAt - now) / Stopwatch.Frequency));
        }
    }

    private async Task OpenLaterAsync(TimeSpan left)
    {
        // A timer may be early by a fraction; the second look then sets it again.
        await Task.Delay(left + TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        lock (_lock)
        {
            _isTimerSet = false;
            LetIn();
        }
    }

    private void GiveUp(TaskCompletionSource<bool> turn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _waiting.Remove(turn);
        }

        turn.TrySetCanceled(cancellationToken);
    }
}
