// Makes an archive smaller: drops superseded versions, merges small parts, and compresses. A kill leaves the old or the
// new.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// A compaction: what it would do is known before it does. Nobody else can write the archive until it is disposed.
/// </summary>
public sealed class ChatKitArchiveCompaction : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly SharedLock _lock;
    private readonly ChatKitArchiveManifest _manifest;
    private readonly ArchiveScan _scan;
    private readonly Action<long, long>? _progress;
    private readonly long _partSize;
    private readonly bool _compress;
    private readonly ILookup<int, VersionHistory.Line> _dropped;
    private readonly DateTimeOffset? _since;
    private readonly long[] _text;
    private readonly List<Group> _groups;
    private readonly long _scanned;

    private ChatKitArchiveCompaction(
        ArchiveFolder folder,
        IDisposable @lock,
        ArchiveScan scan,
        ChatKitArchiveManifest manifest,
        VersionHistory history,
        ChatKitArchiveCompactionOptions options,
        Action<long, long>? progress)
    {
        (_folder, _lock, _scan, _manifest, _progress) = (folder, new(@lock), scan, manifest, progress);
        (_partSize, _compress) = (options.PartSize, options.Compress);
        (List<VersionHistory.Line> lines, _since) =
            options.KeepVersions ? ([], null) : history.SupersededBefore(options.Before);
        _dropped = lines.ToLookup(line => line.Part);
        VersionsToDrop = lines.Count;
        BytesToDrop = lines.Sum(line => line.Length);
        _text = history.TextOf(manifest.Parts.Count);
        _groups = [.. GroupsOf()];
        LeftOver = folder.FindLeftOver(manifest);
        (PartsBefore, BytesBefore) = (manifest.Parts.Count, manifest.Bytes);
        PartsToMerge = _groups.Where(group => group.Parts.Count > 1).Sum(group => group.Parts.Count);
        PartsToCompress = _groups.Where(group => group.IsWritten).SelectMany(group => group.Parts)
            .Count(part => _compress && !IsCompressed(manifest.Parts[part]) && !manifest.Parts[part].IsOpen);
        _scanned = folder.FindParts().Sum(part => new FileInfo(folder.PathOf(part.Text)).Length);
    }

    /// <summary>How many versions of threads it drops, which others have superseded.</summary>
    public long VersionsToDrop { get; }

    /// <summary>The size of their lines in bytes, before any compression.</summary>
    public long BytesToDrop { get; }

    /// <summary>How many parts it merges with others.</summary>
    public int PartsToMerge { get; }

    /// <summary>How many parts it compresses that are not.</summary>
    public int PartsToCompress { get; }

    /// <summary>How many parts there were.</summary>
    public int PartsBefore { get; }

    /// <summary>The size of the parts that there were, in bytes.</summary>
    public long BytesBefore { get; }

    /// <summary>How many parts there are, or will be.</summary>
    public int PartsAfter => _groups.Count;

    /// <summary>The size of the parts in bytes: of those that there were, until it has been run.</summary>
    public long BytesAfter => _manifest.Bytes;

    /// <summary>The files that a run left which was cut off: they are deleted.</summary>
    public IReadOnlyList<string> LeftOver { get; }

    /// <summary>Whether parts are written anew; else nothing is written at all.</summary>
    public bool IsNeeded => _groups.Any(group => group.IsWritten);

    /// <summary>The archive, as its manifest has it now.</summary>
    public ChatKitArchiveManifest Manifest => _manifest;

    /// <summary>Reads an archive, and finds what can be made smaller. Nothing is changed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What is to be done; null for the defaults.</param>
    /// <param name="progress">Is told how many bytes more have been read, and how many there are, by one thread at a
    /// time; may be null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The compaction, which holds the archive's lock.</returns>
    /// <exception cref="ChatKitArchiveException">There is no archive; it is damaged; somebody else is writing it; or it
    /// cannot be read or written.</exception>
    public static ChatKitArchiveCompaction Open(
        string folder,
        ChatKitArchiveCompactionOptions? options = null,
        Action<long, long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Open(new ArchiveFolder(folder), options ?? new(), progress, cancellationToken);

    internal static ChatKitArchiveCompaction Open(
        ArchiveFolder folder,
        ChatKitArchiveCompactionOptions options,
        Action<long, long>? progress,
        CancellationToken cancellationToken)
    {
        // Before the lock makes a file.
        ChatKitArchiveManifest.Read(folder.Path);
        IDisposable? @lock = null;
        try
        {
            @lock = folder.Lock();
            var manifest = ChatKitArchiveManifest.Read(folder.Path);
            VersionHistory history = new();
            ArchiveScan scan = new(folder, manifest)
            {
                Advanced = progress,
                Found = (line, known, _) => history.Add(known, line.CapturedAt ?? manifest.CapturedBefore),
            };
            scan.Run(cancellationToken);
            ArchiveChecks.CheckIsSound(folder, scan);
            return new(folder, @lock, scan, manifest, history, options, progress);
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
    /// Writes the parts anew that can be smaller, as many at a time as there are processors; puts a manifest in the
    /// place of the old one that names the new parts; and deletes the old ones.
    /// </summary>
    /// <param name="cancellationToken">Ends the writing; then the archive is as it was. Once the manifest has been
    /// replaced, it is not heeded.</param>
    /// <exception cref="ChatKitArchiveException">
    /// The archive cannot be written. It is as it was, or parts are left over, which the next run deletes.
    /// </exception>
    public void Run(CancellationToken cancellationToken = default)
    {
        using IDisposable locked = _lock.Use();
        PartReplacement replacement = new(_folder, _manifest);
        try
        {
            _folder.DeleteLeftOver(_manifest);
            if (!IsNeeded)
            {
                return;
            }

            _manifest.Upgrade();
            long toWrite = _scanned +
                _groups.Where(group => group.IsWritten).SelectMany(group => group.Parts).Sum(part => _text[part]);
            object telling = new();
            ChatKitArchivePart[] parts =
                [.. Partitioner.Create(_groups, EnumerablePartitionerOptions.NoBuffering)
                    .AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(Write)];
            cancellationToken.ThrowIfCancellationRequested();
            replacement.Commit(parts, Note);

            ChatKitArchivePart Write(Group group) => !group.IsWritten
                ? _manifest.Parts[group.Parts[0]]
                : replacement.Write(
                    [.. group.Parts.Select(Old)],
                    NameOf(group),
                    count => Advance(count, toWrite, telling),
                    cancellationToken);
        }
        catch (Exception e)
        {
            bool isReplaced = replacement.TakeBack();
            Exception cause = FirstFailure.Of(e);
            if (cause is OperationCanceledException)
            {
                throw new OperationCanceledException(cause.Message, cause, cancellationToken);
            }

            if (cause is IOException or UnauthorizedAccessException)
            {
                throw isReplaced ? NotDeleted(cause) : Unwritable(_folder, cause);
            }

            throw;
        }
    }

    /// <summary>Lets others write the archive, once a run that goes on has ended.</summary>
    public void Dispose() => _lock.Dispose();

    private static ChatKitArchiveException Unwritable(ArchiveFolder folder, Exception e) =>
        new(
            ChatKitArchiveErrorKind.ArchiveUnwritable,
            $"The archive '{folder.Path}' cannot be written, and is as it was: {e.Message}",
            e);

    private ChatKitArchiveException NotDeleted(Exception e) =>
        new(
            ChatKitArchiveErrorKind.ArchiveUnwritable,
            $"The archive '{_folder.Path}' is optimized, but a file that it does not need any more may still be " +
            "there: " +
            $"{e.Message} Run it again.",
            e);

    private static bool IsCompressed(ChatKitArchivePart part) => PartName.Of(part).IsCompressed;

    /// <summary>
    /// The parts that follow each other and have room in one, each group in its order. An open part stays by itself,
    /// since a run may yet append to it.
    /// </summary>
    private IEnumerable<Group> GroupsOf()
    {
        Group? group = null;
        for (int i = 0; i < _manifest.Parts.Count; i++)
        {
            ChatKitArchivePart part = _manifest.Parts[i];
            long text = _text[i] - _dropped[i].Sum(line => line.Length);
            bool isCompressed = !part.IsOpen && (_compress || IsCompressed(part));
            bool isWritten = _dropped[i].Any() || part.Sha256 is null ||
                (isCompressed && _compress && !part.IsIndexed);
            if (group is null || part.IsOpen || group.IsCompressed != isCompressed || group.Text + text > _partSize)
            {
                if (group is not null)
                {
                    yield return group;
                }

                group = new(isCompressed);
            }

            group.Parts.Add(i);
            group.Text += text;
            group.IsWritten |= isWritten || group.Parts.Count > 1;
        }

        if (group is not null)
        {
            yield return group;
        }
    }

    private OldPart Old(int part) =>
        OldPart.Of(_scan, _manifest.Parts[part], _dropped[part].Select(line => line.Offset));

    private PartName NameOf(Group group)
    {
        PartName[] names = [.. group.Parts.Select(part => PartName.Of(_manifest.Parts[part]))];
        return names[0].Next(names[names.Length - 1], names.Max(name => name.Generation), group.IsCompressed);
    }

    private void Note()
    {
        _manifest.Threads = _scan.Threads.Count;
        _manifest.Items = _scan.Threads.Items;
        _manifest.Attachments = _scan.Threads.Attachments;
        if (_since is { } since && !(_manifest.VersionsSince > since))
        {
            _manifest.VersionsSince = since;
        }
    }

    private void Advance(long count, long toWrite, object telling)
    {
        lock (telling)
        {
            _progress?.Invoke(count, toWrite);
        }
    }

    /// <summary>Parts that become one.</summary>
    private sealed class Group(bool isCompressed)
    {
        public List<int> Parts { get; } = [];

        public bool IsCompressed { get; } = isCompressed;

        /// <summary>How many bytes of text it has.</summary>
        public long Text { get; set; }

        public bool IsWritten { get; set; }
    }
}
