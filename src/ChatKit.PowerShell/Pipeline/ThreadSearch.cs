// The search of Find-ChatKitThreadItem: of an archive, or thread by thread through the API.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Json;
using ChatKit.PowerShell.Commands;
using ChatKit.Streams;

namespace ChatKit.PowerShell;

/// <param name="cmdlet">The cmdlet, which writes what is found.</param>
/// <param name="search">What to search for.</param>
/// <param name="users">The users whose threads to search, in this order; null for all.</param>
/// <param name="throttleLimit">How many requests are in flight at a time.</param>
/// <param name="first">How many to find at most; null for all.</param>
internal sealed class ThreadSearch(
    ConnectedCommand cmdlet, ChatKitSearch search, string[]? users, int throttleLimit, int? first) : IDisposable
{
    // Cancelled once as many are found as are wanted.
    private readonly CancellationTokenSource _ending =
        CancellationTokenSource.CreateLinkedTokenSource(cmdlet.StopToken);
    private int _found;

    /// <summary>Searches, and writes what is found.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Run()
    {
        try
        {
            if (cmdlet.ConnectionInUse.ArchiveIndex is { } index)
            {
                SearchArchive(index);
            }
            else
            {
                SearchThreads();
            }
        }
        catch (PipelineStoppedException) when (_found == first && !cmdlet.StopToken.IsCancellationRequested)
        {
            // As many as are wanted.
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Ends the requests that are in flight.</summary>
    public void Dispose() => _ending.Cancel();

    private void SearchArchive(ChatKitArchiveIndex index)
    {
        ChatKitArchiveSearch inArchive = new(index, search, users);
        long read = 0;
        WorkProgress progress = new(cmdlet, "Searching the archive", null, () => null)
        {
            State = () => ReadProgress.Of(read, inArchive.Bytes),
        };
        try
        {
            foreach (Task<ChatKitSearchBatch> task in inArchive.Run(_ending.Token))
            {
                ChatKitSearchBatch batch = progress.WaitFor(task, _ending.Token);
                read += batch.Bytes;
                progress.Glance();
                Write(batch);
            }
        }
        catch (ChatKitArchiveException e)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.ForArchive(e, cmdlet.ConnectionInUse.Archive));
        }
        finally
        {
            progress.Complete();
        }
    }

    /// <summary>Lists threads, and searches each; lists are read while the items of the first threads are.</summary>
    private void SearchThreads()
    {
        WorkProgress progress = new(cmdlet, "Searching threads", null, () => cmdlet.Client.Waiting);
        string?[] owners = users is null ? [null] : [.. users.Distinct()];
        ListRange all = new(new() { Limit = 100, Order = ChatKitOrder.Ascending });
        HashSet<string> begun = [];
        OrderedOutput<ChatKitThread, ChatKitThreadItem> items = new(
            throttleLimit,
            ahead: throttleLimit / 2,
            (thread, _) => PageStream.ReadAsync<ChatKitThreadItem>(
                (page, exchanges, token) => cmdlet.Client.ListReadableItemsAsync(thread.Id, page, exchanges, token),
                all),
            (thread, batch) => Emit(thread, batch, begun.Add(thread.Id), progress),
            cmdlet.Fail,
            (thread, error, done) => cmdlet.Lose(error, "thread", thread.Id, done, null),
            progress,
            _ending.Token);
        OrderedOutput<string?, ChatKitThread> lists = new(
            Math.Min(throttleLimit, 2),
            ahead: 0,
            (user, slots) => ThreadStream.ReadAsync<ChatKitThread>(
                cmdlet.Client.ListReadableThreadsAsync, new(new() { Limit = 100, User = user }), slots),
            (user, batch) => Emit(user, batch, items),
            cmdlet.Fail,
            (user, error, done) => cmdlet.Lose(error, "list", user, done, owners.Length),
            progress,
            _ending.Token);
        try
        {
            foreach (string? user in owners)
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
        cmdlet.WriteExchanges(batch.Exchanges);
        foreach (ChatKitThread thread in batch.Elements)
        {
            cmdlet.ConnectionInUse.History.Note(thread);
            items.Add(thread);
        }

        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            cmdlet.WriteError(ErrorRecords.ForThread(cmdlet.Client.FailureOf(unreadable), unreadable.Id));
        }

        return batch.Failure is { } failure
            ? ErrorRecords.ForThreadList(failure, user, batch.Cursor, batch.Given)
            : null;
    }

    private ErrorRecord? Emit(
        ChatKitThread thread, StreamBatch<ChatKitThreadItem> batch, bool isFirst, WorkProgress progress)
    {
        cmdlet.WriteExchanges(batch.Exchanges);
        Write(search.Find(thread, batch.Elements, withTitle: isFirst, _ending.Token));
        foreach (UnreadableElement unreadable in batch.Unreadable)
        {
            cmdlet.WriteError(ErrorRecords.ForItem(cmdlet.Client.FailureOf(unreadable), thread.Id, unreadable.Id));
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
            cmdlet.WriteError(ErrorRecords.ForSearch(failure));
        }

        foreach (ChatKitFoundItem found in batch.Found)
        {
            cmdlet.WriteObject(found);
            if (++_found == first)
            {
                _ending.Cancel();
                throw new PipelineStoppedException();
            }
        }
    }
}
