// Many requests at a time, their results in the order of the input, memory for little more than are under way.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <summary>A queue of requests under way, whose head is the next to be written.</summary>
/// <param name="limit">How many are under way at a time.</param>
/// <param name="ahead">How many more may be done before their turn to be written, or wait to be sent: none of them waits for a slow one, or for who reads.</param>
/// <param name="send">Starts the request of an input.</param>
/// <param name="emit">Writes an outcome; called on the thread that adds.</param>
/// <param name="progress">Is looked after during waits.</param>
/// <param name="stopping">Ends the waits and the requests.</param>
#pragma warning disable CA1001 // The semaphore has no handle to give back, and a request that is being cancelled may still give its turn back.
internal sealed class OrderedWindow<TInput, TResult>(
#pragma warning restore CA1001
    int limit,
    int ahead,
    Func<TInput, IProgress<ChatKitExchange>, CancellationToken, Task<TResult>> send,
    Action<Outcome<TInput, TResult>> emit,
    WorkProgress progress,
    CancellationToken stopping)
{
    private readonly SemaphoreSlim _turns = new(limit);
    private readonly Queue<Task<Outcome<TInput, TResult>>> _underWay = new();

    /// <summary>Starts the request of an input, once there is room; writes what is ready.</summary>
    public void Add(TInput input)
    {
        while (_underWay.Count >= limit + ahead)
        {
            EmitHead();
        }

        _underWay.Enqueue(Outcome<TInput, TResult>.OfAsync(input, SendInTurnAsync, stopping));
        EmitReady();
    }

    /// <summary>Writes what is ready, without waiting.</summary>
    public void EmitReady()
    {
        while (_underWay.Count > 0 && _underWay.Peek().IsCompleted)
        {
            EmitHead();
        }
    }

    /// <summary>Waits for everything under way, and writes it.</summary>
    public void Finish()
    {
        Drain();
        progress.Complete();
    }

    /// <summary>Waits for everything in flight and writes it; more may come.</summary>
    public void Drain()
    {
        while (_underWay.Count > 0)
        {
            EmitHead();
        }
    }

    private async Task<TResult> SendInTurnAsync(TInput input, IProgress<ChatKitExchange> exchanges, CancellationToken token)
    {
        await _turns.WaitAsync(token).ConfigureAwait(false);
        try
        {
            return await send(input, exchanges, token).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    private void EmitHead()
    {
        Outcome<TInput, TResult> head = progress.WaitFor(_underWay.Peek(), stopping);
        _underWay.Dequeue();
        if (!stopping.IsCancellationRequested)
        {
            emit(head);
        }
    }
}
