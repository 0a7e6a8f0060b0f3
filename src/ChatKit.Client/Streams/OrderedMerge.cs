// Reads several streams concurrently and yields their batches in the order of the input.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Streams;

/// <summary>
/// A queue of streams. The batches of the first stream, the head, are taken first. A free slot goes to the first stream
/// that may use it, so the head never waits for the others. The head prefetches one page, the others as many as memory
/// allows. If a stream fails because the connection is lost, streams that have not started fail in the same way without
/// a request. This class is thread-safe.
/// </summary>
internal sealed class OrderedMerge<TInput, T>
{
    /// <summary>The approximate number of bytes to buffer. Beyond it, only the head sends requests.</summary>
    public const long MostAhead = 16 << 20;

    /// <summary>The approximate number of bytes to buffer for one stream.</summary>
    public const long MostAheadOfOne = 4 << 20;

    // How many more streams than slots may be open once requests are throttled.
    private const int MostStreamsAhead = 512;

    // The memory of a batch without its elements, in bytes.
    private const int BatchSize = 1 << 10;

    private readonly object _lock = new();
    private readonly Queue<Entry> _open = new();

    // The streams that have not ended, so that a free slot need not search the whole queue.
    private readonly List<Entry> _unended = [];
    private readonly RequestSlots _slots;
    private readonly CancellationToken _cancellationToken;
    private readonly Clock _clock;
    private TaskCompletionSource<bool>? _ready;
    private int _ahead;
    private long _size;
    private int _pagesOfHead;
    private bool _isAwaited;
    private Exception? _lost;

    /// <summary>Creates a merge.</summary>
    /// <param name="slots">The request slots. Each step of a stream sends one request and takes a slot.</param>
    /// <param name="ahead">
    /// How many more streams than slots may be open, so that a slow head leaves no slot idle. Each further page of the
    /// head admits as many more as there are slots.
    /// </param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <param name="clock">Queues continuations; null for the system clock.</param>
    public OrderedMerge(RequestSlots slots, int ahead, CancellationToken cancellationToken, Clock? clock = null)
    {
        (_slots, _ahead, _cancellationToken, _clock) = (slots, ahead, cancellationToken, clock ?? Clock.System);
        slots.Attach(TryStart);
    }

