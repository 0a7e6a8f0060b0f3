// Where the threads of a run come from: lists of the server's, or ids of the caller's.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit.Archive;

/// <param name="client">The connection.</param>
/// <param name="options">What is wanted.</param>
/// <param name="again">Ids that come before the caller's.</param>
/// <param name="slots">What requests take.</param>
/// <param name="exchanges">Is told of each attempt; may be null.</param>
internal sealed class ThreadSource(
    ChatKitClient client,
    ChatKitArchiveExportOptions options,
    IReadOnlyList<string> again,
    RequestSlots slots,
    IProgress<ChatKitExchange>? exchanges)
{
    /// <summary>The lists that failed. It changes only while the next thread is waited for.</summary>
    public List<ChatKitArchiveExportFailure> Failures { get; } = [];

    /// <summary>
    /// Gives every thread: its id, and what is known of it. Lists of several users come side by side.
    /// </summary>
    public IAsyncEnumerable<(string? Id, ChatKitObject? Thread)> ReadAsync(CancellationToken cancellationToken) =>
        options.Ids is { } ids
            ? TakeAsync(again.Select(id => new ChatKitExportTarget(id)).Concat(ids), cancellationToken)
            : ListAsync(cancellationToken);

    private async IAsyncEnumerable<(string? Id, ChatKitObject? Thread)> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OrderedMerge<string?, RawObject> lists = new(slots, 0, cancellationToken);
        foreach (string? user in options.Users?.Distinct() ?? [null])
        {
            ListRange range = new(new() { Order = ChatKitOrder.Descending, User = user })
            {
                CreatedAfter = options.CreatedAfter?.UtcDateTime,
                CreatedBefore = options.CreatedBefore?.UtcDateTime,
            };
            lists.Add(
                user,
                ThreadStream.ReadAsync<RawObject>(
                    (page, _, token) => client.ListRawThreadsAsync(page, exchanges, token),
                    range,
                    slots,
                    cancellationToken));
        }

        while (!lists.IsEmpty)
        {
            await lists.ReadyAsync().ConfigureAwait(false);
            lists.TryTake(out string? user, out StreamBatch<RawObject> batch);
            foreach (RawObject thread in batch.Elements)
            {
                yield return (thread.Id, thread);
            }

            if (batch.Failure is ChatKitApiException failure)
            {
                Failures.Add(new(failure, null, user, isList: true));
            }
            else if (batch.Failure is not null)
            {
                ExceptionDispatchInfo.Capture(batch.Failure).Throw();
            }
        }
    }

    private static async IAsyncEnumerable<(string? Id, ChatKitObject? Thread)> TakeAsync(
        IEnumerable<ChatKitExportTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new();
        using CancellationTokenRegistration registration =
            cancellationToken.Register(() => cancelled.TrySetResult(true));
        IEnumerator<ChatKitExportTarget> each = targets.GetEnumerator();
        while (true)
        {
            // The next one may be long in coming. Whoever cancels does not wait for it, nor for how it fails.
            Task<(bool IsThere, Exception? Failure)> moving = StreamBatch<bool>.TryAsync(() => Task.Run(each.MoveNext));
            await Task.WhenAny(moving, cancelled.Task).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            (bool isThere, Exception? failure) = await moving.ConfigureAwait(false);
            if (failure is not null)
            {
                ExceptionDispatchInfo.Capture(failure).Throw();
            }

            if (!isThere)
            {
                each.Dispose();
                yield break;
            }

            yield return (each.Current.Id, each.Current.Thread);
        }
    }
}
