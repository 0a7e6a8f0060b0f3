// Reads an archive: which threads there are, and where each one's last line is; the lines stay on the disk.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>An archive to read. Safe for use by several threads at once; it keeps no file open.</summary>
public sealed class ChatKitArchiveIndex
{
    private readonly Lazy<Dictionary<string, ChatKitArchivedThread>> _byId;
    private readonly Lazy<HashSet<string>> _gone;
    private readonly bool _isDamaged;

    private ChatKitArchiveIndex(
        ArchiveFolder folder,
        ChatKitArchiveManifest manifest,
        DateTimeOffset? asOf,
        IReadOnlyList<ChatKitArchivedThread> threads,
        IReadOnlyList<ChatKitArchiveProblem> problems)
    {
        AsOf = asOf;
        _isDamaged = problems.Any(problem => problem.IsDamage);
        Complete = (asOf is { } moment ? manifest.WasComplete(moment) : manifest.Complete) &&
            !_isDamaged && manifest.Missing.Count == 0;
        Folder = folder;
        Manifest = manifest;
        Threads = threads;
        _byId = new(() => Threads.ToDictionary(thread => thread.Id));
        _gone = new(() => [.. manifest.Gone]);
        Problems = problems;
    }

    /// <summary>What the archive says of itself.</summary>
    public ChatKitArchiveManifest Manifest { get; }

    /// <summary>The moment as of which the archive is read; null for its last state.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>
    /// Whether the archive held everything that it was asked to, at the moment as of which it is read, and nothing of
    /// it is damaged.
    /// </summary>
    public bool Complete { get; }

    /// <summary>
    /// The threads, each once and as its last line has it, in the order of their first lines: newest first within a
    /// run, later runs after earlier ones.
    /// </summary>
    public IReadOnlyList<ChatKitArchivedThread> Threads { get; }

    /// <summary>
    /// What is not as it should be in the parts; only what is to be expected of an archive that is not complete, unless
    /// damage was to be passed over.
    /// </summary>
    public IReadOnlyList<ChatKitArchiveProblem> Problems { get; }

    /// <summary>Reads an archive from its first byte to its last, and notes where its threads are.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="skipDamage">Whether to pass over what is damaged, and to give what can be read.</param>
    /// <param name="asOf">A moment: threads are as they were captured by then, and those that were captured later are
    /// not there. Null for the last state.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The index.</returns>
    /// <exception cref="ChatKitArchiveException">
    /// There is no archive, or it cannot be read; or it is damaged, unless that is to be passed over.
    /// </exception>
    public static ChatKitArchiveIndex Open(
        string folder,
        bool skipDamage = false,
        DateTimeOffset? asOf = null,
        Action<long, long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArchiveFolder files = new(folder);
        List<ChatKitArchivedThread> threads = [];
        Dictionary<ThreadLocation, int> places = [];
        (ArchiveScan scan, ChatKitArchiveManifest manifest) = ArchiveScan.Read(files, Start, cancellationToken);
        return skipDamage || scan.Problems.FirstOrDefault(problem => problem.IsDamage) is not { } damage
            ? new(files, manifest, asOf, threads, scan.Problems)
            : throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged, $"The archive '{folder}' is damaged. {damage}");

        ArchiveScan Start(ChatKitArchiveManifest manifest)
        {
            threads.Clear();
            places.Clear();
            return new(files, manifest)
            {
                Advanced = progress,
                HeadsOnly = true,
                Found = (line, known, _) => Take(manifest, line, known),
            };
        }

        void Take(ChatKitArchiveManifest manifest, ParsedLine line, ThreadLocation known)
        {
            if ((line.CapturedAt ?? manifest.CapturedBefore) > asOf)
            {
                return;
            }

            ChatKitArchivedThread thread = new(
                line.Id, line.CreatedAt, line.User, line.CapturedAt, known.Part, known.Offset, known.Length);
            if (places.TryGetValue(known, out int place))
            {
                threads[place] = thread;
            }
            else
            {
                places.Add(known, threads.Count);
                threads.Add(thread);
            }
        }
    }

    /// <summary>Reads a thread with its items.</summary>
    /// <param name="thread">A thread of this index.</param>
    /// <returns>The thread, as the API sent it.</returns>
    /// <exception cref="ChatKitArchiveException">It cannot be read any more.</exception>
    public ChatKitArchiveLine Read(ChatKitArchivedThread thread)
    {
        if (thread is null)
        {
            throw new ArgumentNullException(nameof(thread));
        }

        byte[] line = LineFile.Read(Folder, Manifest.Parts[thread.Part], thread.Offset, thread.Length);
        return IsWhole(thread, line) ? ChatKitArchiveLine.Read(line, thread.Id) : throw LineFile.Changed();
    }

    /// <summary>
    /// Whether a line is as it was written. A line of version 1 has no hash, and what is damaged is read only by who
    /// asked for it.
    /// </summary>
    internal bool IsWhole(ChatKitArchivedThread thread, ReadOnlySpan<byte> line) =>
        thread.CapturedAt is null || _isDamaged || LineSeal.IsWhole(line);

    /// <summary>The files.</summary>
    internal ArchiveFolder Folder { get; }

    /// <summary>When the version of a thread that is read was captured, at the latest.</summary>
    internal DateTimeOffset CapturedAt(string id) =>
        _byId.Value.TryGetValue(id, out ChatKitArchivedThread? thread) && thread.CapturedAt is { } moment
            ? moment
            : Manifest.CapturedBefore;

    /// <summary>Whether this is the archive of a folder.</summary>
    internal bool IsIn(ArchiveFolder folder) => folder.FullPath == Folder.FullPath;

    /// <summary>Whether a thread is known to be gone from the server.</summary>
    internal bool IsGone(string id) => _gone.Value.Contains(id);

    /// <summary>
    /// What a copy lacks that was made from this and is to hold a query; empty where it lacks nothing.
    /// </summary>
    internal IReadOnlyList<string> MissingFor(ChatKitArchiveQuery query)
    {
        List<string> missing = [.. Manifest.Missing];
        if (!Complete)
        {
            missing.Add("The archive that this was made from was not complete.");
        }

        // Of a moment that a run had ended by with everything, a later run takes nothing away.
        IEnumerable<ChatKitArchiveFailedThread> failed = AsOf is not null && Complete ? [] : Manifest.Failed;
        missing.AddRange(failed.Select(thread => $"Thread '{thread.Id}' could not be fetched: {thread.Reason}"));
        missing.AddRange(
            Problems.Where(problem => problem.IsDamage).Select(
                problem => $"The archive that this was made from was damaged. {problem}"));
        if (Manifest.Query.Users is { } users && query.Users is { } wanted)
        {
            missing.AddRange(
                wanted.Except(users).Select(
                    user => $"The archive that this was made from has not the threads of user '{user}'."));
        }

        return [.. missing.Select(reason => PrintableText.Excerpt(reason, 300)).Distinct()];
    }
}