    /// <summary>Whether another stream may be added now.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0 || (_size < MostAhead &&
                    _open.Count < _slots.Limit + _ahead + (_slots.Limit * Math.Max(0, _pagesOfHead - 1)));
            }
        }
    }

    /// <summary>Whether all batches have been taken.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0;
            }
        }
    }

    /// <summary>
    /// Admits more streams from now on: if requests are throttled, the head may wait for seconds, and the others need
    /// not. A merge that was created with none ahead is not widened.
    /// </summary>
    /// <returns>Whether it admits more than before.</returns>
    public bool TryWiden()
    {
        lock (_lock)
        {
            bool isWider = _ahead is > 0 and < MostStreamsAhead;
            _ahead = isWider ? MostStreamsAhead : _ahead;
            return isWider;
        }
    }

    /// <summary>Adds a stream.</summary>
    /// <param name="input">The input, returned with each batch of the stream.</param>
    /// <param name="stream">The stream. Each step sends one request.</param>
    public void Add(TInput input, IAsyncEnumerable<StreamBatch<T>> stream)
    {
        lock (_lock)
        {
            Entry entry = new(input, stream.GetAsyncEnumerator(_cancellationToken));
            _open.Enqueue(entry);
            _unended.Add(entry);
        }

        _slots.Fill();
    }

    /// <summary>Takes the next batch, if it has arrived.</summary>
    public bool TryTake(out TInput input, out StreamBatch<T> batch)
    {
        lock (_lock)
        {
            if (_open.Count == 0 || !IsReady())
            {
                (input, batch) = (default!, null!);
                return false;
            }

            Entry head = _open.Peek();
            bool hasCome = head.Batches.Count > 0;
            (input, batch) =
                (head.Input, hasCome ? head.Batches.Dequeue() : new([]) { Failure = _lost, IsLast = true });
            long size = hasCome ? batch.Size + BatchSize : 0;
            head.Size -= size;
            _size -= size;
            _pagesOfHead++;
            _isAwaited = false;
            if (batch.IsLast)
            {
                _open.Dequeue();
                _unended.Remove(head);
                _pagesOfHead = 0;
            }
        }

        _slots.Fill();
        return true;
    }

    /// <summary>Waits until a batch can be taken or the merge is empty.</summary>
    public Task<bool> ReadyAsync()
    {
        lock (_lock)
        {
            if (IsReady())
            {
                return Task.FromResult(true);
            }

            _ready ??= new();
            return _ready.Task;
        }
    }

    private bool IsReady() => _open.Count == 0 || _open.Peek().Batches.Count > 0 || IsLost(_open.Peek());

    /// <summary>Whether a stream will not be started because the connection is lost.</summary>
    private bool IsLost(Entry entry) => _lost is not null && !entry.IsBegun;

    /// <summary>
    /// Starts a step of the first stream that may take one. Returns false if there is none, or no free slot.
    /// </summary>
    private bool TryStart()
    {
        Entry? entry;
        lock (_lock)
        {
            entry = _unended.FirstOrDefault(MayStart);
            if (entry is null || !_slots.TryTake())
            {
                return false;
            }

            (entry.IsInFlight, entry.IsBegun) = (true, true);
        }

        Task<(bool IsThere, Exception? Failure)> step =
            StreamBatch<bool>.TryAsync(() => entry.Steps.MoveNextAsync().AsTask());
        if (step.IsCompleted)
        {
            Accept(entry, step.Result);
        }
        else
        {
            _ = FinishAsync(entry, step);
        }

        return true;
    }

    private bool MayStart(Entry entry) =>
        !entry.IsInFlight && !IsLost(entry) &&
        (entry == _open.Peek() ? entry.Batches.Count == (_isAwaited ? 1 : 0) : entry.Size < MostAheadOfOne &&
            _size < MostAhead);

    private async Task FinishAsync(Entry entry, Task<(bool IsThere, Exception? Failure)> step)
    {
        Accept(entry, await step.ConfigureAwait(false));
        _slots.Fill();
    }

    private void Accept(Entry entry, (bool IsThere, Exception? Failure) step)
    {
        StreamBatch<T> batch = step.IsThere ? entry.Steps.Current : new([]) { Failure = step.Failure, IsLast = true };
        if (step.IsThere && batch.IsLast)
        {
            // The stream is at its last step, so this does not block.
            _ = entry.Steps.DisposeAsync().AsTask();
        }

        _slots.Return();
        TaskCompletionSource<bool>? ready = null;
        lock (_lock)
        {
            entry.IsInFlight = false;
            _lost ??= batch.Failure is ChatKitApiException { IsOfConnection: true } ? batch.Failure : null;
            entry.Batches.Enqueue(batch);
            entry.Size += batch.Size + BatchSize;
            _size += batch.Size + BatchSize;
            if (batch.IsLast)
            {
                _unended.Remove(entry);
            }

            if (IsReady())
            {
                // The waiting caller will take it now, so the head may request its next page already.
                (ready, _ready) = (_ready, null);
                _isAwaited |= ready is not null;
            }
        }

        if (ready is not null)
        {
            _clock.Post(() => ready.SetResult(true));
        }
    }

    private sealed class Entry(TInput input, IAsyncEnumerator<StreamBatch<T>> steps)
    {
        public TInput Input { get; } = input;

        public IAsyncEnumerator<StreamBatch<T>> Steps { get; } = steps;

        public Queue<StreamBatch<T>> Batches { get; } = new();

        public long Size { get; set; }

        public bool IsInFlight { get; set; }

        /// <summary>Whether a request of the stream has been sent.</summary>
        public bool IsBegun { get; set; }
    }
}
