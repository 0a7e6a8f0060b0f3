// Writes an archive: opens or makes it, appends threads, and keeps the manifest true at every moment.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// An archive that is being written, by this process alone. One thread at a time writes; <see cref="ReadLine"/> is free
/// to all.
/// </summary>
internal sealed class ArchiveWriter : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly IDisposable _lock;
    private readonly long _partSize;
    private readonly SortedDictionary<string, ChatKitArchiveFailedThread> _failed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _gone = new(StringComparer.Ordinal);
    private readonly (long Length, long Lines) _end;
    private PartWriter? _part;
    private bool _isBroken;

    private ArchiveWriter(
        ArchiveFolder folder, IDisposable @lock, long partSize, ChatKitArchiveManifest manifest, ArchiveScan scan)
    {
        _folder = folder;
        _lock = @lock;
        _partSize = partSize;
        Manifest = manifest;
        Threads = scan.Threads;
        BytesCut = scan.Last?.Torn ?? 0;
        _end = (scan.Last?.Length ?? 0, scan.Last?.Lines ?? 0);
        _gone.UnionWith(manifest.Gone);
        foreach (ChatKitArchiveFailedThread thread in manifest.Failed)
        {
            _failed[thread.Id] = thread;
        }

        foreach (ChatKitArchiveErasedThread thread in manifest.Erased)
        {
            Threads[thread.Id].IsErased = true;
        }
    }

    public ChatKitArchiveManifest Manifest { get; }

    /// <summary>What this run does; null before it started.</summary>
    public ChatKitArchiveRun? Run { get; private set; }

    public ThreadLocations Threads { get; }

    /// <summary>How many bytes of a run that was cut off were no whole line, and are dropped.</summary>
    public long BytesCut { get; }

    /// <summary>The threads that could not be fetched, by id.</summary>
    public IDictionary<string, ChatKitArchiveFailedThread> Failed => _failed;

    /// <summary>The ids of threads that are in the archive and not on the server.</summary>
    public ISet<string> Gone => _gone;

    /// <summary>Opens an archive to write, or makes one.</summary>
    /// <param name="folder">The folder, which is made where it is not there.</param>
    /// <param name="wanted">A manifest with the project and the query that it is to have.</param>
    /// <param name="partSize">The size at which a part is closed, in bytes.</param>
    /// <param name="advanced">
    /// Is told how many bytes more of what is there have been read, and how many there are; may be null.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be written. Nothing has been changed.</exception>
    public static ArchiveWriter Open(
        ArchiveFolder folder,
        ChatKitArchiveManifest wanted,
        long partSize,
        Action<long, long>? advanced,
        CancellationToken cancellationToken)
    {
        IDisposable? @lock = null;
        try
        {
            // Before the lock makes a file, and again when nobody else can change what was found.
            folder.Create();
            ArchiveChecks.ReadOurs(folder);
            @lock = folder.Lock();
            ChatKitArchiveManifest? manifest = ArchiveChecks.ReadOurs(folder);
            if (manifest is null)
            {
                manifest = wanted;
                folder.WriteManifest(manifest);
            }
            else
            {
                ArchiveChecks.CheckIsSame(folder, manifest, wanted);
            }

            ArchiveScan scan = new(folder, manifest) { Advanced = advanced };
            scan.Run(cancellationToken);
            ArchiveChecks.CheckIsSound(folder, scan);
            folder.DeleteLeftOver(manifest);
            return new ArchiveWriter(folder, @lock, partSize, manifest, scan);
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

    /// <summary>Takes over what an archive that is copied says of itself: its runs, and what it lacks.</summary>
    public void TakeOver(ChatKitArchiveIndex source, ChatKitArchiveQuery query)
    {
        if (Manifest.RunList.Count == 0)
        {
            Manifest.RunList.AddRange(
                source.Manifest.Runs.Where(run => !(run.StartedAt > source.AsOf)).Select(run => run.ToCopied()));
        }

        // What this archive has is erased only by who erases it here.
        foreach (ChatKitArchiveErasedThread thread in source.Manifest.Erased)
        {
            ThreadLocation known = Threads[thread.Id];
            if (!known.IsWritten && !known.IsErased)
            {
                known.IsErased = true;
                Manifest.ErasedList.Add(thread);
            }
        }

        Manifest.MissingList.AddRange(source.MissingFor(query).Except(Manifest.MissingList).ToArray());
    }

    /// <summary>
    /// Notes the run, marks the archive as not complete, and puts right the end of a run that was cut off.
    /// </summary>
    /// <param name="run">The run.</param>
    public void Start(ChatKitArchiveRun run) => Write(() =>
    {
        Manifest.Upgrade();
        Manifest.RunList.Add(Run = run);
        if (Manifest.PartList.LastOrDefault() is { IsOpen: true } open)
        {
            _part = new PartWriter(_folder, open, _end.Length, _end.Lines);
        }

        SaveManifest(complete: false);
    });

    /// <summary>Appends a thread.</summary>
    /// <returns>The length of its line, with its line feed, in bytes.</returns>
    public long Append(FetchedThread thread)
    {
        long length = 0;
        Write(() =>
        {
            _part ??= OpenPart();
            long offset = _part.Length;
            length = _part.WriteLine(thread);
            Threads.Place(
                thread.Known,
                Manifest.PartList.Count - 1,
                offset,
                (int)length,
                thread.Pages.Sum(page => page.Count),
                thread.Pages.Sum(page => page.Attachments));
            if (_part.Length >= _partSize)
            {
                ClosePart();
                SaveManifest(complete: false);
            }
        });
        return length + 1;
    }

    /// <summary>How many threads the archive has that are not known to be gone.</summary>
    public long Present => Threads.Count - _gone.Count;

    /// <summary>Closes the last part, and says whether the archive is complete.</summary>
    public void Finish(bool complete)
    {
        if (_isBroken)
        {
            return;
        }

        Write(() =>
        {
            ClosePart();
            Run!.EndedAt = DateTimeOffset.UtcNow;
            Run.Complete = complete && Manifest.Missing.Count == 0;
            SaveManifest(Run.Complete);
        });
    }

    /// <summary>Reads the last line of a thread.</summary>
    /// <exception cref="ChatKitArchiveException">It cannot be read.</exception>
    public byte[] ReadLine(ThreadLocation thread) =>
        LineFile.Read(_folder, Manifest.Parts[thread.Part], thread.Offset, thread.Length);

    public void Dispose()
    {
        _part?.Dispose();
        _lock.Dispose();
    }

    private static ChatKitArchiveException Unwritable(ArchiveFolder folder, Exception e) =>
        new(
            ChatKitArchiveErrorKind.ArchiveUnwritable,
            $"The archive '{folder.Path}' cannot be written: {e.Message}",
            e);

    /// <summary>
    /// Opens the last part where there is room in it, else a new one. The manifest says so before anything is written
    /// to it, and keeps the hash of what is there.
    /// </summary>
    private PartWriter OpenPart()
    {
        ChatKitArchivePart? part = Manifest.PartList.LastOrDefault();
        bool isNew = part is null || part.Bytes >= _partSize || PartName.Of(part).IsCompressed;
        if (isNew)
        {
            part = new(PartName.New(Manifest.LastPlace + 1).Text, sha256: HashText.Empty) { IsOpen = true };
            Manifest.PartList.Add(part);
            SaveManifest(complete: false);
        }

        PartWriter writer = new(_folder, part!, part!.Bytes, part.Lines);
        try
        {
            if (isNew)
            {
                _folder.FlushFolder();
            }
            else
            {
                SaveManifest(complete: false);
            }

            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private void ClosePart()
    {
        _part?.Close();
        _part?.Dispose();
        _part = null;
    }

    private void SaveManifest(bool complete)
    {
        Manifest.Complete = complete;
        Manifest.Threads = Threads.Count;
        Manifest.Items = Threads.Items;
        Manifest.Attachments = Threads.Attachments;
        Manifest.Bytes = Manifest.Parts.Sum(part => part.Bytes);
        Manifest.FailedList.Clear();
        Manifest.FailedList.AddRange(_failed.Values);
        Manifest.GoneList.Clear();
        Manifest.GoneList.AddRange(_gone);
        _folder.WriteManifest(Manifest);
    }

    /// <summary>A failure to write ends the run; the next one resumes from what is on the disk.</summary>
    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e)
        {
            _isBroken = true;
            _part?.Truncate();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(_folder, e);
            }

            throw;
        }
    }
}
