// What an archive says of itself: what was asked for, of which project, and what there is.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ChatKit.Archive;

/// <summary>The manifest of an archive (<c>manifest.json</c>). It holds no key and nothing made of one.</summary>
public sealed class ChatKitArchiveManifest
{
    internal const string FileName = "manifest.json";

    internal ChatKitArchiveManifest(ChatKitArchiveProject project, ChatKitArchiveQuery query)
    {
        Project = project;
        Query = query;
    }

    /// <summary>The version of the format that the archive was read in.</summary>
    public int Version { get; internal set; } = ManifestJson.FirstSealed;

    /// <summary>
    /// The SHA-256 of the manifest's file, 64 lower-case hexadecimal digits: of this and of everything under its hashes
    /// there is one archive. Null before it is written.
    /// </summary>
    public string? Sha256 { get; internal set; }

    /// <summary>The product and version that made the archive.</summary>
    public string CreatedBy { get; internal set; } = "";

    /// <summary>The project that the threads are of.</summary>
    public ChatKitArchiveProject Project { get; }

    /// <summary>What was asked for.</summary>
    public ChatKitArchiveQuery Query { get; }

    /// <summary>When the first run began.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When the manifest was last written.</summary>
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>Whether the last run ended with everything that it was asked for.</summary>
    public bool Complete { get; internal set; }

    /// <summary>How many threads there are; a thread that is there in several versions counts once.</summary>
    public long Threads { get; internal set; }

    /// <summary>How many items the last versions of the threads have.</summary>
    public long Items { get; internal set; }

    /// <summary>How many attachments those items name. Their content is not in the archive.</summary>
    public long Attachments { get; internal set; }

    /// <summary>The size of the parts, in bytes.</summary>
    public long Bytes { get; internal set; }

    /// <summary>The files with the threads, in their order.</summary>
    public IReadOnlyList<ChatKitArchivePart> Parts => PartList;

    /// <summary>The threads that could not be fetched.</summary>
    public IReadOnlyList<ChatKitArchiveFailedThread> Failed => FailedList;

    /// <summary>The ids of threads that are in the archive, and not on the server any more.</summary>
    public IReadOnlyList<string> Gone => GoneList;

    /// <summary>
    /// What the archive lacks and no run over its connection can bring: what was missing where it was copied from, or
    /// what a lost manifest knew. While there is any, the archive is not complete.
    /// </summary>
    public IReadOnlyList<string> Missing => MissingList;

    /// <summary>The threads that were erased from the archive, and are not fetched again.</summary>
    public IReadOnlyList<ChatKitArchiveErasedThread> Erased => ErasedList;

    /// <summary>
    /// The moment since when the archive has every version of its threads: of those before, some were dropped that
    /// others had superseded. Null where none were.
    /// </summary>
    public DateTimeOffset? VersionsSince { get; internal set; }

    /// <summary>
    /// The runs that wrote the archive, in their order; of an archive of version 1 of the format, only those since it
    /// was first updated by a later version.
    /// </summary>
    public IReadOnlyList<ChatKitArchiveRun> Runs => RunList;

    /// <summary>
    /// When a line counts as captured that does not say so itself: when the run before version 2 of the format had
    /// ended.
    /// </summary>
    internal DateTimeOffset CapturedBefore => RunList.Count > 0 ? RunList[0].EndedAt ?? UpdatedAt : UpdatedAt;

    /// <summary>
    /// Whether the archive was complete at a moment: the last run that had begun by then had ended with everything. At
    /// a moment before it was copied from another, it is not known to have been: it has but the last versions. Nor is
    /// it at a moment of which versions were dropped.
    /// </summary>
    internal bool WasComplete(DateTimeOffset moment)
    {
        if (moment < VersionsSince)
        {
            return false;
        }

        int last = RunList.FindLastIndex(run => run.StartedAt <= moment);
        if (last < 0)
        {
            return RunList.Count == 0 && Complete && UpdatedAt <= moment;
        }

        // By a clock that was set back meanwhile, what an earlier run captured may be of a later moment.
        return RunList[last] is { Complete: true, Copied: false } &&
            RunList.Take(last + 1).All(run => (run.EndedAt ?? run.StartedAt) <= moment);
    }

    /// <summary>The place of the last part; 0 where there is none.</summary>
    internal int LastPlace => PartList.Count == 0 ? 0 : PartName.Of(PartList[PartList.Count - 1]).Last;

    /// <summary>
    /// Whether there is what version 2 of the format does not know: then the manifest is of version 3.
    /// </summary>
    internal bool IsOptimized =>
        VersionsSince is not null || PartList.Select(PartName.Of).Any(name => name.IsCompressed || name.IsMerged);

    internal List<string> MissingList { get; } = [];

    internal List<ChatKitArchiveRun> RunList { get; } = [];

    internal List<ChatKitArchivePart> PartList { get; } = [];

    internal List<ChatKitArchiveFailedThread> FailedList { get; } = [];

    internal List<ChatKitArchiveErasedThread> ErasedList { get; } = [];

    internal List<string> GoneList { get; } = [];

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="folder">The folder of the archive.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ChatKitArchiveException">There is none, or it cannot be read.</exception>
    public static ChatKitArchiveManifest Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveNotFound, $"There is no folder '{folder}'.");
        }

        return TryRead(folder) ?? throw new ChatKitArchiveException(
            ChatKitArchiveErrorKind.NotAnArchive, $"'{folder}' is no archive, since it has no {FileName}.");
    }

    /// <summary>Makes of version 1 of the format the present one: what was captured before has a time then.</summary>
    internal void Upgrade()
    {
        if (Version == 1)
        {
            RunList.Add(new(StartedAt, CreatedBy, Query, update: false) { EndedAt = UpdatedAt, Complete = Complete });
            Version = ManifestJson.FirstSealed;
        }
    }

    /// <summary>The manifest of a folder; null where it has none.</summary>
    internal static ChatKitArchiveManifest? TryRead(string folder)
    {
        try
        {
            return new ArchiveFolder(folder).ReadManifest() is { } json ? ManifestJson.Read(json) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnreadable,
                $"The {FileName} of '{folder}' cannot be read: {e.Message}",
                e);
        }
    }
}
