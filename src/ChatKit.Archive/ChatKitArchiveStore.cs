// An archive as a project of the emulator, so that it is asked as the API is.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using ChatKit.Emulator;

namespace ChatKit.Archive;

/// <summary>Serves archives through the emulator.</summary>
public static class ChatKitArchiveStore
{
    /// <summary>The threads of an archive as a project that can only be read. A thread is read from the disk whenever it is asked for.</summary>
    /// <param name="index">The archive.</param>
    /// <returns>The project.</returns>
    public static ThreadStore Of(ChatKitArchiveIndex index)
    {
        if (index is null)
        {
            throw new ArgumentNullException(nameof(index));
        }

        // An archive is written newest first.
        return new(index.Threads.Reverse().Select(thread => new ArchivedThread(index, thread)));
    }

    private sealed class ArchivedThread(ChatKitArchiveIndex index, ChatKitArchivedThread thread) : StoredThread(thread.Id, thread.CreatedAt, thread.User)
    {
        // A thread with many items is asked for page by page; while memory allows, its line is not read for each anew.
        private readonly WeakReference<ChatKitArchiveLine?> _line = new(null);

        public override byte[] Json => Line.Thread.ToArray();

        public override IReadOnlyList<StoredItem> Items => new ItemList(Line.Items);

        private ChatKitArchiveLine Line
        {
            get
            {
                if (!_line.TryGetTarget(out ChatKitArchiveLine? line) || line is null)
                {
                    line = index.Read(thread);
                    _line.SetTarget(line);
                }

                return line;
            }
        }
    }

    /// <summary>The items of a line as the emulator has them; each is made when it is looked at.</summary>
    private sealed class ItemList(IReadOnlyList<ChatKitArchivedItem> items) : IReadOnlyList<StoredItem>
    {
        public int Count => items.Count;

        public StoredItem this[int index] => new(items[index].Id, items[index].Json);

        public IEnumerator<StoredItem> GetEnumerator() => items.Select(item => new StoredItem(item.Id, item.Json)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
