// A request that waits at the gate.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Completes with the turn; with null where it has waited for as long as it may.</summary>
/// <param name="givesUpAt">Until when it may wait; null for as long as it takes.</param>
internal sealed class GateWaiter(TimeSpan? givesUpAt) : TaskCompletionSource<Turn?>
{
    public TimeSpan? GivesUpAt { get; } = givesUpAt;

    public GateWaiter? Previous { get; set; }

    public GateWaiter? Next { get; set; }

    public GateQueue? Line { get; set; }

    public Turn? Turn { get; set; }

    public CancellationTokenRegistration Registration { get; set; }

    public void Go()
    {
        Registration.Dispose();
        TrySetResult(Turn);
    }
}
