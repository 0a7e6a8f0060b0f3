// One thread of an archive with its items, as the API sent them.
using System;
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.Archive;

/// <summary>A thread and its items, as slices of one line: nothing is copied.</summary>
public sealed class ChatKitArchiveLine
{
    private ChatKitArchiveLine(ReadOnlyMemory<byte> thread, IReadOnlyList<ChatKitArchivedItem> items)
    {
        Thread = thread;
        Items = items;
    }

    /// <summary>The thread as the API sent it, without insignificant white space, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Thread { get; }

    /// <summary>The items, oldest first.</summary>
    public IReadOnlyList<ChatKitArchivedItem> Items { get; }

    internal static ChatKitArchiveLine Read(byte[] line, string id)
    {
        ParsedLine parsed = LineFile.Parse(line);
        return parsed.Id == id
            ? new(
                line.AsMemory(parsed.Thread.Start, parsed.Thread.Length),
                [
                    .. parsed.Items!.Select(
                        item => new ChatKitArchivedItem(item.Id, line.AsMemory(item.Start, item.Length))),
                ])
            : throw LineFile.Changed();
    }
}
