// A request that waits at the gate: a node of a GateQueue.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Completes with the turn, or with null at the deadline.</summary>
/// <param name="givesUpAt">The deadline; null for none.</param>
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
