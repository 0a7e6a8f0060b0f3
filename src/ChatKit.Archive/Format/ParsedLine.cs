// One line of an archive, read: whose it is, how many items, and where in it each stands.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatKit.Json;

namespace ChatKit.Archive;

internal sealed class ParsedLine
{
    // Mostly an archive is read once, before the runtime would have compiled these loops well: a third of the time.
#if NETFRAMEWORK
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining;
#else
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;
#endif

    // A thread may have the 64 levels that the client reads, and the line adds to them.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    private ParsedLine()
    {
    }

    public string Id { get; private set; } = "";

    /// <summary>What <see cref="ThreadLocations"/> knows the thread by.</summary>
    public (ulong High, ulong Low) Key { get; private set; }

    public string? User { get; private set; }

    /// <summary>In unix seconds; 0 where the thread does not say.</summary>
    public long CreatedAt { get; private set; }

    /// <summary>When the thread was captured; null in a line of version 1 of the format.</summary>
    public DateTimeOffset? CapturedAt { get; private set; }

    public (int Start, int Length) Thread { get; private set; }

    /// <summary>Whether the items were not read, so that they are not counted.</summary>
    public bool IsHead { get; private set; }

    public int ItemCount { get; private set; }

    public int Attachments { get; private set; }

    /// <summary>
    /// The id of each item, empty where it has none, and where its JSON stands; null unless asked for.
    /// </summary>
    public List<(string Id, int Start, int Length)>? Items { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="withItems">Whether to note each item.</param>
    /// <exception cref="JsonException">It is not a thread with its items; the message says why.</exception>
    public static ParsedLine Read(ReadOnlySpan<byte> line, bool withItems)
    {
        try
        {
            return ReadAsIs(line, withItems);
        }
        catch (JsonException) when (LoneSurrogates.Replace(line.ToArray()) is { } mended)
        {
            // As the client reads it; every place is the same in both.
            return ReadAsIs(mended, withItems);
        }
    }

    /// <summary>
    /// Reads of a line what stands before its items, and only where that is not enough all of it: of a line that a
    /// hash says is as it was written, one wants to know whose it is.
    /// </summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <exception cref="JsonException">It is not a thread with its items; the message says why.</exception>
    public static ParsedLine ReadHead(ReadOnlySpan<byte> line)
    {
        try
        {
            ParsedLine parsed = new() { IsHead = true };
            parsed.Read(line);
            return parsed;
        }
        catch (JsonException)
        {
            return Read(line, withItems: false);
        }
    }

    /// <summary>How many attachments an item names.</summary>
    public static int AttachmentsOf(ReadOnlySpan<byte> item)
    {
        // A reader throws for a lone surrogate in a name.
        byte[]? mended = item.IndexOf("\\u"u8) < 0 ? null : LoneSurrogates.Replace(item.ToArray());
        Utf8JsonReader reader = new(mended ?? item, Deep);
        reader.Read();
        return ReadItem(ref reader, withId: false, out _);
    }

    private static ParsedLine ReadAsIs(ReadOnlySpan<byte> line, bool withItems)
    {
        ParsedLine parsed = new() { Items = withItems ? [] : null };
        parsed.Read(line);
        return parsed;
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Read(new Utf8JsonReader(line, Deep));
        }
        catch (InvalidOperationException e)
        {
            // What a reader throws for text that is no Unicode.
            throw new JsonException(e.Message, e);
        }
    }

    [MethodImpl(Hot)]
    private void Read(Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "The line is no object.");
        bool hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isThread = reader.ValueTextEquals("thread"u8);
            bool isItems = reader.ValueTextEquals("items"u8);
            bool isCapturedAt = reader.ValueTextEquals("capturedAt"u8);
            reader.Read();
            if (isThread)
            {
                ReadThread(ref reader);
            }
            else if (isItems && IsHead)
            {
                hasItems = true;
                break;
            }
            else if (isItems)
            {
                ReadItems(ref reader);
                hasItems = true;
            }
            else if (isCapturedAt)
            {
                bool isMoment = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out _);
                Expect(isMoment, "The line does not say when it was captured.");
                CapturedAt = reader.GetDateTimeOffset();
            }
            else
            {
                reader.Skip();
            }
        }

        if (!IsHead)
        {
            // Throws where something stands behind the object.
            reader.Read();
        }

        Expect(!string.IsNullOrWhiteSpace(Id), "The line has no thread with an id.");
        Expect(hasItems, "The line has no list of items.");
        Key = ThreadLocations.KeyOf(Id);
    }

    [MethodImpl(Hot)]
    private void ReadThread(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "The thread is no object.");
        int start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isUser = reader.ValueTextEquals("user"u8);
            bool isCreatedAt = reader.ValueTextEquals("created_at"u8);
            reader.Read();
            if (isId)
            {
                Id = TextOf(ref reader) ?? "";
            }
            else if (isUser)
            {
                User = TextOf(ref reader);
            }
            else if (isCreatedAt)
            {
                CreatedAt = SecondsOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        Thread = (start, (int)reader.BytesConsumed - start);
    }

    [MethodImpl(Hot)]
    private void ReadItems(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, "The items are no list.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject, "An item is no object.");
            int start = (int)reader.TokenStartIndex;
            Attachments += ReadItem(ref reader, Items is not null, out string id);
            Items?.Add((id, start, (int)reader.BytesConsumed - start));
            ItemCount++;
        }
    }

    /// <summary>Reads an item; gives how many attachments it names.</summary>
    [MethodImpl(Hot)]
    private static int ReadItem(ref Utf8JsonReader reader, bool withId, out string id)
    {
        id = "";
        int attachments = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = withId && reader.ValueTextEquals("id"u8);
            bool isAttachments = reader.ValueTextEquals("attachments"u8);
            reader.Read();
            if (isId)
            {
                id = TextOf(ref reader) ?? "";
            }
            else if (isAttachments)
            {
                attachments = CountOf(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return attachments;
    }

    [MethodImpl(Hot)]
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    private static long SecondsOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long seconds))
        {
            return seconds;
        }

        if (TimestampConverter.TryRead(ref reader, out DateTime? moment))
        {
            return moment is { } local ? new DateTimeOffset(local).ToUnixTimeSeconds() : 0;
        }

        reader.Skip();
        return 0;
    }

    /// <summary>How many attachments an item names; an empty place in the list is none.</summary>
    [MethodImpl(Hot)]
    private static int CountOf(ref Utf8JsonReader reader)
    {
        int count = 0;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                count += reader.TokenType == JsonTokenType.Null ? 0 : 1;
                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        return count;
    }

    private static void Expect(bool isSo, string message)
    {
        if (!isSo)
        {
            throw new JsonException(message);
        }
    }
}
