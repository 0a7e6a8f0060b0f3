// Get-ChatKitThread: threads by id, or the list of them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Gets threads by id, several at a time, in the order in which they were asked for; without an id, lists threads.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ChatKitThread", DefaultParameterSetName = ListSet)]
[OutputType(typeof(ChatKitThread))]
public sealed class GetChatKitThreadCommand : ThreadCommand
{
    private const string ListSet = "List";

    private WorkProgress? _progress;
    private OrderedOutput<ChatKitThreadReference, ChatKitThread>? _byId;
    private int _listed;

    /// <summary>The threads to get: ids, threads, items (for the thread they belong to), or rows of a CSV.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [Alias("ThreadId")]
    [AllowNull]
    [AllowEmptyCollection]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[] Id { get; set; } = [];

    /// <summary>
    /// How many requests are in flight at a time: 1 to 512. With -First, lists come one after the other.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>
    /// The end users whose threads to list, several lists at a time, in this order; all users' unless given. 1 to 512
    /// characters each.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 512)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? User { get; set; }

    /// <summary>The order, by creation: newest first unless given.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public ChatKitOrder Order { get; set; } = ChatKitOrder.Descending;

    /// <summary>How many threads to give at most; no more are asked for.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>The thread after which the list begins, which is not in it.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public string? After { get; set; }

    /// <summary>The thread before which the list ends, which is not in it.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public string? Before { get; set; }

    /// <summary>How many threads a request asks for: 1 to 100.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; } = 100;

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

    private protected override ChatKitThreadReference[] Given => Id;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _progress = new WorkProgress(this, "Getting threads", Total, () => Client.Waiting);
        _byId = new(
            ThrottleLimit,
            ahead: ThrottleLimit / 2,
            (thread, _) =>
                SingleRequestStream.ReadAsync(
                    (exchanges, token) => Client.GetThreadAsync(thread.Id!, exchanges, token)),
            (thread, batch) => Emit(batch, failure => ErrorRecords.ForThread(failure, thread.Id)),
            Fail,
            (thread, error, done) => Lose(error, "thread", thread.Id, done, Total),
            _progress,
            StopToken);
    }

    /// <summary>
    /// Waits for the rest; lists, where no thread was asked for. What is piped always means threads, so an empty
    /// pipeline lists nothing.
    /// </summary>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ListSet && !MyInvocation.ExpectingInput)
        {
            WriteBounds(CreatedAfter, CreatedBefore);
            List();
        }

        _byId!.Finish();
    }

    private protected override void Process(ChatKitThreadReference thread) => _byId!.Add(thread);

    /// <summary>
    /// Writes the lists. Where no more than so many are wanted, no list is begun before it is known how many are left
    /// for it.
    /// </summary>
    private void List()
    {
        if (User is { Length: > 1 } && (After ?? Before) is not null)
        {
            ThrowTerminatingError(UsageErrors.CursorOfSeveral());
        }

        string?[] users = User is null ? [null] : [.. User.Distinct()];
        OrderedOutput<string?, ChatKitThread> lists = new(
            First is null ? ThrottleLimit : 1,
            ahead: First is null ? ThrottleLimit / 2 : 0,
            Open,
            (user, batch) =>
                Emit(batch, failure => ErrorRecords.ForThreadList(failure, user, batch.Cursor, batch.Given)),
            Fail,
            (user, error, done) => Lose(error, "list", user, done, users.Length),
            _progress!,
            StopToken);
        foreach (string? user in users)
        {
            if (First is not null)
            {
                lists.Drain();
            }

            if (_listed == First)
            {
                break;
            }

            lists.Add(user);
        }

        lists.Drain();
    }

    private IAsyncEnumerable<StreamBatch<ChatKitThread>> Open(string? user, RequestSlots slots)
    {
        ListRange range = new(new() { Limit = PageSize, Order = Order, After = After, Before = Before, User = user })
        {
            First = First - _listed,
            CreatedAfter = CreatedAfter?.UtcDateTime,
            CreatedBefore = CreatedBefore?.UtcDateTime,
        };
        return ThreadStream.ReadAsync<ChatKitThread>(Client.ListReadableThreadsAsync, range, slots);
    }

    private ErrorRecord? Emit(StreamBatch<ChatKitThread> batch, Func<Exception, ErrorRecord> toError)
    {
        WriteExchanges(batch.Exchanges);
        foreach (ChatKitThread thread in batch.Elements)
        {
            _listed++;
            _progress!.Advance();
            ConnectionInUse.History.Note(thread);
            WriteObject(thread);
        }

        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            WriteError(ErrorRecords.ForThread(Client.FailureOf(unreadable), unreadable.Id));
        }

        return batch.Failure is { } failure ? toError(failure) : null;
    }
}
