// Searches an archive: reads the current line of each thread once, and parses only what may match.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Archive;

/// <summary>A search of an archive. It looks at the versions of threads that its index has.</summary>
public sealed class ChatKitArchiveSearch
{
    // So much is one piece of work, and so far apart lines may be that are read at once.
    private const int StretchBytes = 1 << 20;
    private const int GapBytes = 1 << 16;

    private static readonly byte[] PageStart = Encoding.ASCII.GetBytes("{\"data\":[");
    private static readonly byte[] PageEnd = Encoding.ASCII.GetBytes("]}");

    private readonly ChatKitArchiveIndex _index;
    private readonly ChatKitSearch _search;
    private readonly List<ChatKitArchivedThread> _threads;

    /// <summary>A search of an archive.</summary>
    /// <param name="index">The archive.</param>
    /// <param name="search">What is searched for.</param>
    /// <param name="users">
    /// The end users whose threads to search, in this order; null for those of all. Case matters, as to the API.
    /// </param>
    public ChatKitArchiveSearch(ChatKitArchiveIndex index, ChatKitSearch search, IEnumerable<string>? users = null)
    {
        _index = index ?? throw new ArgumentNullException(nameof(index));
        _search = search ?? throw new ArgumentNullException(nameof(search));

        // The order of a list of threads: newest first.
        IEnumerable<ChatKitArchivedThread> threads = index.Threads.OrderByDescending(thread => thread.CreatedAt);
        if (users is not null)
        {
            ILookup<string?, ChatKitArchivedThread> byUser = threads.ToLookup(thread => thread.User);
            threads = users.Distinct().SelectMany(user => byUser[user]);
        }

        _threads = [.. threads];
        Bytes = _threads.Sum(thread => (long)thread.Length);
    }

    /// <summary>How many bytes there are to read.</summary>
    public long Bytes { get; }

    /// <summary>
    /// Searches, on as many threads as there are processors. The batches are in the order of a list: the newest thread
    /// first, of each its title and then its items, oldest first. Whoever takes no more of them ends the search.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// The batches. One fails with a <see cref="ChatKitArchiveException"/> where a part cannot be read.
    /// </returns>
    public IEnumerable<Task<ChatKitSearchBatch>> Run(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken token = ending.Token;
        Queue<Task<ChatKitSearchBatch>> ahead = new();
        int most = 4 * Environment.ProcessorCount;
        try
        {
            foreach ((int from, int to) in Stretches())
            {
                if (ahead.Count == most)
                {
                    yield return ahead.Dequeue();
                }

                ahead.Enqueue(Task.Run(() => Search(from, to, token), token));
            }

            while (ahead.Count > 0)
            {
                yield return ahead.Dequeue();
            }
        }
        finally
        {
            ending.Cancel();
        }
    }

