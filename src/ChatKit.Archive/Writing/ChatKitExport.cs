// What every export shares: threads are listed, or taken by id, fetched several at a time, and written one after the
// other.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Archive;

/// <summary>
/// An export of threads with all of their items. An object is for one run; while it runs, <see cref="Progress"/> and
/// <see cref="TryTakeFailure"/> may be called on any thread.
/// </summary>
public abstract class ChatKitExport
{
    private readonly ChatKitClient _client;
    private readonly ConcurrentQueue<ChatKitArchiveExportFailure> _failures = new();
    private readonly ChatKitArchiveExportProgress _progress = new();

    private protected ChatKitExport(ChatKitClient client, ChatKitArchiveExportOptions options)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
        Options = options ?? throw new ArgumentNullException(nameof(options));
    }

    /// <summary>How far the run has come: a copy, that stays as it is.</summary>
    public ChatKitArchiveExportProgress Progress
    {
        get
        {
            lock (_progress)
            {
                return _progress.Copy();
            }
        }
    }

    /// <summary>
    /// The thread whose failure ended the run, because the connection is lost; null where it was a list, or nothing
    /// did.
    /// </summary>
    public string? LostAt { get; private set; }

    private protected ChatKitArchiveExportOptions Options { get; }

    private protected ChatKitClient Client => _client;

    /// <summary>Takes the next failure of a single thread or list; each is given once.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeFailure(out ChatKitArchiveExportFailure? failure) => _failures.TryDequeue(out failure);

    /// <summary>Whether everything was listed: no list failed. It is known once everything has been read.</summary>
    private protected bool IsWhole { get; private set; }

    /// <summary>
    /// Reads what is wanted, thread after thread in the order of the list or of the ids, several of them at a time.
    /// </summary>
    /// <param name="threads">The threads that are known; each is fetched once.</param>
    /// <param name="again">Ids to come before those that are wanted.</param>
    /// <param name="archive">The archive that is resumed or updated; null where there is none.</param>
    /// <param name="idle">The threads that need not be asked for; null for none.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    private protected async IAsyncEnumerable<FetchedThread> ReadAsync(
        ThreadLocations threads,
        IReadOnlyList<string> again,
        ArchiveWriter? archive,
        IdleThreads? idle,
        IProgress<ChatKitExchange>? exchanges,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Count(progress =>
        {
            progress.Stage = ChatKitArchiveExportStage.Fetching;
            progress.Total = Options.Ids is ICollection<ChatKitExportTarget> ids ? again.Count + ids.Count : null;
        });
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RequestSlots slots = new(Options.ThrottleLimit);
        ThreadSource source = new(_client, Options, again, slots, exchanges);
        OrderedMerge<FetchedThread, FetchedThread> fetches = new(slots, Options.ThrottleLimit / 2, ending.Token);
        ThreadFetcher fetcher = new(_client, archive, idle, exchanges);
        IAsyncEnumerator<(string? Id, ChatKitObject? Thread)> wanted =
            source.ReadAsync(ending.Token).GetAsyncEnumerator(CancellationToken.None);
        Task<bool>? moving = null;
        bool isOver = false;
        bool isFailed = false;
        ChatKitApiException? lost = null;
        long offered = 0;
        try
        {
            while (!isOver || !fetches.IsEmpty)
            {
                while (!isOver && fetches.HasRoom && (moving ??= wanted.MoveNextAsync().AsTask()).IsCompleted)
                {
                    isOver = !await moving.ConfigureAwait(false);
                    moving = null;
                    lost ??= source.Failures.Select(failure => failure.Exception).OfType<ChatKitApiException>()
                        .FirstOrDefault(failure => failure.IsOfConnection);
                    if (lost is not null)
                    {
                        // What is being fetched may yet come.
                        isOver = true;
                        break;
                    }

                    source.Failures.ForEach(_failures.Enqueue);
                    isFailed |= source.Failures.Count > 0;
                    source.Failures.Clear();
                    offered += isOver ? 0 : 1;
                    if (!isOver && ToFetch(wanted.Current) is { } thread)
                    {
                        fetches.Add(thread, fetcher.ReadAsync(thread, ending.Token));
                    }
                }

                if (fetches.TryTake(out FetchedThread fetched, out StreamBatch<FetchedThread> batch))
                {
                    if (batch.Failure is not null)
                    {
                        ExceptionDispatchInfo.Capture(batch.Failure).Throw();
                    }

                    if (fetched.Failure is ChatKitApiException { IsOfConnection: true })
                    {
                        LostAt = fetched.Id;
                        ExceptionDispatchInfo.Capture(fetched.Failure).Throw();
                    }

                    if (batch.IsLast)
                    {
                        yield return fetched;
                    }
                }
                else if (moving is null || fetches.IsEmpty)
                {
                    await (moving ?? fetches.ReadyAsync()).ConfigureAwait(false);
                }
                else
                {
                    await Task.WhenAny(moving, fetches.ReadyAsync()).ConfigureAwait(false);
                }
            }

            if (lost is not null)
            {
                ExceptionDispatchInfo.Capture(lost).Throw();
            }

            Count(progress => progress.Total = offered);
            IsWhole = !isFailed;
        }
        finally
        {
            ending.Cancel();
            _ = moving is null ? null : StreamBatch<bool>.TryAsync(() => moving);
        }

        FetchedThread? ToFetch((string? Id, ChatKitObject? Thread) target)
        {
            ThreadLocation known = threads[target.Id ?? ""];
            bool isErased = known.IsErased && !known.IsFound;
            bool isSkipped = known.IsFound || (known.IsWritten && !Options.Update);
            known.IsFound = true;
            if (isErased)
            {
                Count(progress => progress.Erased++);
                return null;
            }

            if (isSkipped)
            {
                Count(progress => progress.Skipped++);
                return null;
            }

            return new(target.Id!, known, Options.Ids is null)
            {
                Json = target.Thread is null ? [] : JsonMinifier.Minify(target.Thread.Utf8Json),
            };
        }
    }

    /// <summary>Notes that a list is not what it has to be.</summary>
    private protected void FailList(Exception failure) => _failures.Enqueue(new(failure, null, null, isList: true));

    /// <summary>Notes that a thread could not be fetched.</summary>
    private protected void Fail(FetchedThread thread) => Fail(thread.Failure!, thread.Id);

    /// <summary>Notes that a thread could not be fetched.</summary>
    private protected void Fail(Exception failure, string? id)
    {
        _failures.Enqueue(new(failure, id, null, isList: false));
        Count(progress => progress.Failed++);
    }

    /// <summary>Changes what <see cref="Progress"/> says.</summary>
    private protected void Count(Action<ChatKitArchiveExportProgress> count)
    {
        lock (_progress)
        {
            count(_progress);
        }
    }
}
