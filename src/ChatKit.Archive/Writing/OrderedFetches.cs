// Several fetches at a time, their results in the order of the input, memory for little more than are under way.
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Archive;

/// <summary>A queue of tasks between one that adds and one that takes.</summary>
/// <param name="limit">How many may be under way. Half as many more may be done and wait for one before them, so that a slow one holds up none.</param>
internal sealed class OrderedFetches<T>(int limit) : IDisposable
{
    // Never disposed: a fetch that is being cancelled may still give its turn back.
    private readonly SemaphoreSlim _lanes = new(limit);
    private readonly SemaphoreSlim _room = new(limit + (limit / 2));
    private readonly SemaphoreSlim _added = new(0);
    private readonly ConcurrentQueue<Task<T>?> _queue = new();

    /// <summary>Starts a fetch once there is room.</summary>
    public async Task AddAsync(Func<Task<T>> start, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _lanes.WaitAsync(cancellationToken).ConfigureAwait(false);
        Add(RunAsync(start));
    }

    /// <summary>Says that there will be no more.</summary>
    public void End() => Add(null);

    /// <summary>Takes every result in its turn, until there are no more.</summary>
    public async Task TakeAllAsync(Action<T> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _added.WaitAsync(cancellationToken).ConfigureAwait(false);
            _queue.TryDequeue(out Task<T>? head);
            if (head is null)
            {
                return;
            }

            take(await head.ConfigureAwait(false));
            _room.Release();
        }
    }

    public void Dispose()
    {
        _room.Dispose();
        _added.Dispose();
    }

    private async Task<T> RunAsync(Func<Task<T>> start)
    {
        try
        {
            return await start().ConfigureAwait(false);
        }
        finally
        {
            _lanes.Release();
        }
    }

    private void Add(Task<T>? fetch)
    {
        _queue.Enqueue(fetch);
        _added.Release();
    }
}
