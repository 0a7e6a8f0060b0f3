// Where the threads of a run come from: lists of the server's, or ids of the caller's.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Archive;

/// <param name="client">The connection.</param>
/// <param name="options">What is wanted.</param>
/// <param name="again">Ids that come before the caller's.</param>
/// <param name="exchanges">Is told of each attempt; may be null.</param>
/// <param name="offer">Is given each thread: its id, and its JSON where it was listed. It may be asked for once, before the offer returns its task.</param>
/// <param name="cancellationToken">Ends the run.</param>
internal sealed class ThreadSource(
    ChatKitClient client,
    ChatKitArchiveExportOptions options,
    IReadOnlyList<string> again,
    IProgress<ChatKitExchange>? exchanges,
    Func<string?, Func<byte[]>?, Task> offer,
    CancellationToken cancellationToken)
{
    /// <summary>How many threads were offered.</summary>
    public long Offered { get; private set; }

    /// <summary>Offers every thread.</summary>
    /// <param name="fail">Is given each list that failed.</param>
    /// <returns>Whether these are all: no list failed.</returns>
    public async Task<bool> RunAsync(Action<ChatKitArchiveExportFailure> fail)
    {
        if (options.Ids is { } ids)
        {
            await OfferIdsAsync(again.Concat(ids)).ConfigureAwait(false);
            return true;
        }

        bool isWhole = true;
        foreach (string? user in options.Users?.Distinct() ?? [null])
        {
            try
            {
                await PageWalk.RunAsync(Fetch, user, options.CreatedAfter is { } after ? thread => Created(thread) <= after.UtcDateTime : null, OfferPageAsync).ConfigureAwait(false);
            }
            catch (ChatKitApiException e)
            {
                isWhole = false;
                fail(new(e, null, user, isList: true));
            }
        }

        return isWhole;

        Task<ChatKitPage<KeptObject>> Fetch(ChatKitListOptions page) => client.KeepThreadsAsync(page, exchanges, cancellationToken);
    }

    private static DateTime? Created(KeptObject thread) => thread.CreatedAt?.ToUniversalTime();

    private async Task OfferPageAsync(IReadOnlyList<KeptObject> page)
    {
        foreach (KeptObject thread in page.Where(IsWithin))
        {
            await OfferAsync(thread.Id, () => JsonMinifier.Minify(thread.Utf8Json)).ConfigureAwait(false);
        }
    }

    /// <summary>A thread without a date matches no bound.</summary>
    private bool IsWithin(KeptObject thread) =>
        (options.CreatedAfter is null && options.CreatedBefore is null) ||
        (Created(thread) is { } created && !(created <= options.CreatedAfter?.UtcDateTime) && !(created >= options.CreatedBefore?.UtcDateTime));

    private async Task OfferIdsAsync(IEnumerable<string?> ids)
    {
        TaskCompletionSource<bool> cancelled = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        IEnumerator<string?> each = ids.GetEnumerator();
        while (true)
        {
            // The next id may be long in coming. Whoever cancels does not wait for it.
            Task<bool> moving = Task.Run(each.MoveNext);
            await Task.WhenAny(moving, cancelled.Task).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!await moving.ConfigureAwait(false))
            {
                each.Dispose();
                return;
            }

            await OfferAsync(each.Current, null).ConfigureAwait(false);
        }
    }

    private Task OfferAsync(string? id, Func<byte[]>? json)
    {
        Offered++;
        return offer(id, json);
    }
}
