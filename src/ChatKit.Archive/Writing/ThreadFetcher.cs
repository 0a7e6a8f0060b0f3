// Fetches one thread with all of its items, or finds that the archive has it as it is.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Archive;

/// <param name="client">The connection.</param>
/// <param name="archive">The archive, whose lines are compared; null where there is none.</param>
/// <param name="exchanges">Is told of each attempt; may be null.</param>
internal sealed class ThreadFetcher(ChatKitClient client, ArchiveWriter? archive, IProgress<ChatKitExchange>? exchanges)
{
    // An array holds 2 GiB, and a line is to be read back in one.
    private const long LongestThread = 2_000_000_000;

    /// <summary>Fetches a thread. It fails only where the archive cannot be read, or the token is cancelled; what else went wrong is in the result.</summary>
    public async Task<FetchedThread> FetchAsync(FetchedThread thread, CancellationToken cancellationToken)
    {
        try
        {
            thread.Outcome = await FetchPartsAsync(thread, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatKitApiException e)
        {
            thread.Pages.Clear();
            thread.Failure = e;
            bool isNotThere = e.Kind == ChatKitErrorKind.NotFound && (thread.Json.Length == 0 || await IsNotThereAsync(thread.Id, cancellationToken).ConfigureAwait(false));
            thread.Outcome = isNotThere ? FetchOutcome.NotThere : FetchOutcome.Failed;
        }

        return thread;
    }

    private async Task<FetchOutcome> FetchPartsAsync(FetchedThread thread, CancellationToken cancellationToken)
    {
        if (!thread.IsListed)
        {
            thread.Json = JsonMinifier.Minify((await client.KeepThreadAsync(thread.Id, exchanges, cancellationToken).ConfigureAwait(false)).Utf8Json);
        }

        long length = thread.Json.Length;
        ChatKitListOptions options = new() { Limit = 100, Order = ChatKitOrder.Descending };
        ChatKitPage<KeptObject> first = await client.KeepItemsAsync(thread.Id, options, exchanges, cancellationToken).ConfigureAwait(false);
        if (thread.Known.IsWritten && IsSame(thread, new ItemChunk(first.Data), first.HasMore))
        {
            return FetchOutcome.Unchanged;
        }

        await PageWalk.RunAsync(
            page => page.After is null ? Task.FromResult(first) : client.KeepItemsAsync(thread.Id, page, exchanges, cancellationToken),
            null,
            null,
            items =>
            {
                ItemChunk chunk = new(items);
                length += chunk.Length + chunk.Count;
                thread.Pages.Add(length <= LongestThread ? chunk : throw new ChatKitApiException(ChatKitErrorKind.InvalidResponse, "The thread is over 2 GB, more than one line can be read back from."));
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        return FetchOutcome.Fetched;
    }

    /// <summary>Whether the archive's last line has the same thread, and the same newest items.</summary>
    private bool IsSame(FetchedThread thread, ItemChunk newest, bool hasMore)
    {
        byte[] line = archive!.ReadLine(thread.Known);
        ParsedLine parsed = LineFile.Parse(line);
        List<(string Id, int Start, int Length)> items = parsed.Items!;
        if (!line.AsSpan(parsed.Thread.Start, parsed.Thread.Length).SequenceEqual(thread.Json) || items.Count < newest.Count || items.Count > newest.Count != hasMore)
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

    /// <summary>A list that is not found may be one of a thread that is: then the thread is not gone.</summary>
    private async Task<bool> IsNotThereAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.KeepThreadAsync(id, exchanges, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (ChatKitApiException e)
        {
            return e.Kind == ChatKitErrorKind.NotFound;
        }
    }
}
