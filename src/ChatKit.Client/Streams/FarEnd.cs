// Reads a list from its far end while PageStream reads it from its near end.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ChatKit.Streams;

/// <summary>
/// Buffers the elements from the far end of a list until the near end meets them. It is an optimization: if anything
/// fails here, the near end reads on alone.
/// </summary>
/// <param name="pages">The list, from the far end.</param>
/// <param name="slots">The request slots. It takes only those that nobody else needs.</param>
/// <param name="pagesBehind">How many pages the near end requests before the far end requests its first.</param>
/// <param name="beginsLater">
/// Whether the wanted elements may start far from the near end. Then the far end may find all of them.
/// </param>
internal sealed class FarEnd<T>(
    IAsyncEnumerable<StreamBatch<T>> pages, RequestSlots slots, int pagesBehind, bool beginsLater)
    where T : ChatKitObject, IListElement
{
    private const long MostKept = 64 << 20;

    private readonly object _lock = new();
    private readonly IAsyncEnumerator<StreamBatch<T>> _pages = pages.GetAsyncEnumerator();
    private readonly List<T> _kept = [];
    private readonly Dictionary<string, int> _places = [];
    private List<ChatKitExchange> _exchanges = [];
    private long _size;
    private int _allowed = -pagesBehind;
    private string? _nearest;
    private bool _isReading;
    private bool _isEnded;
    private bool _isWhole;

    /// <summary>Allows one more page, because the near end is about to request one.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            _allowed++;
            if (_isReading || !TryBegin())
            {
                return;
            }
        }

        _ = ReadAsync();
    }

    /// <summary>Stops and clears the buffer.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _kept.Clear();
            _places.Clear();
        }
    }

    /// <summary>Takes the attempts since the last call.</summary>
    public IReadOnlyList<ChatKitExchange> TakeExchanges()
    {
        lock (_lock)
        {
            List<ChatKitExchange> taken = _exchanges;
            _exchanges = [];
            return taken;
        }
    }

    /// <summary>
    /// Checks whether the ends have met: the last two elements of the near end must be neighbors here too. One alone
    /// proves nothing, because elements of the same second may come in another order from this end.
    /// </summary>
    /// <param name="previous">The id of the near end's second to last element.</param>
    /// <param name="last">The id of the near end's last element; null if there is none.</param>
    /// <returns>The rest of the list, in the order of the near end; null if the ends have not met.</returns>
    public List<T>? TryMeet(string? previous, string? last)
    {
        lock (_lock)
        {
            _nearest = last;
            int end = last is null && beginsLater && _isWhole ? _kept.Count : -1;
            if (last is not null && _places.TryGetValue(last, out int at))
            {
                if (at + 1 < _kept.Count && _kept[at + 1].Id == previous)
                {
                    end = at;
                }
                else if (previous is not null && _places.TryGetValue(previous, out int before) && before < at)
                {
                    // This is not the same list in reverse order.
                    End();
                }
            }

            if (end < 0)
            {
                return null;
            }

            List<T> rest = _kept.GetRange(0, end);
            rest.Reverse();
            End();
            return rest;
        }
    }

    private bool TryBegin()
    {
        // Past the near end there is nothing to find, and the cursor may be of a thread that the reader has deleted.
        bool isPast = _nearest is not null && _places.ContainsKey(_nearest);
        _isReading = !_isEnded && !isPast && _allowed > 0 && _size < MostKept && slots.TryTake();
        _allowed -= _isReading ? 1 : 0;
        return _isReading;
    }

    private async Task ReadAsync()
    {
        bool goesOn;
        do
        {
            bool isThere = await _pages.MoveNextAsync().ConfigureAwait(false);
            slots.Return();
            slots.Fill();
            lock (_lock)
            {
                Keep(isThere ? _pages.Current : new([]) { IsLast = true });
                goesOn = TryBegin();
            }
        }
        while (goesOn);
    }

    private void Keep(StreamBatch<T> batch)
    {
        _exchanges.AddRange(batch.Exchanges);
        _size += batch.Size;
        _isWhole = batch.IsLast && batch.Failure is null;
        bool isOrdered = true;
        foreach (T element in _isEnded ? [] : batch.Elements)
        {
            isOrdered &= !_places.ContainsKey(element.Id);
            _places[element.Id] = _kept.Count;
            _kept.Add(element);
        }

        // An element that cannot be read is left to the near end, which reports it.
        if (!isOrdered || batch.Unreadable.Count > 0)
        {
            End();
        }

        _isEnded |= batch.IsLast;
    }
}
