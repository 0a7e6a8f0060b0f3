// A list read from its other end, ahead of where it is written.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ChatKit.Streams;

/// <summary>
/// Keeps what it finds from the far end of a list until the near end comes to it. It only ever helps: whatever goes wrong here is kept quiet, and
/// the near end goes on alone.
/// </summary>
/// <param name="pages">The list, from the far end.</param>
/// <param name="slots">It takes slots that nobody else has use for.</param>
/// <param name="pagesBehind">How many pages the near end is asked for before the first of these.</param>
/// <param name="beginsLater">Whether what is wanted may begin far from the near end: then, if nothing wanted came from there, all of it is here.</param>
internal sealed class FarEnd<T>(IAsyncEnumerable<StreamBatch<T>> pages, RequestSlots slots, int pagesBehind, bool beginsLater)
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
    private bool _isReading;
    private bool _isEnded;
    private bool _isWhole;

    /// <summary>Allows one more page: the near end is about to ask for one.</summary>
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

    /// <summary>Ends it, and forgets what was kept.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _kept.Clear();
            _places.Clear();
        }
    }

    /// <summary>Takes the attempts since the last time.</summary>
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
    /// Looks whether the ends have met: whether the last two elements of the near end are neighbors here, too. One alone proves nothing, since
    /// those of the same second may be sorted otherwise from this end.
    /// </summary>
    /// <param name="previous">The last element of the near end but one.</param>
    /// <param name="last">The last element of the near end; null where it has given none.</param>
    /// <returns>What comes after them, in the order of the near end; null where they have not met.</returns>
    public List<T>? TryMeet(string? previous, string? last)
    {
        lock (_lock)
        {
            int end = last is null && beginsLater && _isWhole ? _kept.Count : -1;
            if (last is not null && _places.TryGetValue(last, out int at))
            {
                if (at + 1 < _kept.Count && _kept[at + 1].Id == previous)
                {
                    end = at;
                }
                else if (previous is not null && _places.TryGetValue(previous, out int before) && before < at)
                {
                    // Not the same list in the other order.
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
        _isReading = !_isEnded && _allowed > 0 && _size < MostKept && slots.TryTake();
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

        // What cannot be read has no place here: the near end comes to it, and says so.
        if (!isOrdered || batch.Unreadable.Count > 0)
        {
            End();
        }

        _isEnded |= batch.IsLast;
    }
}
