// Whether an archive is what its manifest says.
using System;
using System.Collections.Generic;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>Verifies archives.</summary>
public static class ChatKitArchiveVerifier
{
    /// <summary>
    /// Reads every byte of an archive and compares it with what its manifest says. A line per processor is in memory,
    /// and some 200 bytes per thread.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What there is, and what is wrong with it.</returns>
    /// <exception cref="ChatKitArchiveException">
    /// There is no archive, its manifest is damaged, or a part is there and cannot be read.
    /// </exception>
    public static ChatKitArchiveVerification Verify(
        string folder, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArchiveFolder files = new(folder);
        (ArchiveScan scan, ChatKitArchiveManifest manifest) = ArchiveScan.Read(
            files, read => new(files, read) { Advanced = progress }, cancellationToken);
        List<ChatKitArchiveProblem> problems = scan.Problems;
        foreach (ChatKitArchiveFailedThread thread in manifest.Failed)
        {
            problems.Add(new(ChatKitArchiveProblemKind.FailedThread, "The thread could not be fetched: " +
                $"{thread.Reason}", threadId: thread.Id));
        }

        foreach (string reason in manifest.Missing)
        {
            problems.Add(new(ChatKitArchiveProblemKind.Incomplete, reason));
        }

        if (!manifest.Complete)
        {
            problems.Add(
                new(
                    ChatKitArchiveProblemKind.Incomplete,
                    "The last run did not end with everything that it was asked for. Run the export again."));
        }

        return new(manifest, scan.Threads, problems);
    }
}
