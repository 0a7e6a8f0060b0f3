// Remove-ChatKitThread: deletes threads, after asking, and leaves a record of every outcome.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>Deletes threads with their items and attachments. It cannot be undone, so it asks first.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "ChatKitThread",
    DefaultParameterSetName = IdSet,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChatKitThreadRemoval))]
public sealed class RemoveChatKitThreadCommand : ThreadCommand
{
    // How long an early end waits for deletions that were sent, so that their outcome is known. Ctrl+C does not wait.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GraceAfterStop = TimeSpan.FromMilliseconds(200);

    // What was sent, and has not been written to the pipeline.
    private readonly List<Deletion> _unwritten = [];
    private readonly List<ErrorRecord> _failures = [];

    private WorkProgress? _progress;
    private OrderedOutput<Deletion, ChatKitThreadRemoval?>? _output;
    private DeletionProof? _proof;
    private bool _mayAsk;
    private bool _errorEndsIt;
    private bool _isBuffered;

    /// <summary>The threads to delete: ids, threads, items (for the thread they belong to), or rows of a CSV.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>How many requests are in flight at a time: 1 to 512. Where the cmdlet asks, one at a time.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Gives a record of each deletion, to keep as proof.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// A CSV that gets a line for every outcome as soon as it is known, before anything else happens. What is there
    /// stays.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProofPath { get; set; }

    private protected override ChatKitThreadReference[] Given => Id;

