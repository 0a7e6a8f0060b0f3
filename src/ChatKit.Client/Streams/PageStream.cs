// Reads a list page by page. The only place that knows about cursors.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using ChatKit.Json;

namespace ChatKit.Streams;

/// <param name="start">The id after which to start; null for the start of the list.</param>
internal sealed class PageStream(string? start)
{
    // A filter may leave a few pages empty. With more of them, the list is taken to be endless.
    private const int MostPagesWithoutNews = 5;

    private readonly HashSet<string?> _cursors = [null, start];
    private readonly HashSet<string> _firstIds = [];
    private readonly HashSet<string> _lastIds = [];
    private readonly HashSet<string> _unreadableIds = [];
    private int _withoutNews;

    /// <summary>
    /// Reads a list. Each step sends one request. A page whose cursor does not advance ends the list with a failure.
    /// </summary>
    /// <param name="fetch">Sends the request for a page.</param>
    /// <param name="range">The wanted part of the list.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    public static async IAsyncEnumerable<StreamBatch<T>> ReadAsync<T>(
        PageFetch<T> fetch, ListRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : ChatKitObject, IListElement
    {
        PageStream list = new(range.Start);
        string? cursor = range.Start;
        int given = 0;
        bool isLast = false;
        while (!isLast)
        {
            ExchangeRecorder exchanges = new();
            ChatKitListOptions options = range.PageAfter(cursor, given);
            (ChatKitPage<T>? page, Exception? failure) =
                await StreamBatch<ChatKitPage<T>>.TryAsync(
                    () => fetch(options, exchanges, cancellationToken)).ConfigureAwait(false);
            if (page is null)
            {
                yield return new([])
                {
                    Exchanges = exchanges,
                    Failure = failure,
                    Cursor = cursor,
                    Given = given,
                    IsLast = true,
                };
                yield break;
            }

            (List<T> wanted, bool isEnough) = range.Choose(page.Data, given);
            isLast = !page.HasMore || isEnough;
            bool hasNews = list.HasNews(page);
            string? unsorted = isEnough && !range.IsSorted(page.Data)
                ? "The list is not sorted by creation as it was asked for, so its dates do not say where it ends."
                : null;
            if (((isLast ? unsorted : list.Advance(page.LastId)) ?? Ignored(options, page)) is { } wrong)
            {
                isLast = true;
                failure = new ChatKitApiException(ChatKitErrorKind.InvalidResponse, wrong);
            }

            if (failure is not null || !hasNews)
            {
                wanted.Clear();
            }

            given += wanted.Count;
            cursor = page.LastId;
            yield return new(wanted)
            {
                Exchanges = exchanges,
                Failure = failure,
                Unreadable = failure is null && hasNews ? page.Unreadable : [],
                Given = given,
                IsLast = isLast,
                EndsAtCursor =
                    wanted.Count > 0 && ReferenceEquals(wanted[wanted.Count - 1], page.Data[page.Data.Count - 1]),
                Size = wanted.Sum(SizeOf),
            };
        }
    }

    /// <summary>
    /// The approximate memory of an element, in bytes: its JSON, the text read from it, and the object.
    /// </summary>
    public static long SizeOf(ChatKitObject element) => 256 + (2L * element.Utf8Json.Length);

    /// <summary>Notes a page. Returns whether it has anything new.</summary>
    private bool HasNews<T>(ChatKitPage<T> page)
        where T : ChatKitObject, IListElement
    {
        bool hasNews =
            page.Data.Count > 0 && (_firstIds.Add(page.Data[0].Id) | _lastIds.Add(page.Data[page.Data.Count - 1].Id));
        foreach (UnreadableElement element in page.Unreadable)
        {
            hasNews |= _unreadableIds.Add(element.Id ?? "");
        }

        _withoutNews = hasNews ? 0 : _withoutNews + 1;
        return hasNews;
    }

    /// <summary>
    /// Returns an error if the page contains the cursor element itself, which it must exclude; otherwise null.
    /// </summary>
    private static string? Ignored<T>(ChatKitListOptions options, ChatKitPage<T> page)
        where T : ChatKitObject, IListElement
    {
        string? id =
            page.Data.FirstOrDefault(element => element.Id == options.After || element.Id == options.Before)?.Id;
        if (id is null)
        {
            return null;
        }

        string wanted = $"what is {(id == options.After ? "after" : "before")} '{PrintableText.Excerpt(id)}'";
        return $"The list does not keep to its cursors: {wanted} was asked for, and that came itself.";
    }

    /// <summary>
    /// Notes the cursor of the next page. Returns an error if the list cannot continue there; otherwise null.
    /// </summary>
    private string? Advance(string? cursor)
    {
        string? stuck =
            cursor is null ? "the server says that there is more, but not after which id."
            : !_cursors.Add(cursor)
                ? $"the server says again that the next page is that after '{PrintableText.Excerpt(cursor)}'."
            : _withoutNews > MostPagesWithoutNews
                ? "the server says that there is more, but the last " +
                    $"{_withoutNews} pages were empty or had come before."
            : null;
        return stuck is null ? null : "The cursor of the list does not advance: " + stuck;
    }
}
