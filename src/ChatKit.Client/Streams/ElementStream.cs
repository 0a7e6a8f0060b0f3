// Turns a stream of batches into the public form: single elements, and failures thrown.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace ChatKit.Streams;

internal static class ElementStream
{
    /// <summary>
    /// Yields the elements of a stream while the next page is fetched. A caller that stops early cancels that request.
    /// </summary>
    /// <param name="read">Creates the stream. It may have two requests in flight.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<RequestSlots, IAsyncEnumerable<StreamBatch<T>>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
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
