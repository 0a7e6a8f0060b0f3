// Whether an archive is what its manifest says.
using System;
using System.Collections.Generic;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>Verifies archives.</summary>
public static class ChatKitArchiveVerifier
{
    /// <summary>Reads every byte of an archive and compares it with what its manifest says. One line at a time is in memory, and about 100 bytes per thread.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, on the calling thread; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What there is, and what is wrong with it.</returns>
    /// <exception cref="ChatKitArchiveException">There is no archive, its manifest is damaged, or a part is there and cannot be read.</exception>
    public static ChatKitArchiveVerification Verify(string folder, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        var manifest = ChatKitArchiveManifest.Read(folder);
        ArchiveScan scan = new(new ArchiveFolder(folder), manifest, withHashes: true) { Advanced = progress };
        scan.Run(cancellationToken);
        List<ChatKitArchiveProblem> problems = scan.Problems;
        AddCounts(problems, manifest, scan.Threads);
        foreach (ChatKitArchiveFailedThread thread in manifest.Failed)
        {
            problems.Add(new(ChatKitArchiveProblemKind.FailedThread, $"The thread could not be fetched: {thread.Reason}", threadId: thread.Id));
        }

        if (!manifest.Complete)
        {
            problems.Add(new(ChatKitArchiveProblemKind.Incomplete, "The last run did not end with everything that it was asked for. Run the export again."));
        }

        return new(manifest, scan.Threads, problems);
    }

    private static void AddCounts(List<ChatKitArchiveProblem> problems, ChatKitArchiveManifest manifest, KnownThreads threads)
    {
        // While a part is open the manifest counts what was there when it was opened.
        if (manifest.Parts.Count > 0 && manifest.Parts[manifest.Parts.Count - 1].Sha256 is null)
        {
            return;
        }

        Compare("threads", threads.Count, manifest.Threads);
        Compare("items", threads.Items, manifest.Items);
        Compare("attachments", threads.Attachments, manifest.Attachments);

        void Compare(string what, long found, long said)
        {
            if (found != said)
            {
                problems.Add(new(ChatKitArchiveProblemKind.CountMismatch, $"There are {found} {what}; the manifest says {said}."));
            }
        }
    }
}
