// Export-ChatKitThread: threads with all of their items, into an archive or pages for people.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Writes threads with all of their items to a folder, and goes on where an export before it ended. Of attachments
/// there are the name, type and preview address: what is in them the API does not give, and it goes with the thread
/// when that is deleted.
/// </summary>
[Cmdlet(VerbsData.Export, "ChatKitThread", DefaultParameterSetName = ListSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatKitThreadExport))]
public sealed class ExportChatKitThreadCommand : ThreadCommand, IProgress<ChatKitExchange>
{
    private const string ListSet = "List";
    private const int GlanceMs = 100;

    // Less is a number that was meant as days: PowerShell makes ticks of it.
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<ChatKitExchange> _exchanges = new();

    // Threads are taken from the pipeline no faster than they are fetched.
    private readonly BlockingCollection<ChatKitExportTarget> _targets = new(1000);
    private string _folder = "";
    private long _bytesCut;
    private IReadOnlyList<string> _others = [];
    private WorkProgress? _progress;
    private ChatKitExport? _export;
    private Task<ChatKitThreadExport>? _run;

    /// <summary>The folder. It is created if it does not exist; an archive that exists is resumed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>
    /// The threads to export: ids, threads, items (for the thread they belong to), or rows of a CSV. All of the
    /// project's unless given.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>The end users whose threads to export; all users' unless given. 1 to 512 characters each.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 512)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? User { get; set; }

    /// <summary>
    /// Only threads created after this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>
    /// Only threads created before this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>
    /// The format: an archive by default, the only one that can be resumed and read back; or pages for people, as HTML
    /// or Markdown.
    /// </summary>
    [Parameter]
    public ChatKitExportFormat Format { get; set; } = ChatKitExportFormat.JsonLines;

    /// <summary>How many requests are in flight at a time: 1 to 512.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>
    /// Brings an archive up to date. Threads carry no mark of change, so this asks for each at least once.
    /// </summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter Update { get; set; }

    /// <summary>
    /// With -Update: for how long a thread has to be quiet not to be asked for, such as 30.00:00:00 for thirty days.
    /// One that its list shows unchanged, and that is closed or whose newest item is older, costs no request. A message
    /// that came to such a thread since is missed: run without it from time to time, and before you delete.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public TimeSpan? SkipIdle { get; set; }

    /// <summary>
    /// Brings an archive up to date though most of its threads are gone from the server, which is refused otherwise.
    /// </summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter AllowDisappearance { get; set; }

    private protected override ChatKitThreadReference[] Given => Id;

    // What is piped always means threads, so an empty pipeline exports none.
    private bool IsById => ParameterSetName != ListSet || MyInvocation.ExpectingInput;

    void IProgress<ChatKitExchange>.Report(ChatKitExchange value) => _exchanges.Enqueue(value);

    /// <summary>Starts the export.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _folder = ResolvePath(Path);
        if (Update && Format != ChatKitExportFormat.JsonLines)
        {
            ThrowTerminatingError(UsageErrors.UpdateOfPages());
        }

        CheckSkipIdle();

        string what = IsById ? "threads"
            : User is null ? "all threads"
            : $"the threads of {ViewText.Excerpt(string.Join(", ", User))}";
        if (!ShouldProcess(_folder, PrintableText.OneLine($"Export {what} of {ConnectionInUse}")))
        {
            return;
        }

