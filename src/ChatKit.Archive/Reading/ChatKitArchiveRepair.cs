// Makes a manifest anew from the parts, where it was lost: for reading what is there, never as proof that it is all.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>Repairs archives whose manifest was lost or is damaged.</summary>
public static class ChatKitArchiveRepair
{
    internal const string OldName = ChatKitArchiveManifest.FileName + ".old";

    /// <summary>What a repaired manifest says of the address: it is not known any more.</summary>
    private static readonly Uri Unknown = new("https://unknown.invalid/");

    /// <summary>
    /// Reads the parts and writes a manifest of what is in them. The archive is never complete from then on, nothing
    /// more can be written to it, and copies of it say what is missing. A damaged manifest is kept as
    /// <c>manifest.json.old</c>.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading; then nothing was changed.</param>
    /// <returns>What there is, and what is wrong with it.</returns>
    /// <exception cref="ChatKitArchiveException">There are no parts; the archive has a sound manifest; or it cannot be
    /// read or written.</exception>
    public static ChatKitArchiveVerification Repair(
        string folder, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(folder))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveNotFound, $"There is no folder '{folder}'.");
        }

        ArchiveFolder files = new(folder);
        try
        {
            Check(files);
            using IDisposable @lock = files.Lock();
            Check(files);
            ChatKitArchiveManifest manifest = Make(files, cancellationToken);
            string file = files.PathOf(ChatKitArchiveManifest.FileName);
            if (File.Exists(file))
            {
                files.Replace(file, files.PathOf(OldName));
            }

            files.WriteManifest(manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnwritable,
                $"The archive '{folder}' cannot be repaired: {e.Message}",
                e);
        }

        return ChatKitArchiveVerifier.Verify(folder, progress, cancellationToken);
    }

    private static void Check(ArchiveFolder files)
    {
        bool isSound;
        try
        {
            isSound = ChatKitArchiveManifest.TryRead(files.Path) is not null;
        }
        catch (ChatKitArchiveException e) when (e.Kind == ChatKitArchiveErrorKind.ArchiveDamaged)
        {
            isSound = false;
        }

        if (isSound)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveNotRepaired,
                $"The archive '{files.Path}' has its manifest. What is damaged in its parts cannot be made good.");
        }

        FindParts(files);
    }

    /// <summary>
    /// The parts that have every place once. Of several generations the oldest that is whole: an old part goes only
    /// once another has taken its place, and is on the disk.
    /// </summary>
    private static List<PartName> FindParts(ArchiveFolder files)
    {
        ILookup<int, PartName> byFirst =
            files.FindParts().OrderBy(name => name.Generation).ToLookup(name => name.First);
        int last = byFirst.SelectMany(names => names).Select(name => name.Last).DefaultIfEmpty(1).Max();

        // From the end: from which places on there are parts for every place up to the last, and the first of them.
        Dictionary<int, PartName?> from = new() { [last + 1] = null };
        for (int place = last; place >= 1; place--)
        {
            if (byFirst[place].FirstOrDefault(name => from.ContainsKey(name.Last + 1)) is { } name)
            {
                from[place] = name;
            }
        }

        if (!from.TryGetValue(1, out PartName? next))
        {
            int missing = 1;
            while (byFirst[missing].Any())
            {
                missing = byFirst[missing].Max(name => name.Last) + 1;
            }

            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveNotRepaired,
                $"In '{files.Path}' there is no {PartName.New(missing).Text}.");
        }

        List<PartName> parts = [];
        while (next is not null)
        {
            parts.Add(next);
            next = from[next.Last + 1];
        }

        return parts;
    }

    /// <summary>A manifest of what is there; each line is good if its own hash is.</summary>
    private static ChatKitArchiveManifest Make(ArchiveFolder files, CancellationToken cancellationToken)
    {
        ChatKitArchiveManifest manifest = new(new(Unknown), ChatKitArchiveQuery.Unknown())
        {
            CreatedBy = "Repair-ChatKitArchive",
            StartedAt = DateTimeOffset.UtcNow,
        };
        ThreadLocations threads = new();
        int unsealed = 0;
        foreach (PartName name in FindParts(files))
        {
            ChatKitArchivePart part = new(name.Text, sha256: HashText.Empty);
            PartScan scan = new(files, part, isLast: false, ManifestJson.Newest);
            scan.Run(_ => { }, cancellationToken);
            foreach ((ParsedLine line, long offset, int length, _) in scan.Found)
            {
                threads.Place(
                    threads[line.Key], manifest.PartList.Count, offset, length, line.ItemCount, line.Attachments);
            }

            unsealed += scan.Problems.FindAll(
                problem => problem.Kind == ChatKitArchiveProblemKind.LineUnreadable).Count;
            (part.Bytes, part.Lines, part.Sha256) = (scan.BytesRead, scan.LinesRead, scan.Sha256);
            manifest.PartList.Add(part);
            manifest.Bytes += part.Bytes;
        }

        (manifest.Threads, manifest.Items, manifest.Attachments) = (threads.Count, threads.Items, threads.Attachments);
        manifest.MissingList.AddRange(Reasons(unsealed));
        return manifest;
    }

    private static IEnumerable<string> Reasons(int unsealed)
    {
        yield return "The manifest was lost and made anew from the parts: of which project and query the archive is, " +
            "which threads could not be fetched, which are gone, and whether parts are missing at the end is not " +
            "known.";
        if (unsealed > 0)
        {
            yield return $"{unsealed:N0} lines cannot be read, or are not as they were written.";
        }
    }
}
