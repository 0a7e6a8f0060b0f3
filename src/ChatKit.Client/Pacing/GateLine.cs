// A line of waiting requests, from which each can be taken in the same short time.
namespace ChatKit.Http;

internal sealed class GateLine
{
    private GateWaiter? _last;

    public GateWaiter? First { get; private set; }

    public void Add(GateWaiter waiter)
    {
        waiter.Line = this;
        waiter.Previous = _last;
        if (_last is null)
        {
            First = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
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
