// Which versions of its threads an archive has.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>Reads which versions of its threads an archive has.</summary>
public static class ChatKitArchiveHistory
{
    /// <summary>Reads every byte of an archive, and lists the versions of its threads.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ids">The threads whose versions are wanted; null for all.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns> The versions, those of a thread together and oldest first; the threads in the order of their first
    /// lines.
    /// </returns>
    /// <exception cref="ChatKitArchiveException">There is no archive, it is damaged, or it cannot be read.</exception>
    public static IReadOnlyList<ChatKitArchiveVersion> Read(
        string folder,
        IEnumerable<string>? ids = null,
        Action<long, long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        HashSet<string>? wanted = ids is null ? null : [.. ids];
        ArchiveFolder files = new(folder);
        List<List<ChatKitArchiveVersion>> threads = [];
        Dictionary<string, List<ChatKitArchiveVersion>> byId = [];
        (ArchiveScan scan, ChatKitArchiveManifest manifest) = ArchiveScan.Read(
            files,
            manifest =>
            {
                threads.Clear();
                byId.Clear();
                return new(files, manifest) { Advanced = progress, WithHashes = true, Found = Take };
            },
            cancellationToken);
        if (scan.Problems.FirstOrDefault(problem => problem.IsDamage) is { } damage)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged, $"The archive '{folder}' is damaged. {damage}");
        }

        HashSet<string> gone = [.. manifest.Gone];
        foreach (List<ChatKitArchiveVersion> versions in threads)
        {
            versions[versions.Count - 1].IsCurrent = true;
            versions.ForEach(version => version.IsGone = gone.Contains(version.Id));
        }

        return [.. threads.SelectMany(versions => versions)];

        void Take(ParsedLine line, ThreadLocation known, string? sha256)
        {
            if (wanted?.Contains(line.Id) == false)
            {
                return;
            }

            if (!byId.TryGetValue(line.Id, out List<ChatKitArchiveVersion>? versions))
            {
                byId.Add(line.Id, versions = []);
                threads.Add(versions);
            }

            versions.Add(new(line.Id, line.CapturedAt, line.ItemCount, known.Length, sha256!));
        }
    }
}
