// One run of an export to an archive. It resumes what an earlier run began.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Archive;

/// <summary>
/// Writes threads to an archive. A run that was ended at any moment is resumed by the next with the same options, and
/// every thread is there once.
/// </summary>
/// <param name="client">The connection; not closed.</param>
/// <param name="options">What to export, and where to.</param>
public sealed class ChatKitArchiveExport(
    ChatKitClient client, ChatKitArchiveExportOptions options) : ChatKitExport(client, options)
{
    internal const long UsualPartSize = 64 * 1024 * 1024;

    private long _newlyGone;

    /// <summary>The files; a test has its own.</summary>
    internal ArchiveFolder Folder { get; set; } = new(options.Folder);

    /// <summary>The size at which a part is closed, in bytes.</summary>
    internal long PartSize { get; set; } = UsualPartSize;

    /// <summary>
    /// Runs. A thread or a list that fails does not end it: <see cref="ChatKitExport.TryTakeFailure"/> has it, and the
    /// archive is not complete.
    /// </summary>
    /// <param name="exchanges">Is told of each attempt of each request, on whatever thread; may be null.</param>
    /// <param name="cancellationToken">Ends the run at once; the next resumes it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ChatKitArchiveException">
    /// The archive cannot be written, is damaged, or is of something else.
    /// </exception>
    /// <exception cref="ChatKitApiException">The connection is lost; what was written before stays.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ChatKitArchiveExportResult> RunAsync(
        IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        ChatKitArchiveManifest wanted =
            new(Options.Project, Options.Query) { CreatedBy = Product(), StartedAt = DateTimeOffset.UtcNow };

        // To read a large archive takes its time, and the caller may be a user interface.
        using ArchiveWriter archive = await Task.Run(
            () => ArchiveWriter.Open(Folder, wanted, PartSize, NoteRead, cancellationToken),
            cancellationToken).ConfigureAwait(false);
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
        return new(archive.Manifest, Progress)
        {
            NewlyGone = _newlyGone, BytesCut = archive.BytesCut, Elapsed = clock.Elapsed,
        };
    }

    private static string Product()
    {
        Assembly assembly = typeof(ChatKitArchiveExport).Assembly;
        return $"{assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product} " +
            $"{assembly.GetName().Version!.ToString(3)}";
    }

    private async Task WriteAsync(
        ArchiveWriter archive, IProgress<ChatKitExchange>? exchanges, CancellationToken cancellationToken)
    {
        // Ids of earlier runs that may yet be fetched are tried again; of a list, each run finds anew what fails.
        string[] again =
            Options.Ids is null ? [] : [.. archive.Failed.Values.Where(MayPass).Select(thread => thread.Id)];
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
                Record(archive, thread);
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

    private static bool MayPass(ChatKitArchiveFailedThread thread) =>
        thread.Kind is not (nameof(ChatKitErrorKind.NotFound) or nameof(ChatKitErrorKind.InvalidId));

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

    /// <summary>Records the outcome of one thread. Called for one at a time.</summary>
    private void Record(ArchiveWriter archive, FetchedThread thread)
    {
        // An id that the user gave may be null.
        string id = thread.Id ?? "";
        archive.Failed.Remove(id);
        FetchOutcome outcome = OutcomeOf(archive, thread);
        if (outcome is FetchOutcome.Idle or FetchOutcome.Unchanged or FetchOutcome.Fetched)
        {
            MarkGone(archive, id, Options.Source?.IsGone(id) == true);
        }

        switch (outcome)
        {
            case FetchOutcome.Failed:
                string kind = (thread.Failure as ChatKitApiException)?.Kind.ToString() ?? "";
                archive.Failed[id] = new(id, kind, thread.Failure!.Message);
                Fail(thread);
                break;
            case FetchOutcome.Gone:
                _newlyGone += MarkGone(archive, id, isGone: true) ? 1 : 0;
                thread.Known.IsFound = false;
                Count(progress => progress.NotThere++);
                break;
            case FetchOutcome.NotThere:
                Count(progress => progress.NotThere++);
                break;
            case FetchOutcome.Idle:
                Count(progress => progress.Idle++);
                break;
            case FetchOutcome.Unchanged:
                Count(progress => progress.Unchanged++);
                break;
            default:
                Write(archive, thread);
                break;
        }
    }

    /// <summary>What the outcome of a fetch means to the archive.</summary>
    private FetchOutcome OutcomeOf(ArchiveWriter archive, FetchedThread thread) => thread.Outcome switch
    {
        // A list may name a thread that is deleted before it is fetched. An id that the user gave is a failure.
        FetchOutcome.NotThere when !thread.Known.IsWritten =>
            thread.IsListed ? FetchOutcome.NotThere : FetchOutcome.Failed,

        // That the archive which is read lacks it says nothing about the server.
        FetchOutcome.NotThere => Options.Source is null ? FetchOutcome.Gone : FetchOutcome.NotThere,
        FetchOutcome.Fetched when IsOlder(archive, thread) => FetchOutcome.Unchanged,
        _ => thread.Outcome,
    };

    private static bool MarkGone(ArchiveWriter archive, string id, bool isGone) =>
        isGone ? archive.Gone.Add(id) : archive.Gone.Remove(id);

    private void Write(ArchiveWriter archive, FetchedThread thread)
    {
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
