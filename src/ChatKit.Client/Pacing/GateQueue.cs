// A queue of the requests that wait at the gate: a linked list, so that any of them is removed in constant time.
namespace ChatKit.Http;

internal sealed class GateQueue
{
    private GateWaiter? _last;

    public GateWaiter? First { get; private set; }

    /// <summary>Adds a request at the end, but before those with a later deadline.</summary>
    public void Add(GateWaiter waiter)
    {
        // Search from both ends: a first throttling belongs near the end, a second one near the start.
        GateWaiter? previous = _last;
        GateWaiter? next = First;
        while (waiter.GivesUpAt < previous?.GivesUpAt)
        {
            previous = previous.Previous;
            if (waiter.GivesUpAt < next!.GivesUpAt)
            {
                previous = next.Previous;
                break;
            }

            next = next.Next;
        }

        waiter.Line = this;
        waiter.Previous = previous;
        waiter.Next = previous is null ? First : previous.Next;
        if (waiter.Previous is null)
        {
            First = waiter;
        }
        else
        {
            waiter.Previous.Next = waiter;
        }

        if (waiter.Next is null)
        {
            _last = waiter;
        }
        else
        {
            waiter.Next.Previous = waiter;
        }
    }

    public void Remove(GateWaiter waiter)
    {
        if (waiter.Previous is null)
        {
            First = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            _last = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.Line = null;
        waiter.Previous = null;
        waiter.Next = null;
    }
}
