// Fetches one thread with all of its items, or finds that the archive has it as it is.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit.Archive;

/// <param name="client">The connection.</param>
/// <param name="archive">The archive, whose lines are compared; null where there is none.</param>
/// <param name="idle">The threads whose items need not be asked for; null for none.</param>
/// <param name="exchanges">Is told of each attempt; may be null.</param>
internal sealed class ThreadFetcher(
    ChatKitClient client, ArchiveWriter? archive, IdleThreads? idle, IProgress<ChatKitExchange>? exchanges)
{
    // An array holds 2 GiB, and a line is to be read back in one.
    private const long LongestThread = 2_000_000_000;

    /// <summary>
    /// Fetches a thread; each step sends one request, and the last one says what came of it in the thread itself. It
    /// fails only where the archive cannot be read, or the token is cancelled.
    /// </summary>
    public async IAsyncEnumerable<StreamBatch<FetchedThread>> ReadAsync(
        FetchedThread thread, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (thread.Json.Length == 0)
        {
            (RawObject? kept, Exception? failure) =
                await TryGetAsync(thread.Id, cancellationToken).ConfigureAwait(false);
            if (kept is null)
            {
                yield return End(thread, failure!, isNotThere: IsNotFound(failure));
                yield break;
            }

            thread.Json = JsonMinifier.Minify(kept.Utf8Json);
            yield return new([]);
        }

        if (idle?.Contains(thread) == true)
        {
            thread.Outcome = FetchOutcome.Idle;
            yield return new([]) { IsLast = true };
            yield break;
        }

        long length = thread.Json.Length;
        ListRange newestFirst = new(new() { Order = ChatKitOrder.Descending });
        int limit = 100;
        IAsyncEnumerable<StreamBatch<RawObject>> pages = PageStream.ReadAsync<RawObject>(
            (options, _, token) => FetchAsync(options, token), newestFirst, cancellationToken);
        await foreach (StreamBatch<RawObject> page in pages.ConfigureAwait(false))
        {
            Exception? failure = page.Failure;
            ItemPage items = new(page.Elements);
            length += items.Length + items.Count;
            if (length > LongestThread)
            {
                failure = new ChatKitApiException(
                    ChatKitErrorKind.InvalidResponse,
                    "The thread is over 2 GB, more than one line can be read back from.");
            }

            if (failure is not null)
            {
                if (IsNotFound(failure))
                {
                    // A list that is not found may be one of a thread that is: then the thread is not gone.
                    yield return new([]);
                    (_, Exception? other) = await TryGetAsync(thread.Id, cancellationToken).ConfigureAwait(false);
                    yield return End(thread, failure, isNotThere: IsNotFound(other));
                    yield break;
                }

                yield return End(thread, failure, isNotThere: false);
                yield break;
            }

            if (thread.Pages.Count == 0 && thread.Known.IsWritten && IsSame(thread, items, !page.IsLast))
            {
                thread.Outcome = FetchOutcome.Unchanged;
                yield return new([]) { IsLast = true };
                yield break;
            }

            thread.Pages.Add(items);
            yield return new([]) { IsLast = page.IsLast, Size = items.Length };
        }

        // A page of large items may be larger than the connection takes: then half as many are asked for.
        async Task<ChatKitPage<RawObject>> FetchAsync(ChatKitListOptions options, CancellationToken token)
        {
            while (true)
            {
                options.Limit = limit;
                try
                {
                    return await client.ListRawItemsAsync(thread.Id, options, exchanges, token).ConfigureAwait(false);
                }
                catch (ChatKitApiException e) when (limit > 1 && e.GetBaseException() is BodyTooLargeException)
                {
                    limit /= 2;
                }
            }
        }
    }

    private static bool IsNotFound(Exception? failure) =>
        failure is ChatKitApiException { Kind: ChatKitErrorKind.NotFound };

    private static StreamBatch<FetchedThread> End(FetchedThread thread, Exception failure, bool isNotThere)
    {
        thread.Pages.Clear();
        thread.Failure = failure;
        thread.Outcome = isNotThere ? FetchOutcome.NotThere : FetchOutcome.Failed;
        return new([]) { IsLast = true, Failure = failure is ChatKitApiException ? null : failure };
    }

    private Task<(RawObject? Thread, Exception? Failure)> TryGetAsync(string id, CancellationToken cancellationToken) =>
        StreamBatch<RawObject>.TryAsync(() => client.GetRawThreadAsync(id, exchanges, cancellationToken));

    /// <summary>Whether the archive's last line has the same thread, and the same newest items.</summary>
    private bool IsSame(FetchedThread thread, ItemPage newest, bool hasMore)
    {
        byte[] line = archive!.ReadLine(thread.Known);
        ParsedLine parsed = LineFile.Parse(line);
        List<(string Id, int Start, int Length)> items = parsed.Items!;
        if (!line.AsSpan(parsed.Thread.Start, parsed.Thread.Length).SequenceEqual(thread.Json) ||
            items.Count < newest.Count || items.Count > newest.Count != hasMore)
        {
            return false;
        }

        for (int i = 0; i < newest.Count; i++)
        {
            (_, int start, int length) = items[items.Count - 1 - i];
            if (!line.AsSpan(start, length).SequenceEqual(newest[i].AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
