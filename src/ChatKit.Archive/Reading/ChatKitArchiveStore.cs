// An archive as a project of the emulator, so that it is asked as the API is.
using System;
using System.Collections.Generic;
using System.Linq;
using ChatKit.Emulator;

namespace ChatKit.Archive;

/// <summary>Serves archives through the emulator.</summary>
public static class ChatKitArchiveStore
{
    /// <summary>
    /// The threads of an archive as a project that can only be read. A thread is read from the disk whenever it is
    /// asked for.
    /// </summary>
    /// <param name="index">The archive.</param>
    /// <returns>The project.</returns>
    public static ThreadStore Of(ChatKitArchiveIndex index)
    {
        if (index is null)
        {
            throw new ArgumentNullException(nameof(index));
        }

        // An archive is written newest first.
        Shelf shelf = new(index);
        return new(index.Threads.Reverse().Select(thread => new ArchivedThread(shelf, thread)));
    }

    private sealed class ArchivedThread(
        Shelf shelf, ChatKitArchivedThread thread) : StoredThread(thread.Id, thread.CreatedAt, thread.User)
    {
        public override byte[] Json => shelf.Read(thread).Json;

        public override IReadOnlyList<StoredItem> Items => shelf.Read(thread).Items;
    }

    /// <summary>Reads threads, and keeps the last one: one with many items is asked for page by page.</summary>
    private sealed class Shelf(ChatKitArchiveIndex index)
    {
        private volatile Content? _last;

        public Content Read(ChatKitArchivedThread thread)
        {
            Content? last = _last;
            return last?.Thread == thread ? last : _last = new Content(thread, index.Read(thread));
        }
    }

    /// <summary>A thread that has been read.</summary>
    private sealed class Content(ChatKitArchivedThread thread, ChatKitArchiveLine line)
    {
        public ChatKitArchivedThread Thread { get; } = thread;

        public byte[] Json { get; } = line.Thread.ToArray();

        public StoredItem[] Items { get; } = [.. line.Items.Select(item => new StoredItem(item.Id, item.Json))];
    }
}
