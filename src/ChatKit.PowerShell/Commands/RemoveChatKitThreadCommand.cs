// Remove-ChatKitThread: deletes threads, after asking.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>Deletes threads with their items and attachments. It cannot be undone, so it asks first.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatKitThread", DefaultParameterSetName = IdSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChatKitThreadRemoval))]
public sealed class RemoveChatKitThreadCommand : ThreadCommand
{
    private WorkProgress? _progress;
    private OrderedWindow<ChatKitThreadReference, bool>? _window;

    /// <summary>The threads to delete: ids, threads, items (for the thread they belong to), or rows of a CSV.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(SeenThreadCompleter))]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>How many requests are under way at a time: 1 to 512.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Gives a record of each deletion, to keep as proof.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override ChatKitThreadReference[] Given => Id;

    private protected override bool ChangesSomething => true;

    /// <summary>Finds the connection and opens the window.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _progress = new WorkProgress(this, "Deleting threads", Total, () => Client.Waiting);
        _window = new(ThrottleLimit, ahead: 0, (thread, exchanges, token) => Client.DeleteThreadAsync(thread.Id!, exchanges, token), Emit, _progress, StopToken);
    }

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing() => _window!.Finish();

    private protected override void Process(ChatKitThreadReference thread)
    {
        _window!.EmitReady();

        // Without an id there is nothing to ask about; the client refuses it, and sends nothing.
        if (string.IsNullOrWhiteSpace(thread.Id) || ShouldProcess(Describe(thread), $"Delete from {ConnectionInUse}"))
        {
            _window.Add(thread);
        }
    }

    private static string Describe(ChatKitThreadReference thread)
    {
        string title = string.IsNullOrEmpty(thread.Title) ? "" : $" '{thread.Title}'";
        string user = string.IsNullOrEmpty(thread.User) ? "" : $" of {thread.User}";
        return ViewText.OneLine($"thread {thread.Id}{title}{user}");
    }

    private void Emit(Outcome<ChatKitThreadReference, bool> outcome)
    {
        _progress!.Advance();
        WriteExchanges(outcome.Exchanges);
        if (outcome.Failure is not null)
        {
            WriteError(ErrorRecords.ForThread(outcome.Failure, outcome.Input.Id));
        }
        else if (!outcome.Result)
        {
            WriteError(ErrorRecords.NotDeleted(outcome.Input.Id!));
        }
        else if (PassThru)
        {
            WriteObject(new ChatKitThreadRemoval(outcome.Input, true, outcome.Exchanges[outcome.Exchanges.Count - 1].RequestId));
        }
    }
}
