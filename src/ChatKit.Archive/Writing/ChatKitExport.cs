// What every export shares: threads are listed, or taken by id, fetched several at a time, and written one after the other.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Archive;

/// <summary>
/// An export of threads with all of their items. An object is for one run; while it runs, <see cref="Progress"/> and <see cref="TryTakeFailure"/>
/// may be called on any thread.
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

    private protected ChatKitArchiveExportOptions Options { get; }

    /// <summary>Takes the next failure of a single thread or list; each is given once.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeFailure(out ChatKitArchiveExportFailure? failure) => _failures.TryDequeue(out failure);

    /// <summary>Fetches what is wanted.</summary>
    /// <param name="threads">The threads that are known; each is fetched once.</param>
    /// <param name="again">Ids to come before those that are wanted.</param>
    /// <param name="archive">The archive that is gone on with; null where there is none.</param>
    /// <param name="take">Is given each thread in its turn, one at a time.</param>
    /// <param name="exchanges">Is told of each attempt; may be null.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <returns>Whether everything was listed: no list failed.</returns>
    private protected async Task<bool> FetchAllAsync(
        KnownThreads threads, IReadOnlyList<string> again, ArchiveWriter? archive, Action<FetchedThread> take, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        Count(progress =>
        {
            progress.Stage = ChatKitArchiveExportStage.Fetching;
            progress.Total = Options.Ids is ICollection<string?> ids ? again.Count + ids.Count : null;
        });
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using OrderedFetches<FetchedThread> fetches = new(Options.ThrottleLimit);
        ThreadFetcher fetcher = new(_client, archive, exchanges);
        Task<bool> offering = Task.Run(() => OfferAllAsync(), CancellationToken.None);
        try
        {
            await fetches.TakeAllAsync(take, ending.Token).ConfigureAwait(false);
            return await offering.ConfigureAwait(false);
        }
        catch
        {
            ending.Cancel();
            await Task.WhenAny(offering).ConfigureAwait(false);
            throw;
        }

        async Task<bool> OfferAllAsync()
        {
            try
            {
                ThreadSource source = new(_client, Options, again, exchanges, (id, json) => OfferAsync(id, json), ending.Token);
                bool isWhole = await source.RunAsync(_failures.Enqueue).ConfigureAwait(false);
                Count(progress => progress.Total = source.Offered);
                return isWhole;
            }
            finally
            {
                fetches.End();
            }
        }

        async Task OfferAsync(string? id, Func<byte[]>? json)
        {
            KnownThread known = threads[id ?? ""];
            bool isSkipped = known.IsSeen || (known.IsWritten && !Options.Update);
            known.IsSeen = true;
            if (isSkipped)
            {
                Count(progress => progress.Skipped++);
                return;
            }

            FetchedThread thread = new(id!, known, json is not null) { Json = json?.Invoke() ?? [] };
            await fetches.AddAsync(() => fetcher.FetchAsync(thread, ending.Token), ending.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that a thread could not be fetched.</summary>
    private protected void Fail(FetchedThread thread)
    {
        _failures.Enqueue(new(thread.Failure!, thread.Id, null, isList: false));
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