        WriteBounds(CreatedAfter, CreatedBefore);
        ChatKitArchiveExportOptions options = new(_folder, ConnectionInUse.ArchiveProject)
        {
            Ids = IsById ? _targets.GetConsumingEnumerable(StopToken) : null,
            Users = User,
            CreatedAfter = CreatedAfter,
            CreatedBefore = CreatedBefore,
            ThrottleLimit = ThrottleLimit,
            AllowDisappearance = AllowDisappearance,
            Source = ConnectionInUse.ArchiveIndex,
            Update = Update,
            SkipIdle = SkipIdle,
        };
        _progress = new(this, "Exporting threads", null, () => Client.Waiting) { State = State };
        _run = Format == ChatKitExportFormat.JsonLines ? RunArchiveAsync(options) : RunPagesAsync(options);
    }

    /// <summary>Waits for the export, and says what came of it.</summary>
    protected override void EndProcessing()
    {
        _targets.CompleteAdding();
        if (_run is not null)
        {
            Finish(_run);
        }
    }

    private protected override void Process(ChatKitThreadReference thread)
    {
        // Where the folder cannot be used, no more ids are waited for.
        while (_run is not null && !TryAdd(new(thread.Id, thread.Thread)))
        {
            Attend();
            if (_run.IsCompleted)
            {
                Finish(_run);
            }
        }
    }

    private void CheckSkipIdle()
    {
        if (SkipIdle is not { } quiet)
        {
            return;
        }

        string? wrong =
            !Update ? "Idle threads are skipped only where an archive is brought up to date."
            : quiet < ShortestIdle ? $"A thread that was quiet for {quiet} is not idle: a minute is the least."
            : ConnectionInUse.ArchiveIndex is not null
            ? "To read an archive costs no requests, so nothing in it is skipped."
            : null;
        if (wrong is not null)
        {
            ThrowTerminatingError(UsageErrors.InvalidSkipIdle(wrong, quiet));
        }
    }

    private bool TryAdd(ChatKitExportTarget target)
    {
        try
        {
            return !_run!.IsCompleted && _targets.TryAdd(target, GlanceMs, StopToken);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private async Task<ChatKitThreadExport> RunArchiveAsync(ChatKitArchiveExportOptions options)
    {
        ChatKitArchiveExport export = new(Client, options);
        _export = export;
        ChatKitArchiveExportResult result = await export.RunAsync(this, StopToken).ConfigureAwait(false);
        _bytesCut = result.BytesCut;
        return new(_folder, result);
    }

    private async Task<ChatKitThreadExport> RunPagesAsync(ChatKitArchiveExportOptions options)
    {
        ChatKitPageFormat format =
            Format == ChatKitExportFormat.Html ? ChatKitPageFormat.Html : ChatKitPageFormat.Markdown;
        ChatKitPageExport export = new(
            Client,
            options,
            format,
            $"ChatKit threads of {ConnectionInUse.Project ?? ConnectionInUse.BaseUri.Host}",
            ConnectionInUse.ArchivedAt);
        _export = export;
        ChatKitPageExportResult result = await export.RunAsync(this, StopToken).ConfigureAwait(false);
        _others = result.Others;
        return new(_folder, result);
    }

    private void Finish(Task<ChatKitThreadExport> run)
    {
        try
        {
            while (!Task.WhenAny(run).Wait(GlanceMs, StopToken))
            {
                Attend();
            }

            Attend();
            ChatKitThreadExport result = run.GetAwaiter().GetResult();
            _progress!.Complete();
            if (_bytesCut > 0)
            {
                WriteWarning($"The run before was ended in the middle of a line; its {_bytesCut:N0} bytes were " +
                    "dropped, and the thread was fetched again.");
            }

            if (_others.Count > 0)
            {
                string first = PrintableText.OneLine(_others[0]);
                WriteWarning($"Pages of earlier runs stay: {_others.Count:N0} of threads that this run did not " +
                    $"write, such as {first}.");
            }

            WriteObject(result);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (ChatKitApiException e)
        {
            Attend();
            bool isResumed = Format == ChatKitExportFormat.JsonLines;
            ThrowTerminatingError(ErrorRecords.ExportLost(e, _export!.LostAt, _export.Progress.Done, isResumed));
        }
        catch (ChatKitArchiveException e)
        {
            ThrowTerminatingError(ErrorRecords.ForArchive(e, _folder));
        }
    }

    /// <summary>Writes what there is to tell, on the pipeline's thread.</summary>
    private void Attend()
    {
        while (_exchanges.TryDequeue(out ChatKitExchange? exchange))
        {
            WriteExchanges([exchange]);
        }

        while (_export!.TryTakeFailure(out ChatKitArchiveExportFailure? failure))
        {
            ErrorRecord error = failure!.IsList
                ? ErrorRecords.ForThreadList(failure.Exception, failure.User, null, 0)
                : ErrorRecords.ForThread(failure.Exception, failure.Id);
            Fail(error, _export.LostAt is not null || _run is { IsFaulted: true });
        }

        _progress!.Glance();
    }

    private WorkState State()
    {
        ChatKitArchiveExportProgress now = _export!.Progress;
        if (now.Stage == ChatKitArchiveExportStage.Reading)
        {
            return ReadProgress.Of(now.BytesRead, now.BytesToRead);
        }

        long? total = now.Total ?? (ParameterSetName == IdSet ? Id.Length : null);
        return WorkState.Of(
            now.Done, total, $", {now.Items:N0} items, {_progress!.RateOf(now.Done - now.Skipped)} threads a second");
    }
}
