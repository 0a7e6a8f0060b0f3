// Several streams at a time, what they bring written on the pipeline's thread in the order of the input.
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using ChatKit.Streams;

namespace ChatKit.PowerShell;

/// <summary>A merge of streams, as a cmdlet uses it.</summary>
/// <param name="limit">How many requests are in flight at a time.</param>
/// <param name="ahead">How many more streams may be open: none of them waits for a slow one, or for who reads.</param>
/// <param name="open">
/// Makes the stream of an input; each step of it sends one request, and the slots are what else it may take.
/// </param>
/// <param name="emit">
/// Writes what came, and makes the error of what failed; null where nothing did. Called on the thread that adds, as the
/// next two.
/// </param>
/// <param name="fail">Writes an error; is told whether the connection was found lost before it.</param>
/// <param name="lose">
/// Ends the command, since the connection is lost. It gets the input that failed first, its error, and how many before
/// it were done.
/// </param>
/// <param name="progress">Is looked after during waits.</param>
/// <param name="stopping">Ends the waits and the requests.</param>
internal sealed class OrderedOutput<TInput, T>(
    int limit,
    int ahead,
    Func<TInput, RequestSlots, IAsyncEnumerable<StreamBatch<T>>> open,
    Func<TInput, StreamBatch<T>, ErrorRecord?> emit,
    Action<ErrorRecord, bool> fail,
    Action<TInput, ErrorRecord, int> lose,
    WorkProgress progress,
    CancellationToken stopping)
{
    private readonly RequestSlots _slots = new(limit);
    private OrderedMerge<TInput, T>? _merge;
    private (TInput Input, ErrorRecord Error)? _lost;
    private int _done;

    private OrderedMerge<TInput, T> Merge => _merge ??= new(_slots, ahead, stopping);

    /// <summary>Opens the stream of an input, once there is room; writes what is ready.</summary>
    public void Add(TInput input)
    {
        while (!Merge.HasRoom)
        {
            EmitNext(() => progress.IsThrottled && Merge.TryWiden());
        }

        Merge.Add(input, open(input, _slots));
        EmitReady();
    }

    /// <summary>Writes what is ready, without waiting.</summary>
    public void EmitReady()
    {
        while (Merge.TryTake(out TInput input, out StreamBatch<T> batch))
        {
            Emit(input, batch);
        }
    }

    /// <summary>Waits for everything in flight and writes it; more may come.</summary>
    public void Drain()
    {
        while (!Merge.IsEmpty)
        {
            EmitNext();
        }
    }

    /// <summary>Waits for everything in flight, and writes it.</summary>
    public void Finish()
    {
        Drain();
        progress.Complete();
    }

    private void EmitNext(Func<bool>? isEnough = null)
    {
        progress.Wait(Merge.ReadyAsync(), stopping, isEnough);
        if (Merge.TryTake(out TInput input, out StreamBatch<T> batch))
        {
            Emit(input, batch);
        }
    }

    // What is cancelled may be ready at once. To go through it would look like the end of the work.
    private void Emit(TInput input, StreamBatch<T> batch)
    {
        if (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        ErrorRecord? error = emit(input, batch);
        bool isLost = batch.Failure is ChatKitApiException { IsOfConnection: true };
        if (error is not null && !isLost)
        {
            fail(error, _lost is not null);
        }

        _done += batch.IsLast && !isLost ? 1 : 0;
        if (error is not null && isLost && _lost is null)
        {
            // What is in flight ends first; it is written, too.
            _lost = (input, error);
            Drain();
            lose(input, error, _done);
        }
    }
}
