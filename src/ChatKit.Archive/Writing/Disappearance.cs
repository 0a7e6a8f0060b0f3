// Whether what an archive has is still on the server: a thread is gone only when asking for it by id says so.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Archive;

/// <param name="client">The connection.</param>
/// <param name="archive">The archive.</param>
/// <param name="options">What the run is to do.</param>
/// <param name="exchanges">Is told of each attempt.</param>
internal sealed class Disappearance(
    ChatKitClient client,
    ArchiveWriter archive,
    ChatKitArchiveExportOptions options,
    IProgress<ChatKitExchange> exchanges)
{
    // Fewer threads may well be deleted in a day.
    private const int Few = 10;

    // So many threads that a list lacks and that are there say enough of the list.
    private const int MostUnlisted = 10;

    private readonly long _present = archive.Present;

    /// <summary>
    /// Threads that are there, though no list named them; no more than say that the list is not to be trusted.
    /// </summary>
    public List<string> Unlisted { get; } = [];

    /// <summary>What could not be asked for.</summary>
    public List<(string Id, ChatKitApiException Failure)> Failed { get; } = [];

    /// <summary>Asks for some of the threads that the archive has, before anything is written.</summary>
    /// <exception cref="ChatKitArchiveException">None is there: it is another project's key.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_present < Few || options.AllowDisappearance)
        {
            return;
        }

        foreach (string id in Sample(Few))
        {
            ChatKitApiException? failure = await FailureAsync(id, cancellationToken).ConfigureAwait(false);
            if (failure is not { Kind: ChatKitErrorKind.NotFound })
            {
                return;
            }
        }

        throw Refusal($"Of {_present:N0} threads in the archive {Few} were asked for, and none is there.");
    }

    /// <summary>Looks whether an archive that is copied has any of the threads that this one has.</summary>
    /// <exception cref="ChatKitArchiveException">It has none: it is another project's.</exception>
    public void CheckSource()
    {
        // Threads by id may be others each time.
        IReadOnlyList<ChatKitArchivedThread> threads = options.Source!.Threads;
        bool mayDiffer = _present < Few || options.AllowDisappearance || options.Query.ById || threads.Count == 0;
        if (!mayDiffer && !threads.Any(thread => archive.Threads[thread.Id].IsWritten))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveMismatch,
                $"None of {_present:N0} threads is in the archive that is copied. Is that of another project? " +
                "If it is meant, say so with -AllowDisappearance.");
        }
    }

    /// <summary>Asks for the threads that no list named, and finds those that are gone.</summary>
    /// <returns>The ids of those that are gone.</returns>
    /// <exception cref="ChatKitArchiveException">Most are, and that is not said to be meant. None of them is
    /// marked.</exception>
    public async Task<List<string>> FindGoneAsync(CancellationToken cancellationToken)
    {
        List<string> gone = [];
        List<string> missing = UpdateGone();
        long most = _present < Few || options.AllowDisappearance ? long.MaxValue : _present / 2;
        int step = options.ThrottleLimit;
        for (int i = 0; i < missing.Count && Unlisted.Count < MostUnlisted && gone.Count <= most; i += step)
        {
            string[] some = [.. missing.Skip(i).Take(step)];
            ChatKitApiException?[] failures = await Task.WhenAll(
                some.Select(id => FailureAsync(id, cancellationToken))).ConfigureAwait(false);
            for (int j = 0; j < some.Length; j++)
            {
                if (failures[j] is not { } failure)
                {
                    Unlisted.Add(some[j]);
                }
                else if (failure.Kind == ChatKitErrorKind.NotFound)
                {
                    gone.Add(some[j]);
                }
                else
                {
                    Failed.Add((some[j], failure));
                }
            }
        }

        return gone.Count <= most
            ? gone
            : throw Refusal($"Of {_present:N0} threads in the archive more than half are not there any more.");
    }

    /// <summary>Unmarks the threads that this run found again, and gives those that it did not find.</summary>
    private List<string> UpdateGone()
    {
        foreach (string id in archive.Gone.Where(id => archive.Threads[id].IsFound).ToArray())
        {
            archive.Gone.Remove(id);
        }

        return [.. Missing().Select(IdOf)];
    }

    /// <summary>Some threads that the archive has and that are not known to be gone, from all over it.</summary>
    private string[] Sample(int count)
    {
        List<ThreadLocation> known = [.. Missing()];
        int step = Math.Max(1, known.Count / count);
        return [.. known.Where((_, index) => index % step == 0).Take(count).Select(IdOf)];
    }

    /// <summary>The threads that this run did not find, and that are not marked as gone.</summary>
    private IEnumerable<ThreadLocation> Missing()
    {
        HashSet<ThreadLocation> gone = [.. archive.Gone.Select(id => archive.Threads[id])];
        return archive.Threads.Missing().Where(thread => !gone.Contains(thread));
    }

    private string IdOf(ThreadLocation thread) => LineFile.Parse(archive.ReadLine(thread)).Id;

    private static ChatKitArchiveException Refusal(string message) =>
        new(
            ChatKitArchiveErrorKind.ArchiveMismatch,
            $"{message} Is it the key of another project? If so many were deleted, say so with -AllowDisappearance.");

    private async Task<ChatKitApiException?> FailureAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetRawThreadAsync(id, exchanges, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ChatKitApiException e)
        {
            return e;
        }
    }
}
