// Reads a list of threads that may be deleted as they are yielded, from both ends if that is faster.
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Streams;

internal static class ThreadStream
{
    // A caller that takes only the first few threads causes no request from the far end.
    private const int PagesBehind = 2;

    /// <summary>
    /// Reads a list. Each step sends one request, and a second one if a slot is free. The order is that of the near
    /// end; the far end only saves time. The last thread of a page is yielded once the next page has come, because that
    /// page starts after it.
    /// </summary>
    /// <param name="fetch">Sends the request for a page.</param>
    /// <param name="range">The wanted part of the list.</param>
    /// <param name="slots">The request slots, for the far end. The caller of a step holds one already.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    public static async IAsyncEnumerable<StreamBatch<T>> ReadAsync<T>(
        PageFetch<T> fetch,
        ListRange range,
        RequestSlots slots,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : ChatKitObject, IListElement
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        FarEnd<T>? far = range.HasFarEnd
            ? new(
                PageStream.ReadAsync(fetch, range.FromFarEnd(), ending.Token),
                slots,
                range.BeginsLater ? 0 : PagesBehind,
                range.BeginsLater)
            : null;
        try
        {
            T? previous = null;
            T? last = null;
            T? held = null;
            far?.Advance();
            await foreach (StreamBatch<T> batch in PageStream.ReadAsync(
                fetch, range, cancellationToken).ConfigureAwait(false))
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

                if (isLast)
                {
                    // The caller may delete these threads, and the far end's next page starts after one of them.
                    ending.Cancel();
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
