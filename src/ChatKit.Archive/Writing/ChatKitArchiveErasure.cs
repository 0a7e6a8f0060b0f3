// Erases threads from an archive, every version of them, so that a kill at any moment leaves the old archive or the
// new.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// An erasure: what it would erase is known before it does. Nobody else can write the archive until it is disposed.
/// </summary>
public sealed class ChatKitArchiveErasure : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly SharedLock _lock;
    private readonly ChatKitArchiveManifest _manifest;
    private readonly ArchiveScan _scan;
    private readonly List<Line> _lines;
    private readonly HashSet<string> _wanted;

    private readonly PartReplacement _replacement;

    private ChatKitArchiveErasure(
        ArchiveFolder folder,
        IDisposable @lock,
        ChatKitArchiveManifest manifest,
        ArchiveScan scan,
        List<Line> lines,
        IEnumerable<string> ids,
        IEnumerable<string> users)
    {
        (_folder, _lock, _manifest, _scan) = (folder, new(@lock), manifest, scan);
        _replacement = new(folder, manifest);
        HashSet<string> owners = [.. users];
        HashSet<string> named = [.. ids];
        HashSet<string> mentioned = [.. manifest.Failed.Select(thread => thread.Id).Concat(manifest.Gone)];
        HashSet<string> tombstones = [.. manifest.Erased.Select(thread => thread.Id)];
        HashSet<string> found =
            [.. lines.Where(line => line.User is not null && owners.Contains(line.User)).Select(line => line.Id)];
        UnknownUsers = [.. owners.Except(lines.Select(line => line.User).OfType<string>())];
        found.UnionWith(lines.Select(line => line.Id).Concat(mentioned).Where(named.Contains));
        _lines = [.. lines.Where(line => found.Contains(line.Id))];
        AlreadyErased = [.. named.Where(id => !found.Contains(id) && tombstones.Contains(id))];
        UnknownIds = [.. named.Where(id => !found.Contains(id) && !tombstones.Contains(id))];
        ILookup<string, Line> byId = _lines.ToLookup(line => line.Id);
        Threads = [.. found.Select(id => new ChatKitArchiveErasedVersions(
            id,
            byId[id].Count(),
            byId[id].Sum(line => (long)line.Items),
            byId[id].Sum(line => line.Length + 1L)))];
        LeftOver = folder.FindLeftOver(manifest);
        _wanted = [.. found, .. AlreadyErased];
    }

    /// <summary>The threads to erase, with what the archive has of each.</summary>
    public IReadOnlyList<ChatKitArchiveErasedVersions> Threads { get; }

    /// <summary>The ids that were given, and that the archive does not know.</summary>
    public IReadOnlyList<string> UnknownIds { get; }

    /// <summary>The ids that were given, and that were erased before.</summary>
    public IReadOnlyList<string> AlreadyErased { get; }

    /// <summary>The users who were given, and have no thread in any version.</summary>
    public IReadOnlyList<string> UnknownUsers { get; }

    /// <summary>The files that an erasure left which was cut off: they are deleted, whatever is erased.</summary>
    public IReadOnlyList<string> LeftOver { get; }

    /// <summary>
    /// Whether the archive ends in what a run wrote that was cut off. It may be of any thread, so it is erased, too.
    /// </summary>
    public bool HasTornEnd => _scan.Last?.Torn > 0;

    /// <summary>Reads an archive, and finds what is to be erased. Nothing is changed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ids">The threads.</param>
    /// <param name="users">The users whose threads are meant: all that were theirs in any version.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The erasure, which holds the archive's lock.</returns>
    /// <exception cref="ChatKitArchiveException">There is no archive; it is damaged; somebody else is writing it; or it
    /// cannot be read or written.</exception>
    public static ChatKitArchiveErasure Open(
        string folder,
        IEnumerable<string> ids,
        IEnumerable<string> users,
        Action<long, long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Open(new ArchiveFolder(folder), ids, users, progress, cancellationToken);

    internal static ChatKitArchiveErasure Open(
        ArchiveFolder folder,
        IEnumerable<string> ids,
        IEnumerable<string> users,
        Action<long, long>? progress,
        CancellationToken cancellationToken)
    {
        // Before the lock makes a file.
        ChatKitArchiveManifest.Read(folder.Path);
        IDisposable? @lock = null;
        try
        {
            @lock = folder.Lock();
            ChatKitArchiveManifest manifest = ChatKitArchiveManifest.Read(folder.Path);
            List<Line> lines = [];
            ArchiveScan scan = new(folder, manifest)
            {
                Advanced = progress,
                Found = (line, known, _) => lines.Add(
                    new(line.Id, line.User, known.Part, known.Offset, known.Length, line.ItemCount)),
            };
            scan.Run(cancellationToken);
            ArchiveChecks.CheckIsSound(folder, scan);
            return new(folder, @lock, manifest, scan, lines, ids, users);
        }
        catch (Exception e)
        {
            @lock?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(folder, e);
            }

            throw;
        }
    }

    /// <summary>
    /// Erases: writes the parts that hold the threads anew without them, puts a manifest in the place of the old one
    /// that names the new parts, and deletes the old ones.
    /// </summary>
    /// <param name="tombstones">
    /// Whether the manifest is to say which threads were erased, so that no export fetches them again.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the writing; then nothing is erased. Once the manifest has been replaced, it is not heeded.
    /// </param>
    /// <returns>When the threads were erased.</returns>
    /// <exception cref="ChatKitArchiveException">The archive cannot be written. Either nothing was erased, or parts are
    /// left over, which the next erasure deletes.</exception>
    public DateTimeOffset Erase(bool tombstones = true, CancellationToken cancellationToken = default)
    {
        using IDisposable locked = _lock.Use();
        try
        {
            // First, since they may name any thread, and a run that is cut off later has done it.
            _folder.DeleteLeftOver(_manifest);
            _folder.DeleteOtherManifests();
            DateTimeOffset now = DateTimeOffset.UtcNow;
            if (_wanted.Count > 0 || HasTornEnd)
            {
                _manifest.Upgrade();
                ILookup<int, Line> byPart = _lines.ToLookup(line => line.Part);
                List<ChatKitArchivePart> parts = [];
                foreach (ChatKitArchivePart part in _manifest.Parts)
                {
                    bool isTorn = part.IsOpen && (_scan.Last!.Torn > 0 || part.Sha256 is null);
                    bool isTouched = isTorn || byPart[parts.Count].Any();
                    parts.Add(isTouched ? Rewrite(part, byPart[parts.Count], cancellationToken) : part);
                }

                cancellationToken.ThrowIfCancellationRequested();
                _replacement.Commit(parts, () => Forget(now, tombstones));
            }

            return now;
        }
        catch (Exception e)
        {
            bool isReplaced = _replacement.TakeBack();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw isReplaced ? NotDeleted(e) : Unwritable(_folder, e);
            }

            throw;
        }
    }

    /// <summary>Lets others write the archive, once a run that goes on has ended.</summary>
    public void Dispose() => _lock.Dispose();

    private static ChatKitArchiveException Unwritable(ArchiveFolder folder, Exception e) =>
        new(
            ChatKitArchiveErrorKind.ArchiveUnwritable,
            $"The archive '{folder.Path}' cannot be written, and nothing counts as erased: {e.Message}",
            e);

    private ChatKitArchiveException NotDeleted(Exception e) =>
        new(
            ChatKitArchiveErrorKind.ArchiveUnwritable,
            $"The archive '{_folder.Path}' does not name the threads any more, but a file that has them may still be " +
            $"there: {e.Message} Run it again.",
            e);

    /// <summary>Writes the lines of a part that are to stay to its next generation.</summary>
    private ChatKitArchivePart Rewrite(
        ChatKitArchivePart part, IEnumerable<Line> erased, CancellationToken cancellationToken)
    {
        var name = PartName.Of(part);
        return _replacement.Write(
            [OldPart.Of(_scan, part, erased.Select(line => line.Offset))],
            name.Next(name, name.Generation, name.IsCompressed),
            _ => { },
            cancellationToken);
    }

    /// <summary>Takes the threads out of all that the manifest says.</summary>
    private void Forget(DateTimeOffset now, bool tombstones)
    {
        ThreadLocation[] known =
            [.. Threads.Select(thread => _scan.Threads[thread.Id]).Where(thread => thread.IsWritten)];
        _manifest.Threads = _scan.Threads.Count - known.Length;
        _manifest.Items = _scan.Threads.Items - known.Sum(thread => (long)thread.Items);
        _manifest.Attachments = _scan.Threads.Attachments - known.Sum(thread => (long)thread.Attachments);
        _manifest.FailedList.RemoveAll(thread => _wanted.Contains(thread.Id));
        _manifest.GoneList.RemoveAll(_wanted.Contains);
        foreach (string id in _wanted)
        {
            // One id may be the beginning of another.
            Lazy<Regex> mention = new(() =>
                new($"(?<![A-Za-z0-9_-]){Regex.Escape(id)}(?![A-Za-z0-9_-])", RegexOptions.CultureInvariant));
            string Without(string text) =>
                text.IndexOf(id, StringComparison.Ordinal) < 0 ? text : mention.Value.Replace(text, "(erased)");
            for (int i = 0; i < _manifest.MissingList.Count; i++)
            {
                _manifest.MissingList[i] = Without(_manifest.MissingList[i]);
            }

            for (int i = 0; i < _manifest.FailedList.Count; i++)
            {
                ChatKitArchiveFailedThread failed = _manifest.FailedList[i];
                _manifest.FailedList[i] = new(failed.Id, failed.Kind, Without(failed.Reason));
            }
        }

        if (!tombstones)
        {
            _manifest.ErasedList.RemoveAll(thread => _wanted.Contains(thread.Id));
            return;
        }

        HashSet<string> before = [.. _manifest.Erased.Select(thread => thread.Id)];
        _manifest.ErasedList.AddRange(
            Threads.Where(thread => !before.Contains(thread.Id))
                .Select(thread => new ChatKitArchiveErasedThread(thread.Id, now)));
    }

    /// <summary>A line of a part: whose it is, and where.</summary>
    private sealed class Line(string id, string? user, int part, long offset, int length, int items)
    {
        public string Id { get; } = id;

        public string? User { get; } = user;

        public int Part { get; } = part;

        public long Offset { get; } = offset;

        public int Length { get; } = length;

        public int Items { get; } = items;
    }
}
