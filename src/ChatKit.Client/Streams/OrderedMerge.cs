// Several streams at a time, what they bring in the order of the input.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Streams;

/// <summary>
/// A queue of streams, of which the first one, the head, is being given. A free slot goes to the first stream that may use it, so the head waits for
/// none of the others. It is one page ahead of who takes; the others are ahead of it as far as memory allows. Once one fails because the connection is
/// lost, those that are not begun fail alike, and nothing is sent for them. Safe for use by several threads at once.
/// </summary>
internal sealed class OrderedMerge<TInput, T>
{
    /// <summary>How many bytes of memory what has come may take, about, before its turn: no stream behind the head asks for more from there on.</summary>
    public const long MostAhead = 16 << 20;

    /// <summary>How many of them may be of one stream.</summary>
    public const long MostAheadOfOne = 4 << 20;

    // How many streams more than there are slots may be open once requests are throttled.
    private const int MostStreamsAhead = 512;

    // What a batch takes beside its elements: its stream, and what its request left.
    private const int BatchSize = 1 << 10;

    private readonly object _lock = new();
    private readonly Queue<Entry> _open = new();

    // Those that have not ended, so that a free slot need not look at all that wait for the head.
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

    /// <summary>Makes a merge.</summary>
    /// <param name="slots">Each step of a stream sends one request, and takes a slot.</param>
    /// <param name="ahead">
    /// How many streams more than there are slots may be open, so that a slow head leaves none idle. Each further page of the head lets in as
    /// many again as there are slots.
    /// </param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <param name="clock">Wakes whoever waits; the system's unless given.</param>
    public OrderedMerge(RequestSlots slots, int ahead, CancellationToken cancellationToken, Clock? clock = null)
    {
        (_slots, _ahead, _cancellationToken, _clock) = (slots, ahead, cancellationToken, clock ?? Clock.System);
        slots.Attach(TryStart);
    }

    /// <summary>Whether another stream may be added.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0 || (_size < MostAhead && _open.Count < _slots.Limit + _ahead + (_slots.Limit * Math.Max(0, _pagesOfHead - 1)));
            }
        }
    }

    /// <summary>Whether everything that was added has been taken.</summary>
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
    /// Lets in more streams from now on: where requests are throttled, the head may wait for seconds, and the others need
    /// not. Where none may be ahead of the others, none ever may.
    /// </summary>
    /// <returns>Whether that lets in more than before.</returns>
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
    /// <param name="input">What it is of; given back with what it brings.</param>
    /// <param name="stream">The stream: each step sends one request.</param>
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

    /// <summary>Takes what came next, without waiting.</summary>
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
            (input, batch) = (head.Input, hasCome ? head.Batches.Dequeue() : new([]) { Failure = _lost, IsLast = true });
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

    /// <summary>Waits until there is something to take, or nothing to wait for.</summary>
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

    /// <summary>Whether a stream is not begun any more: the connection is lost, and it would fail as the other did.</summary>
    private bool IsLost(Entry entry) => _lost is not null && !entry.IsBegun;

    /// <summary>Takes a step of the first stream that may take one; gives false where none may, or no slot is free.</summary>
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

        Task<(bool IsThere, Exception? Failure)> step = StreamBatch<bool>.TryAsync(() => entry.Steps.MoveNextAsync().AsTask());
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
        (entry == _open.Peek() ? entry.Batches.Count == (_isAwaited ? 1 : 0) : entry.Size < MostAheadOfOne && _size < MostAhead);

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
            // It stands at its last step, and has nothing to wait for.
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
                // Whoever waits for it takes it now: the head's next page need not wait for that, nor its slot go to another.
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

        /// <summary>Whether a request of it has been sent.</summary>
        public bool IsBegun { get; set; }
    }
}
