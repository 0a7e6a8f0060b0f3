// Stop-ChatKitSession: ends sessions before their time.
using System.Management.Automation;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>Ends sessions, and gives each back with its new status.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatKitSession", DefaultParameterSetName = IdSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatKitSession))]
public sealed class StopChatKitSessionCommand : ConnectedCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "InputObject";
    private const int Width = 4;

    private WorkProgress? _progress;
    private OrderedOutput<ChatKitSessionReference, ChatKitSession>? _output;

    /// <summary>The sessions to end: ids or sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("SessionId")]
    [AllowNull]
    [AllowEmptyCollection]
    [SessionReferenceTransformation]
    [ArgumentCompleter(typeof(SessionIdCompleter))]
    public ChatKitSessionReference[] Id { get; set; } = [];

    /// <summary>What comes through the pipeline: the same, one at a time.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [SessionReferenceTransformation]
    public ChatKitSessionReference? InputObject { get; set; }

    private protected override bool ChangesSomething => true;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _progress = new WorkProgress(
            this, "Ending sessions", ParameterSetName == IdSet ? Id.Length : null, () => Client.Waiting);
        _output = new(
            Width,
            ahead: 0,
            (session, _) =>
                SingleRequestStream.ReadAsync(
                    (exchanges, token) => Client.CancelSessionAsync(session.Id!, exchanges, token)),
            Emit,
            Fail,
            (session, error, done) =>
                Lose(error, "session", session.Id, done, ParameterSetName == IdSet ? Id.Length : null),
            _progress,
            StopToken);
    }

    /// <summary>Takes each session.</summary>
    protected override void ProcessRecord()
    {
        foreach (ChatKitSessionReference session in ParameterSetName == IdSet ? Id : [InputObject!])
        {
            _output!.EmitReady();
            if (string.IsNullOrWhiteSpace(session.Id) ||
                ShouldProcess($"session {ViewText.Excerpt(session.Id)}", $"End at {ConnectionInUse}"))
            {
                _output.Add(session);
            }
        }
    }

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing() => _output!.Finish();

    private ErrorRecord? Emit(ChatKitSessionReference session, StreamBatch<ChatKitSession> batch)
    {
        _progress!.Advance();
        WriteExchanges(batch.Exchanges);
        if (batch.Failure is { } failure)
        {
            return ErrorRecords.ForSession(failure, session.Id);
        }

        WriteObject(batch.Elements[0]);
        return null;
    }
}
