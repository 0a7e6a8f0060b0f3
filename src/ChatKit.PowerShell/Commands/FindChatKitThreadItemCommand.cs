// Find-ChatKitThreadItem: the items in which a text stands.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Finds the items in which a text stands, thread by thread in the order of the list, of each thread oldest first.
/// </summary>
[Cmdlet(VerbsCommon.Find, "ChatKitThreadItem", DefaultParameterSetName = TextSet)]
[OutputType(typeof(ChatKitFoundItem))]
public sealed class FindChatKitThreadItemCommand : ConnectedCommand
{
    private const string TextSet = "Text";
    private const string PatternSet = "Pattern";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    // Is cancelled once as many are found as are wanted.
    private CancellationTokenSource? _ending;
    private ChatKitSearch? _search;
    private int _found;

    /// <summary>The texts, of which any may stand in an item. Case does not matter.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string[] Text { get; set; } = [];

    /// <summary>
    /// A regular expression of .NET. Case does not matter, unless it says <c>(?-i)</c>. It may take a second for each
    /// item.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = PatternSet)]
    [ValidateNotNullOrEmpty]
    public string Pattern { get; set; } = "";

    /// <summary>
    /// The end users whose threads to search, in this order; all users' unless given. 1 to 512 characters each.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateLength(1, 512)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[]? User { get; set; }

    /// <summary>The kinds of items to search, with or without <c>chatkit.</c> before them; all unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ItemTypeCompleter))]
    public string[]? Type { get; set; }

    /// <summary>
    /// Only items created after this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>
    /// Only items created before this moment. A date without a zone is local; ISO 8601 is read the same in every
    /// culture.
    /// </summary>
    [Parameter]
    [MomentTransformation]
    [ValidateNotNull]
    public DateTimeOffset? CreatedBefore { get; set; }

    /// <summary>How many to find at most; nothing is read beyond.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Searches the titles of threads, too.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter IncludeTitle { get; set; }

    /// <summary>How many requests are in flight at a time: 1 to 512. An archive needs none.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _search = ParameterSetName == PatternSet ? new(Pattern, TimeLimit) : new(Text);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(UsageErrors.InvalidPattern(e, Pattern));
            return;
        }

        _search.Types = Type;
        _search.CreatedAfter = CreatedAfter;
        _search.CreatedBefore = CreatedBefore;
        _search.IncludeTitle = IncludeTitle;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
    }

    /// <summary>Searches.</summary>
    protected override void EndProcessing()
    {
        try
        {
            if (ConnectionInUse.ArchiveIndex is { } index)
            {
                SearchArchive(index);
            }
            else
            {
                SearchThreads();
            }
        }
        catch (PipelineStoppedException) when (_found == First && !StopToken.IsCancellationRequested)
        {
            // As many as are wanted.
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private void SearchArchive(ChatKitArchiveIndex index)
    {
        ChatKitArchiveSearch search = new(index, _search!, User);
        long read = 0;
        WorkProgress progress = new(this, "Searching the archive", null, () => null)
        {
            State = () => ReadProgress.Of(read, search.Bytes),
        };
        try
        {
            foreach (Task<ChatKitSearchBatch> task in search.Run(_ending!.Token))
            {
                ChatKitSearchBatch batch = progress.WaitFor(task, _ending.Token);
                read += batch.Bytes;
                progress.Glance();
                Write(batch);
            }
        }
        catch (ChatKitArchiveException e)
        {
            ThrowTerminatingError(ErrorRecords.ForArchive(e, ConnectionInUse.Archive));
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Lists threads, and searches each; lists are read while the items of the first threads are.</summary>
    private void SearchThreads()
    {
        WorkProgress progress = new(this, "Searching threads", null, () => Client.Waiting);
        string?[] users = User is null ? [null] : [.. User.Distinct()];
        ListRange all = new(new() { Limit = 100, Order = ChatKitOrder.Ascending });
        HashSet<string> begun = [];
        OrderedOutput<ChatKitThread, ChatKitThreadItem> items = new(
            ThrottleLimit,
            ahead: ThrottleLimit / 2,
            (thread, _) => PageStream.ReadAsync<ChatKitThreadItem>(
                (page, exchanges, token) => Client.ListReadableItemsAsync(thread.Id, page, exchanges, token), all),
            (thread, batch) => Emit(thread, batch, begun.Add(thread.Id), progress),
            Fail,
            (thread, error, done) => Lose(error, "thread", thread.Id, done, null),
            progress,
            _ending!.Token);
        OrderedOutput<string?, ChatKitThread> lists = new(
            Math.Min(ThrottleLimit, 2),
            ahead: 0,
            (user, slots) => ThreadStream.ReadAsync<ChatKitThread>(
                Client.ListReadableThreadsAsync, new(new() { Limit = 100, User = user }), slots),
            (user, batch) => Emit(user, batch, items),
            Fail,
            (user, error, done) => Lose(error, "list", user, done, users.Length),
            progress,
            _ending.Token);
        try
        {
            foreach (string? user in users)
            {
                lists.Add(user);
            }

            lists.Drain();
            items.Drain();
        }
        finally
        {
            progress.Complete();
        }
    }

    private ErrorRecord? Emit(
        string? user, StreamBatch<ChatKitThread> batch, OrderedOutput<ChatKitThread, ChatKitThreadItem> items)
    {
        WriteExchanges(batch.Exchanges);
        foreach (ChatKitThread thread in batch.Elements)
        {
            ConnectionInUse.History.Note(thread);
            items.Add(thread);
        }

        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            WriteError(ErrorRecords.ForThread(Client.FailureOf(unreadable), unreadable.Id));
        }

        return batch.Failure is { } failure
            ? ErrorRecords.ForThreadList(failure, user, batch.Cursor, batch.Given)
            : null;
    }

    private ErrorRecord? Emit(
        ChatKitThread thread, StreamBatch<ChatKitThreadItem> batch, bool isFirst, WorkProgress progress)
    {
        WriteExchanges(batch.Exchanges);
        Write(_search!.Find(thread, batch.Elements, withTitle: isFirst, StopToken));
        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            WriteError(ErrorRecords.ForItem(Client.FailureOf(unreadable), thread.Id, unreadable.Id));
        }

        if (batch.IsLast)
        {
            progress.Advance();
        }

        return batch.Failure is { } failure
            ? ErrorRecords.ForItemList(failure, thread.Id, batch.Cursor, batch.Given)
            : null;
    }

    /// <summary>Writes what was found, and ends the search once it is as many as are wanted.</summary>
    private void Write(ChatKitSearchBatch batch)
    {
        // First, since what cannot be searched may stand before what is found.
        foreach (ChatKitSearchFailure failure in batch.Failures)
        {
            WriteError(ErrorRecords.ForSearch(failure));
        }

        foreach (ChatKitFoundItem found in batch.Found)
        {
            WriteObject(found);
            if (++_found == First)
            {
                _ending!.Cancel();
                throw new PipelineStoppedException();
            }
        }
    }
}
