// A list of threads, of which any may be deleted as soon as it has been given; read from both of its ends where that is faster.
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Streams;

internal static class ThreadStream
{
    // Whoever takes the first few does not pay for the other end.
    private const int PagesBehind = 2;

    /// <summary>
    /// Reads a list; each step sends one request, and a second one where a slot is free. The near end is the truth, and its order is what is given;
    /// the far end only spares requests. The last thread of a page is given once the next page is there, which begins after it.
    /// </summary>
    /// <param name="fetch">Sends the request for a page.</param>
    /// <param name="range">What is wanted.</param>
    /// <param name="slots">What the far end takes its slots from; whoever takes a step has one.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public static async IAsyncEnumerable<StreamBatch<T>> ReadAsync<T>(
        PageFetch<T> fetch, ListRange range, RequestSlots slots, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : ChatKitObject, IListElement
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        FarEnd<T>? far = range.HasFarEnd
            ? new(PageStream.ReadAsync(fetch, range.FromFarEnd(), ending.Token), slots, range.BeginsLater ? 0 : PagesBehind, range.BeginsLater)
            : null;
        try
        {
            T? previous = null;
            T? last = null;
            T? held = null;
            far?.Advance();
            await foreach (StreamBatch<T> batch in PageStream.ReadAsync(fetch, range, cancellationToken).ConfigureAwait(false))
            {
                List<T> elements = held is null ? [] : [held];
                held = null;
                elements.AddRange(batch.Elements);
                foreach (T element in batch.Elements)
                {
                    (previous, last) = (last, element);
                }

                List<T>? rest = batch.IsLast ? null : far?.TryMeet(previous?.Id, last?.Id);
                bool isLast = batch.IsLast || rest is not null;
                if (rest is not null)
                {
                    rest = [.. rest.Take(range.First - batch.Given ?? int.MaxValue)];
                    elements.AddRange(rest);
                }
                else if (!isLast && batch.EndsAtCursor)
                {
                    held = last;
                    elements.RemoveAt(elements.Count - 1);
                }

                yield return new(elements)
                {
                    Exchanges = far is null ? batch.Exchanges : [.. batch.Exchanges, .. far.TakeExchanges()],
                    Unreadable = batch.Unreadable,
                    Failure = batch.Failure,
                    Cursor = batch.Cursor,
                    Given = batch.Given + (rest?.Count ?? 0),
                    IsLast = isLast,
                    Size = batch.Size + (rest?.Sum(PageStream.SizeOf) ?? 0),
                };
                if (isLast)
                {
                    yield break;
                }

                far?.Advance();
            }
        }
        finally
        {
            far?.End();
            ending.Cancel();
        }
    }
}