    /// <summary>Pieces of work of about one size: threads that follow each other.</summary>
    private IEnumerable<(int From, int To)> Stretches()
    {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < _threads.Count; i++)
        {
            bytes += _threads[i].Length;
            if (bytes >= StretchBytes || i == _threads.Count - 1)
            {
                yield return (from, i + 1);
                (from, bytes) = (i + 1, 0);
            }
        }
    }

    private ChatKitSearchBatch Search(int from, int to, CancellationToken cancellationToken)
    {
        ChatKitSearchBatch batch = new() { Stopping = cancellationToken };
        while (from < to)
        {
            int end = EndOfRun(from, to);
            SearchRun(from, end, batch);
            from = end;
        }

        return batch;
    }

    /// <summary>The end of the threads whose lines are one behind the other in a part.</summary>
    private int EndOfRun(int from, int to)
    {
        int end = from + 1;
        while (end < to && _threads[end].Part == _threads[from].Part &&
            _threads[end].Offset - EndOf(_threads[end - 1]) is > 0 and <= GapBytes)
        {
            end++;
        }

        return end;
    }

    private static long EndOf(ChatKitArchivedThread thread) => thread.Offset + thread.Length;

    private void SearchRun(int from, int end, ChatKitSearchBatch batch)
    {
        ChatKitArchivedThread first = _threads[from];
        int length = checked((int)(EndOf(_threads[end - 1]) - first.Offset));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            LineFile.Read(_index.Folder, _index.Manifest.Parts[first.Part], first.Offset, buffer, length);
            for (int i = from; i < end; i++)
            {
                batch.Stopping.ThrowIfCancellationRequested();
                int start = (int)(_threads[i].Offset - first.Offset);
                SearchLine(_threads[i], buffer.AsSpan(start, _threads[i].Length), batch);
                batch.Bytes += _threads[i].Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void SearchLine(ChatKitArchivedThread thread, ReadOnlySpan<byte> line, ChatKitSearchBatch batch)
    {
        // What is no line any more is told at once; what only its hash would tell, where something is found in it.
        bool isLine = line.Length > 1 && line[0] == '{' && line[line.Length - 1] == '}' && line.IndexOf((byte)'\n') < 0;
        int found = batch.Found.Count;
        try
        {
            if (!isLine)
            {
                throw LineFile.Changed();
            }

            if (_search.MayBeIn(line))
            {
                SearchThread(thread, line, batch);
                if (batch.Found.Count > found && !_index.IsWhole(thread, line))
                {
                    throw LineFile.Changed();
                }
            }
        }
        catch (ChatKitArchiveException e)
        {
            batch.TakeBack(found);
            batch.Add(new ChatKitSearchFailure(thread.Id, null, e));
        }
        catch (JsonException e)
        {
            batch.TakeBack(found);
            batch.Add(new ChatKitSearchFailure(thread.Id, null, Unreadable(e.Message)));
        }
    }

    private void SearchThread(ChatKitArchivedThread thread, ReadOnlySpan<byte> line, ChatKitSearchBatch batch)
    {
        ParsedLine parsed = ParsedLine.Read(line, withItems: true);
        if (parsed.Id != thread.Id)
        {
            throw LineFile.Changed();
        }

        ChatKitThread? head = null;
        ReadOnlySpan<byte> json = line.Slice(parsed.Thread.Start, parsed.Thread.Length);
        if (_search.IncludeTitle && _search.MayBeIn(json))
        {
            head = ChatKitJson.ReadThread(json.ToArray());
            _search.FindInTitle(head, batch);
        }

        if (ReadItems(thread, parsed, line) is { } page)
        {
            head ??= ChatKitJson.ReadThread(json.ToArray());
            _search.FindInItems(head, page.Data, batch);
            foreach (UnreadableElement unreadable in page.Unreadable)
            {
                batch.Add(new ChatKitSearchFailure(thread.Id, unreadable.Id, Unreadable(unreadable.Reason)));
            }
        }
    }

    /// <summary>Reads the items that may match, as a page of the API is read; null where there are none.</summary>
    private ChatKitPage<ChatKitThreadItem>? ReadItems(
        ChatKitArchivedThread thread, ParsedLine parsed, ReadOnlySpan<byte> line)
    {
        MemoryStream? page = null;
        foreach ((_, int start, int length) in parsed.Items!)
        {
            if (_search.MayBeIn(line.Slice(start, length)))
            {
                page ??= StartPage();
                byte[] item = line.Slice(start, length).ToArray();
                page.WriteByte(page.Length == PageStart.Length ? (byte)' ' : (byte)',');
                page.Write(item, 0, item.Length);
            }
        }

        if (page is null)
        {
            return null;
        }

        page.Write(PageEnd, 0, PageEnd.Length);
        return ChatKitJson.ReadItemPage(page.ToArray(), thread.Id, skipUnreadable: true);
    }

    private static MemoryStream StartPage()
    {
        MemoryStream page = new();
        page.Write(PageStart, 0, PageStart.Length);
        return page;
    }

    private static ChatKitApiException Unreadable(string reason) => new(
        ChatKitErrorKind.InvalidResponse,
        $"What the archive holds cannot be read: {PrintableText.Excerpt(reason, 200)}");
}
