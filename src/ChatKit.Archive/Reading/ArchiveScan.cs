// Reads every line of an archive once: for the index, for the verifier, and for a writer that resumes.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <param name="folder">The folder.</param>
/// <param name="manifest">What the folder is to hold.</param>
internal sealed class ArchiveScan(ArchiveFolder folder, ChatKitArchiveManifest manifest)
{
    private const int MostAttempts = 10;

    private readonly object _lock = new();

    /// <summary>
    /// Is told of every line that can be read, in order, with its hash where that is wanted; may be null.
    /// </summary>
    public Action<ParsedLine, ThreadLocation, string?>? Found { get; set; }

    /// <summary>Whether to find the hash of each line.</summary>
    public bool WithHashes { get; set; }

    /// <summary>
    /// Whether items are not looked at, nor counted, in parts that are as they were written: it takes a third of the
    /// time.
    /// </summary>
    public bool HeadsOnly { get; set; }

    /// <summary>
    /// Is told how many bytes more have been read, and how many there are in all, by one thread at a time; may be null.
    /// </summary>
    public Action<long, long>? Advanced { get; set; }

    /// <summary>The last line of each thread.</summary>
    public ThreadLocations Threads { get; } = new();

    /// <summary>What is not as it should be.</summary>
    public List<ChatKitArchiveProblem> Problems { get; } = [];

    /// <summary>The last part; null where there is none.</summary>
    public PartScan? Last { get; private set; }

    /// <summary>
    /// Reads the parts, as many at a time as there are processors, and compares them with the manifest.
    /// </summary>
    /// <exception cref="ChatKitArchiveException">A part is there and cannot be read.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            PartName[] parts = folder.FindParts();
            long size = parts.Sum(part => SizeOf(part.Text));
            IEnumerable<PartScan> each = manifest.Parts.Select(
                (part, i) => new PartScan(folder, part, i == manifest.Parts.Count - 1, manifest.Version)
                {
                    WithHashes = WithHashes,
                    HeadsOnly = HeadsOnly,
                });
            Func<PartScan, PartScan> run = scan => scan.Run(count => Advance(count, size), cancellationToken);

            // One part needs no other thread, nor a free one of a pool that may be busy.
            IEnumerable<PartScan> scans = manifest.Parts.Count < 2
                ? each.Select(run)
                : Partitioner.Create(each, EnumerablePartitionerOptions.NoBuffering)
                    .AsParallel()
                    .AsOrdered()
                    .WithCancellation(cancellationToken)
                    .WithMergeOptions(ParallelMergeOptions.NotBuffered)
                    .Select(run);
            int index = 0;
            foreach (PartScan scan in scans)
            {
                Take(scan, index++);
            }

            CompareNames(parts);
            CompareCounts();
        }
        catch (Exception e) when (FirstFailure.Of(e) is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnreadable,
                $"The archive '{folder.Path}' cannot be read: {FirstFailure.Of(e).Message}",
                e);
        }
    }

    /// <summary>
    /// Reads an archive, and again where it seems damaged and the manifest is another by now: somebody was writing it
    /// meanwhile, and what was read was of two moments.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="make">Makes the scan of a manifest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The scan that was run, and its manifest.</returns>
    public static (ArchiveScan Scan, ChatKitArchiveManifest Manifest) Read(
        ArchiveFolder folder, Func<ChatKitArchiveManifest, ArchiveScan> make, CancellationToken cancellationToken)
    {
        var manifest = ChatKitArchiveManifest.Read(folder.Path);
        for (int attempt = 1; ; attempt++)
        {
            ArchiveScan scan = make(manifest);
            scan.Run(cancellationToken);
            if (attempt == MostAttempts || !scan.Problems.Any(problem => problem.IsDamage))
            {
                return (scan, manifest);
            }

            var now = ChatKitArchiveManifest.Read(folder.Path);
            if (now.UpdatedAt == manifest.UpdatedAt)
            {
                return (scan, manifest);
            }

            manifest = now;
        }
    }

    private long SizeOf(string part)
    {
        FileInfo file = new(folder.PathOf(part));
        return file.Exists ? file.Length : 0;
    }

    private void Advance(long count, long size)
    {
        lock (_lock)
        {
            Advanced?.Invoke(count, size);
        }
    }

    private void Take(PartScan scan, int part)
    {
        foreach ((ParsedLine line, long offset, int length, string? sha256) in scan.Found)
        {
            ThreadLocation thread = Threads[line.Key];
            Threads.Place(thread, part, offset, length, line.ItemCount, line.Attachments);
            Found?.Invoke(line, thread, sha256);
        }

        // Whoever looks at the last part asks for its end, not for its lines.
        scan.Found.Clear();
        Problems.AddRange(scan.Problems);
        Last = scan;
    }

    /// <summary>
    /// Compares the parts that were there at first with those of the manifest. One that is gone by now was deleted by
    /// an erasure or an optimization that ended meanwhile.
    /// </summary>
    private void CompareNames(PartName[] parts)
    {
        string[] leftOver = ArchiveFolder.FindLeftOver(manifest, parts);
        IEnumerable<string> unknown = parts.Select(part => part.Text).Except(manifest.Parts.Select(part => part.Name));
        foreach (string name in unknown.Where(name => File.Exists(folder.PathOf(name))))
        {
            Problems.Add(leftOver.Contains(name)
                ? new(
                    ChatKitArchiveProblemKind.PartLeftOver,
                    "An erasure or an optimization is running or was cut off, and what was to go may still be in " +
                    "this part. If none is running, run it again.",
                    name)
                : new(ChatKitArchiveProblemKind.PartUnexpected, "The manifest does not know this part.", name));
        }
    }

    /// <summary>
    /// What the manifest counts is what is there, unless a part is open: then it counts what was there when the part
    /// was opened.
    /// </summary>
    private void CompareCounts()
    {
        bool isOpen = manifest.Parts.Any(part => part.IsOpen);
        if (isOpen && manifest.Complete)
        {
            AddMismatch("The manifest says that the archive is complete, and that a part of it is open.");
        }

        Compare("bytes", manifest.Parts.Sum(part => part.Bytes), manifest.Bytes);
        if (!isOpen)
        {
            Compare("threads", Threads.Count, manifest.Threads);
            if (!HeadsOnly)
            {
                Compare("items", Threads.Items, manifest.Items);
                Compare("attachments", Threads.Attachments, manifest.Attachments);
            }
        }

        foreach (string id in manifest.Gone.Where(id => !Threads[id].IsWritten))
        {
            Problems.Add(
                new(
                    ChatKitArchiveProblemKind.CountMismatch,
                    "The manifest says that the thread is gone from the server, and there is no such thread.",
                    threadId: id));
        }

        foreach (ChatKitArchiveErasedThread thread in manifest.Erased.Where(thread => Threads[thread.Id].IsWritten))
        {
            Problems.Add(
                new(
                    ChatKitArchiveProblemKind.CountMismatch,
                    "The manifest says that the thread was erased, and it is there.",
                    threadId: thread.Id));
        }

        if (manifest.Complete && (manifest.Failed.Count > 0 || manifest.Missing.Count > 0 || !manifest.Query.IsKnown))
        {
            AddMismatch("The manifest says that the archive is complete, and what it lacks.");
        }

        void Compare(string what, long found, long said)
        {
            if (found != said)
            {
                AddMismatch($"There are {found} {what}; the manifest says {said}.");
            }
        }

        void AddMismatch(string message) => Problems.Add(new(ChatKitArchiveProblemKind.CountMismatch, message));
    }
}
