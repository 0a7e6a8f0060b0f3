// One run of an export to an archive: what was written before is gone on with.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Archive;

/// <summary>Writes threads to an archive. A run that was ended at any moment is gone on with by another like it, and every thread is there once.</summary>
/// <param name="client">The connection; not closed.</param>
/// <param name="options">What to export, and where to.</param>
public sealed class ChatKitArchiveExport(ChatKitClient client, ChatKitArchiveExportOptions options) : ChatKitExport(client, options)
{
    internal const long UsualPartSize = 64 * 1024 * 1024;

    private long _newlyGone;

    /// <summary>The files; a test has its own.</summary>
    internal ArchiveFolder Folder { get; set; } = new(options.Folder);

    /// <summary>The size at which a part is closed, in bytes.</summary>
    internal long PartSize { get; set; } = UsualPartSize;

    /// <summary>Runs. A thread or a list that fails does not end it: <see cref="ChatKitExport.TryTakeFailure"/> has it, and the archive is not complete.</summary>
    /// <param name="exchanges">Is told of each attempt of each request, on whatever thread; may be null.</param>
    /// <param name="cancellationToken">Ends the run at once; the next goes on with what was written.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ChatKitArchiveException">The archive cannot be written, is damaged, or is of something else.</exception>
    /// <exception cref="ChatKitApiException">The connection is lost; what was written before stays.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ChatKitArchiveExportResult> RunAsync(IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        ChatKitArchiveManifest wanted = new(Options.Project, Options.Query) { CreatedBy = Product(), StartedAt = DateTimeOffset.UtcNow };

