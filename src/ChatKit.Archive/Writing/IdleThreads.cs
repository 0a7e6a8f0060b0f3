// Which threads of an archive an update need not ask for: those that have long been quiet, and those that are closed.
using System;
using System.Collections.Generic;
using System.Text.Json;
using ChatKit.Json;

namespace ChatKit.Archive;

/// <param name="archive">The archive, whose lines are compared.</param>
/// <param name="before">A thread whose newest item is older than this is idle.</param>
/// <param name="failed">The threads that could not be fetched the last time: those are asked for.</param>
internal sealed class IdleThreads(ArchiveWriter archive, DateTimeOffset before, ICollection<string> failed)
{
    /// <summary>Whether a thread is as the archive has it, as far as its own JSON says, and idle or closed.</summary>
    /// <param name="thread">The thread, with its JSON as it is now.</param>
    public bool Contains(FetchedThread thread)
    {
        if (!thread.Known.IsWritten || failed.Contains(thread.Id))
        {
            return false;
        }

        byte[] line = archive.ReadLine(thread.Known);
        ParsedLine parsed = LineFile.Parse(line);
        if (!line.AsSpan(parsed.Thread.Start, parsed.Thread.Length).SequenceEqual(thread.Json))
        {
            return false;
        }

        try
        {
            ChatKitThread now = ChatKitJson.ReadThread(thread.Json);
            return now.Status == "closed" || NewestOf(now, line, parsed) < before.UtcDateTime;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An item that cannot be read, or a name with a lone surrogate, says nothing of when it was.
            return false;
        }
    }

    private static DateTime? NewestOf(ChatKitThread thread, byte[] line, ParsedLine parsed)
    {
        if (parsed.Items is not { Count: > 0 } items)
        {
            return thread.CreatedAt?.ToUniversalTime();
        }

        (_, int start, int length) = items[items.Count - 1];
        Utf8JsonReader reader = new(line.AsSpan(start, length));
        reader.Read();
        DateTime? created = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCreated = reader.ValueTextEquals("created_at"u8);
            reader.Read();
            if (isCreated)
            {
                created = TimestampConverter.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return created?.ToUniversalTime();
    }
}