    private protected override bool ChangesSomething => true;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ProofPath = ProofPath is null ? null : ResolvePath(ProofPath);
        _mayAsk = Asks();
        _isBuffered = MyInvocation.BoundParameters.ContainsKey("OutBuffer");
        _errorEndsIt = Preference("ErrorAction", "ErrorActionPreference") is not (
            ActionPreference.Continue or ActionPreference.SilentlyContinue or ActionPreference.Ignore);
        _progress = new WorkProgress(this, "Deleting threads", Total, () => Client.Waiting);
        _output = new(
            ThrottleLimit,
            ahead: 0,
            (deletion, _) =>
                SingleRequestStream.ReadAsync(
                    (exchanges, token) => deletion.RunAsync(Client, _proof, exchanges, token)),
            Emit,
            (error, _) => HoldBack(error),
            Lose,
            _progress,
            StopToken);
    }

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing()
    {
        Drain();
        _unwritten.Clear();
        _progress!.Complete();
    }

    /// <summary>
    /// Says what is not in the pipeline. Only the host can still be told, since the pipeline is over.
    /// </summary>
    /// <param name="disposing">Always true.</param>
    protected override void Dispose(bool disposing)
    {
        Task[] left = [.. _unwritten.Where(deletion => deletion.IsBegun).Select(deletion => deletion.Task)];
        WaitFor(left, StopToken.IsCancellationRequested ? TimeSpan.Zero : Grace);
        base.Dispose(disposing);
        WaitFor(left, GraceAfterStop);
        _proof?.Dispose();
        foreach (string warning in Unwritten())
        {
            WarnAfterwards(warning);
        }
    }

    private protected override void Process(ChatKitThreadReference thread)
    {
        _output!.EmitReady();
        Settle();

        // Without an id there is nothing to ask about; the client refuses it, and sends nothing.
        if (!string.IsNullOrWhiteSpace(thread.Id))
        {
            if (!ShouldProcess(Describe(thread), $"Delete from {ConnectionInUse}"))
            {
                return;
            }

            OpenProof();
        }

        Deletion deletion = new(thread);
        _unwritten.Add(deletion);
        _output.Add(deletion);
        Settle();
    }

    private static string Describe(ChatKitThreadReference thread)
    {
        string title = string.IsNullOrEmpty(thread.Title) ? "" : $" '{ViewText.Excerpt(thread.Title)}'";
        string user = string.IsNullOrEmpty(thread.User) ? "" : $" of {ViewText.Excerpt(thread.User)}";
        return $"thread {ViewText.Excerpt(thread.Id)}{title}{user}";
    }

    private void OpenProof()
    {
        try
        {
            _proof ??= ProofPath is null ? null : DeletionProof.Open(ProofPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or
            NotSupportedException or ArgumentException)
        {
            ThrowTerminatingError(ErrorRecords.ProofUnwritable(ProofPath!, e));
        }
    }

    /// <summary>
    /// Lets nothing stay in flight that a question, an error that ends the command, or a lost proof would overtake.
    /// </summary>
    private void Settle()
    {
        if (_mayAsk || _failures.Count > 0 || _proof?.Failure is not null)
        {
            Drain();
        }
    }

    /// <summary>Waits for everything in flight and writes it, then the errors that were held back for it.</summary>
    private void Drain()
    {
        _output!.Drain();
        ErrorRecord[] failures = [.. _failures];
        _failures.Clear();
        bool endsAtFirst =
            _proof?.Failure is not null || Preference("ErrorAction", "ErrorActionPreference") == ActionPreference.Stop;
        foreach (ErrorRecord other in endsAtFirst ? failures.Skip(_proof?.Failure is null ? 1 : 0) : [])
        {
            WriteWarning($"Another deletion failed: {other}");
        }

        if (_proof?.Failure is { } lost)
        {
            string[] missing = [.. Unwritten()];
            _unwritten.Clear();
            ThrowTerminatingError(ErrorRecords.ProofUnwritable(ProofPath!, lost, missing));
        }

        foreach (ErrorRecord failure in failures)
        {
            WriteError(failure);
        }
    }

    private ErrorRecord? Emit(Deletion deletion, StreamBatch<ChatKitThreadRemoval?> batch)
    {
        ChatKitThreadReference thread = deletion.Thread;
        ErrorRecord? error = null;
        _progress!.Advance();
        WriteExchanges(batch.Exchanges);
        if (batch.Failure is null && batch.Elements[0] is { } removal)
        {
            if (PassThru)
            {
                WriteObject(removal);
            }
        }
        else
        {
            error = batch.Failure is { } failure
                ? ErrorRecords.ForThread(failure, thread.Id)
                : ErrorRecords.NotDeleted(thread.Id!);
        }

        // What waits in a buffer of the pipeline may still be lost, and so is what a proof that failed does not have.
        if (!_isBuffered && (_proof is null || deletion.IsRecorded))
        {
            _unwritten.Remove(deletion);
        }

        return error;
    }

    /// <summary>Ends the command; what was held back for the end is told first.</summary>
    private void Lose(Deletion first, ErrorRecord error, int done)
    {
        _failures.ForEach(other => WriteWarning($"Another deletion failed: {other}"));
        _failures.Clear();
        Lose(error, "thread", first.Thread.Id, done, Total);
    }

    private void HoldBack(ErrorRecord record)
    {
        if (_errorEndsIt)
        {
            _failures.Add(record);
        }
        else
        {
            WriteError(record);
        }
    }

    /// <summary>What neither the pipeline nor the proof has, in words.</summary>
    private IEnumerable<string> Unwritten()
    {
        // Whoever asked for no record misses none.
        string deleted =
            Ids(deletion => deletion.Removal is not null && (PassThru || (_proof is not null && !deletion.IsRecorded)));
        if (deleted.Length > 0)
        {
            yield return "The command ended before the records of these threads were written. They were deleted: " +
                $"{deleted}";
        }

        string unknown = Ids(deletion => deletion.IsBegun && deletion.Removal is null && !deletion.IsKnown);
        if (unknown.Length > 0)
        {
            yield return $"The command ended before it was known whether these threads were deleted: {unknown}";
        }
    }

    private string Ids(Func<Deletion, bool> which) =>
        string.Join(", ", _unwritten.Where(which).Select(deletion => deletion.Thread.Id));

    private static void WaitFor(Task[] tasks, TimeSpan most)
    {
        try
        {
            Task.WaitAll(tasks, most);
        }
        catch (AggregateException)
        {
            // How each ended stands in its deletion.
        }
    }
}