        // To read a large archive takes its time, and the caller may be a user interface.
        using ArchiveWriter archive = await Task.Run(() => ArchiveWriter.Open(Folder, wanted, PartSize, NoteRead, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (Options.Source is { } source)
        {
            ArchiveChecks.CheckIsOther(Folder, archive.Manifest, source);
        }

        if (archive.Manifest.Complete && !Options.Update && Options.Ids is null)
        {
            Count(progress => (progress.Skipped, progress.Total) = (archive.Threads.Count, archive.Threads.Count));
        }
        else
        {
            await WriteAsync(archive, exchanges, cancellationToken).ConfigureAwait(false);
        }

        Count(progress => progress.Stage = ChatKitArchiveExportStage.Ended);
        return new(archive.Manifest, Progress) { NewlyGone = _newlyGone, BytesCut = archive.BytesCut, Elapsed = clock.Elapsed };
    }

    private static string Product()
    {
        Assembly assembly = typeof(ChatKitArchiveExport).Assembly;
        return $"{assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product} {assembly.GetName().Version!.ToString(3)}";
    }

    private async Task WriteAsync(ArchiveWriter archive, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        // Ids of earlier runs that may yet be fetched are tried again; of a list, each run finds anew what fails.
        string[] again = Options.Ids is null ? [] : [.. archive.Failed.Values.Where(MayPass).Select(thread => thread.Id)];
        IdleThreads? idle = Options.SkipIdle is { } quiet && Options.Update
            ? new(archive, Before(quiet), new HashSet<string>(archive.Failed.Keys))
            : null;
        foreach (string id in archive.Failed.Keys.Except(again).ToArray())
        {
            archive.Failed.Remove(id);
        }

        ProjectWitness witness = new(Options.Source?.Manifest.Project, exchanges);
        Disappearance disappearance = new(Client, archive, Options, witness);
        ChatKitArchiveRun run = new(DateTimeOffset.UtcNow, Product(), Options.Query, Options.Update);
        if (Options.Source is not null)
        {
            witness.Check(archive.Manifest.Project);
            disappearance.CheckSource();
        }
        else
        {
            await disappearance.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        bool isWhole;
        try
        {
            IAsyncEnumerable<FetchedThread> threads =
                ReadAsync(archive.Threads, again, archive, idle, witness, cancellationToken);
            await foreach (FetchedThread thread in threads.ConfigureAwait(false))
            {
                Start();
                Take(archive, thread);
            }

            Start();
            isWhole = IsWhole;
            if (isWhole && Options.Ids is null && Options.Source is null)
            {
                // What an archive does not list may be on the server.
                isWhole = await NoteGoneAsync(archive, disappearance, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            TryFinish(archive);
            throw;
        }

        Note(archive.Run!);
        archive.Finish(isWhole && archive.Failed.Count == 0 && Progress.Failed == 0);

        // Nothing is written before the API has said whose threads these are, where it does.
        void Start()
        {
            witness.Check(archive.Manifest.Project);
            if (archive.Run is null)
            {
                if (Options.Source is { } source)
                {
                    archive.TakeOver(source, Options.Query);
                }

                archive.Start(run);
            }
        }
    }

    /// <summary>Marks what no list named and is not there by its id either.</summary>
    /// <returns>Whether the list had what is there.</returns>
    private async Task<bool> NoteGoneAsync(
        ArchiveWriter archive, Disappearance disappearance, CancellationToken cancellationToken)
    {
        List<string> gone = await disappearance.FindGoneAsync(cancellationToken).ConfigureAwait(false);
        gone.ForEach(id => archive.Gone.Add(id));
        _newlyGone += gone.Count;
        foreach ((string id, ChatKitApiException failure) in disappearance.Failed)
        {
            archive.Failed[id] = new(id, failure.Kind.ToString(), failure.Message);
            Fail(failure, id);
        }

        if (disappearance.Unlisted.Count == 0)
        {
            return true;
        }

        FailList(new ChatKitApiException(
            ChatKitErrorKind.InvalidResponse,
            "The list of threads lacks threads that are there by their ids, " +
            $"such as '{disappearance.Unlisted[0]}'. It may lack others."));
        return false;
    }

    private static DateTimeOffset Before(TimeSpan quiet)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return quiet < now - DateTimeOffset.MinValue ? now - quiet : DateTimeOffset.MinValue;
    }

    private static bool MayPass(ChatKitArchiveFailedThread thread) => thread.Kind is not (nameof(ChatKitErrorKind.NotFound) or nameof(ChatKitErrorKind.InvalidId));

    private void TryFinish(ArchiveWriter archive)
    {
        if (archive.Run is null)
        {
            return;
        }

        try
        {
            Note(archive.Run);
            archive.Finish(complete: false);
        }
        catch (ChatKitArchiveException)
        {
            // What ended the run is what is to be told.
        }
    }

    private void Note(ChatKitArchiveRun run)
    {
        ChatKitArchiveExportProgress now = Progress;
        run.Listed = now.Total ?? now.Done;
        run.Fetched = now.Written;
        run.Unchanged = now.Unchanged + now.Skipped;
        run.Idle = now.Idle;
        run.Failed = now.Failed;
        run.Gone = _newlyGone;
    }

    /// <summary>Deals with a thread whose turn it is. Called for one at a time.</summary>
    private void Take(ArchiveWriter archive, FetchedThread thread)
    {
        string id = thread.Id ?? "";
        bool isGone = thread.Outcome == FetchOutcome.NotThere && thread.Known.IsWritten;
        bool isFailed = thread.Outcome == FetchOutcome.Failed || (thread.Outcome == FetchOutcome.NotThere && !thread.IsListed && !isGone);
        archive.Failed.Remove(id);
        if (isFailed)
        {
            string kind = (thread.Failure as ChatKitApiException)?.Kind.ToString() ?? "";
            archive.Failed[id] = new(id, kind, thread.Failure!.Message);
            Fail(thread);
            return;
        }

        if (thread.Outcome == FetchOutcome.NotThere && Options.Source is not null)
        {
            // The archive that is read lacks it; that says nothing of the server.
            Count(progress => progress.NotThere++);
            return;
        }

        if (thread.Outcome == FetchOutcome.NotThere)
        {
            _newlyGone += isGone && archive.Gone.Add(id) ? 1 : 0;
            thread.Known.IsSeen = !isGone;
            Count(progress => progress.NotThere++);
            return;
        }

        if (Options.Source?.IsGone(id) == true)
        {
            archive.Gone.Add(id);
        }
        else
        {
            archive.Gone.Remove(id);
        }

        if (thread.Outcome == FetchOutcome.Idle)
        {
            Count(progress => progress.Idle++);
            return;
        }

        if (thread.Outcome == FetchOutcome.Unchanged || IsOlder(archive, thread))
        {
            Count(progress => progress.Unchanged++);
            return;
        }

        bool isUpdate = thread.Known.IsWritten;
        long length = archive.Append(thread);
        Count(progress =>
        {
            progress.Written++;
            progress.Updated += isUpdate ? 1 : 0;
            progress.Items += thread.Known.Items;
            progress.Attachments += thread.Known.Attachments;
            progress.Bytes += length;
        });
    }

    /// <summary>Whether the archive has the thread as it was captured later than where it is copied from.</summary>
    private bool IsOlder(ArchiveWriter archive, FetchedThread thread)
    {
        if (Options.Source is not { } source)
        {
            return false;
        }

        thread.CapturedAt = source.CapturedAt(thread.Id);
        if (!thread.Known.IsWritten)
        {
            return false;
        }

        ParsedLine last = LineFile.Parse(archive.ReadLine(thread.Known));
        return (last.CapturedAt ?? archive.Manifest.CapturedBefore) > thread.CapturedAt;
    }

    private void NoteRead(long read, long toRead) => Count(progress =>
    {
        progress.BytesRead += read;
        progress.BytesToRead = toRead;
    });
}
