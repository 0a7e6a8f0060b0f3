// A stream as who calls the library wants it: element by element, and a failure thrown.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace ChatKit.Streams;

internal static class ElementStream
{
    /// <summary>Gives the elements of a stream, whose next page is on its way meanwhile. Whoever stops early ends that request.</summary>
    /// <param name="read">Makes the stream, which has two requests in flight at most.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<RequestSlots, IAsyncEnumerable<StreamBatch<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RequestSlots slots = new(2);
        OrderedMerge<bool, T> merge = new(slots, 0, ending.Token);
        merge.Add(true, read(slots));
        try
        {
            while (!merge.IsEmpty)
            {
                await merge.ReadyAsync().ConfigureAwait(false);
                merge.TryTake(out _, out StreamBatch<T> batch);
                foreach (T element in batch.Elements)
                {
                    yield return element;
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (batch.Failure is not null)
                {
                    ExceptionDispatchInfo.Capture(batch.Failure).Throw();
                }
            }
        }
        finally
        {
            ending.Cancel();
        }
    }
}
