// A clock that a test runs by: where nothing is left to do, time goes on at once to the next moment that somebody waits
// for.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

/// <summary>
/// Everything runs on the thread that calls <see cref="Run{T}"/>, in an order that is always the same. What waits for
/// anything else than this clock, or goes to other threads, does not belong here.
/// </summary>
internal sealed class VirtualClock : Clock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Queue<Action> _posted = new();
    private readonly SortedDictionary<(TimeSpan Due, long Order), TaskCompletionSource<bool>> _timers = [];
    private TimeSpan _now;
    private long _order;

    public override TimeSpan Now => _now;

    public override DateTimeOffset UtcNow => Start + _now;

    public override Task DelayAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (length <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        // Whoever waits goes on within SetResult, on the thread that runs the clock.
        TaskCompletionSource<bool> timer = new();
        (TimeSpan, long) key = (_now + length, _order++);
        _timers.Add(key, timer);
        return cancellationToken.CanBeCanceled ? WaitAsync(timer, key, cancellationToken) : timer.Task;
    }

    public override void Post(Action work) => _posted.Enqueue(work);

    /// <summary>Does work to its end, however long that takes by this clock.</summary>
    /// <exception cref="InvalidOperationException">The work waits for something that will never come.</exception>
    public T Run<T>(Func<Task<T>> work)
    {
        // Elsewhere than in such a context, what goes on after an await does so on the thread that ended the wait.
        SynchronizationContext? outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> task = work();
            while (!task.IsCompleted)
            {
                Step();
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    public void Run(Func<Task> work) => Run(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    private void Step()
    {
        if (_posted.Count > 0)
        {
            _posted.Dequeue()();
        }
        else if (_timers.Count > 0)
        {
            var next = _timers.First();
            _timers.Remove(next.Key);
            _now = next.Key.Due;
            next.Value.SetResult(true);
        }
        else
        {
            throw new InvalidOperationException($"After {_now} everything waits for something that will never come.");
        }
    }

    private async Task WaitAsync(
        TaskCompletionSource<bool> timer, (TimeSpan, long) key, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() =>
        {
            _timers.Remove(key);
            timer.TrySetCanceled(cancellationToken);
        });
        await timer.Task.ConfigureAwait(false);
    }
}
