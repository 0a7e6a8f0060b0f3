// Get-ChatKitThreadItem: the conversation of threads.
using System.Management.Automation;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Gets the items of threads, oldest first, thread by thread in the order in which they were asked for.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ChatKitThreadItem", DefaultParameterSetName = IdSet)]
[OutputType(typeof(ChatKitThreadItem))]
public sealed class GetChatKitThreadItemCommand : ThreadCommand
{
    private WorkProgress? _progress;
    private OrderedOutput<ChatKitThreadReference, ChatKitThreadItem>? _output;

    /// <summary>
    /// The threads whose items to get: ids, threads, items (for the thread they belong to), or rows of a CSV.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("Id")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[] ThreadId { get; set; } = [];

    /// <summary>
    /// The order, by creation: oldest first unless given, since a conversation is read from its start.
    /// </summary>
    [Parameter]
    public ChatKitOrder Order { get; set; } = ChatKitOrder.Ascending;

    /// <summary>How many items to give at most of each thread; no more are asked for.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>The item after which the list begins, which is not in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? After { get; set; }

    /// <summary>The item before which the list ends, which is not in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Before { get; set; }

    /// <summary>How many items a request asks for: 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; } = 100;

    /// <summary>How many requests are in flight at a time: 1 to 512.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    private protected override ChatKitThreadReference[] Given => ThreadId;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _progress = new WorkProgress(this, "Getting items", null, () => Client.Waiting);
        ListRange range =
            new(new() { Limit = PageSize, Order = Order, After = After, Before = Before }) { First = First };
        _output = new(
            ThrottleLimit,
            ahead: ThrottleLimit / 2,
            (thread, _) =>
                PageStream.ReadAsync<ChatKitThreadItem>(
                    (page, exchanges, token) => Client.ListReadableItemsAsync(thread.Id!, page, exchanges, token),
                    range),
            Emit,
            Fail,
            (thread, error, done) => Lose(error, "thread", thread.Id, done, Total),
            _progress,
            StopToken);
    }

    /// <summary>Waits for the rest.</summary>
    protected override void EndProcessing() => _output!.Finish();

    private protected override void Process(ChatKitThreadReference thread) => _output!.Add(thread);

    private ErrorRecord? Emit(ChatKitThreadReference thread, StreamBatch<ChatKitThreadItem> batch)
    {
        WriteExchanges(batch.Exchanges);
        foreach (ChatKitThreadItem item in batch.Elements)
        {
            _progress!.Advance();
            WriteObject(item);
        }

        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            WriteError(ErrorRecords.ForItem(Client.FailureOf(unreadable), thread.Id!, unreadable.Id));
        }

        return batch.Failure is { } failure
            ? ErrorRecords.ForItemList(failure, thread.Id, batch.Cursor, batch.Given)
            : null;
    }
}
