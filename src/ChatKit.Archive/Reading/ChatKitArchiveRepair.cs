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

        string[] parts = FindParts(files);
        for (int i = 0; i < parts.Length || i == 0; i++)
        {
            if (i >= parts.Length || !ArchiveFolder.IsPart(parts[i], i + 1))
            {
                throw new ChatKitArchiveException(
                    ChatKitArchiveErrorKind.ArchiveNotRepaired,
                    $"In '{files.Path}' there is no {ArchiveFolder.NameOfPart(i + 1)}.");
            }
        }
    }

    /// <summary>
    /// Of several generations of a part the oldest, which is whole: it goes only once another has taken its place.
    /// </summary>
    private static string[] FindParts(ArchiveFolder files) =>
        [.. files.FindParts().GroupBy(ArchiveFolder.NumberOf)
            .OrderBy(part => part.Key)
            .Select(part => part.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).First())];

    /// <summary>A manifest of what is there; each line is good if its own hash is.</summary>
    private static ChatKitArchiveManifest Make(ArchiveFolder files, CancellationToken cancellationToken)
    {
        ChatKitArchiveManifest manifest = new(new(Unknown), ChatKitArchiveQuery.Unknown())
        {
            CreatedBy = "Repair-ChatKitArchive",
            StartedAt = DateTimeOffset.UtcNow,
        };
        KnownThreads threads = new();
        int unsealed = 0;
        foreach (string name in FindParts(files))
        {
            ChatKitArchivePart part = new(name, sha256: HashText.Empty);
            PartScan scan = new(files, part, isLast: false, ManifestJson.Version);
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
            "which threads could not be fetched, which are gone, and whether parts are missing at the end is not known.";
        if (unsealed > 0)
        {
            yield return $"{unsealed:N0} lines cannot be read, or are not as they were written.";
        }
    }
}
