// A whole list, page by page; the next page is on its way while one is looked at.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Archive;

internal static class PageWalk
{
    private const int LargestPage = 100;

    /// <summary>Walks a list from its newest element.</summary>
    /// <param name="fetch">Fetches a page.</param>
    /// <param name="user">The user whose threads to list; null for all.</param>
    /// <param name="endsAt">After which the rest is not wanted; null where only the end of the list ends it.</param>
    /// <param name="take">Is given each page's elements.</param>
    /// <exception cref="ChatKitApiException">A page could not be fetched, or the list does not advance.</exception>
    public static async Task RunAsync<T>(Func<ChatKitListOptions, Task<ChatKitPage<T>>> fetch, string? user, Func<T, bool>? endsAt, Func<IReadOnlyList<T>, Task> take)
        where T : ChatKitObject
    {
        ListCursors cursors = new(null);
        string? cursor = null;
        bool isLast;
        Task<ChatKitPage<T>> next = fetch(Options());
        do
        {
            ChatKitPage<T> page = await next.ConfigureAwait(false);
            isLast = !page.HasMore || (endsAt is not null && page.Data.Any(endsAt));
            if (!isLast)
            {
                cursor = page.LastId;
                cursors.Advance(cursor);
                next = fetch(Options());
            }

            await take(page.Data).ConfigureAwait(false);
        }
        while (!isLast);

        ChatKitListOptions Options() => new() { Limit = LargestPage, Order = ChatKitOrder.Descending, After = cursor, User = user };
    }
}
