// Get-ChatKitThread: threads by id.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>Gets threads by id, several at a time, in the order in which they were asked for.</summary>
[Cmdlet(VerbsCommon.Get, "ChatKitThread", DefaultParameterSetName = IdSet)]
[OutputType(typeof(ChatKitThread))]
public sealed class GetChatKitThreadCommand : ConnectedCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "InputObject";

    private OrderedWindow<ChatKitThreadReference, ChatKitThread>? _window;

    /// <summary>The threads to get: ids, threads, items (for the thread they belong to), or rows of a CSV.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>What comes through the pipeline: the same, one at a time.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [ThreadReferenceTransformation]
    public ChatKitThreadReference? InputObject { get; set; }

    /// <summary>How many requests are under way at a time: 1 to 512.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Finds the connection and opens the window.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        WorkProgress progress = new(this, "Getting threads", ParameterSetName == IdSet ? Id.Length : null);
        _window = new(
            ThrottleLimit,
            (thread, exchanges, token) => Client.GetThreadAsync(thread.Id!, exchanges, token),
            Emit,
            progress,
            StopToken);
    }

    /// <summary>Asks for what came.</summary>
    protected override void ProcessRecord()
    {
        foreach (ChatKitThreadReference thread in ParameterSetName == IdSet ? Id : [InputObject!])
        {
            _window!.Add(thread);
        }
    }

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing() => _window!.Finish();

    private void Emit(Outcome<ChatKitThreadReference, ChatKitThread> outcome)
    {
        WriteExchanges(outcome.Exchanges);
        if (outcome.Failure is null)
        {
            WriteObject(outcome.Result);
        }
        else
        {
            WriteError(ErrorRecords.ForThread(outcome.Failure, outcome.Input.Id));
        }
    }
}
