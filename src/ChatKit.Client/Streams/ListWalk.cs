// A whole list, element by element.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

internal static class ListWalk
{
    private const int LargestPage = 100;

    /// <summary>Gives a list's elements. Before the last one of a page it asks for the next page, so that whoever takes an element may delete it.</summary>
    /// <param name="fetch">Fetches a page.</param>
    /// <param name="options">What to list, and how many a page has; 100 where that is null.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ChatKitApiException">A page could not be fetched, or the list does not advance.</exception>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        Func<ChatKitListOptions, CancellationToken, Task<ChatKitPage<T>>> fetch, ChatKitListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ChatKitObject
    {
        ListCursors cursors = new(options.After);
        Task<ChatKitPage<T>> next = fetch(From(options, options.After), cancellationToken);
        bool isLast;
        do
        {
            ChatKitPage<T> page = await next.ConfigureAwait(false);
            isLast = !page.HasMore;
            if (!isLast)
            {
                cursors.Advance(page.LastId);
            }

            for (int i = 0; i < page.Data.Count - 1; i++)
            {
                yield return page.Data[i];
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!isLast)
            {
                // That it fails is said once the rest of this page has been given.
                next = fetch(From(options, page.LastId), cancellationToken);
                await Task.WhenAny(next).ConfigureAwait(false);
            }

            if (page.Data.Count > 0)
            {
                yield return page.Data[page.Data.Count - 1];
            }
        }
        while (!isLast);
    }

    private static ChatKitListOptions From(ChatKitListOptions options, string? cursor) =>
        new() { Limit = options.Limit ?? LargestPage, Order = options.Order, After = cursor, Before = options.Before, User = options.User };
}
