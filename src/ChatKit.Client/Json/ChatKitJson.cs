// Reads the API's objects from the bytes of a response.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatKit.Json;

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(ListConverter<ChatKitContentPart>),
        typeof(ListConverter<ChatKitAttachment>),
        typeof(ListConverter<ChatKitTaskGroupTask>),
    ],
    MaxDepth = MaxDepth,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeletionBody))]
[JsonSerializable(typeof(ChatKitSession))]
[JsonSerializable(typeof(ChatKitAnnotation))]
[JsonSerializable(typeof(ChatKitUserMessage))]
[JsonSerializable(typeof(ChatKitAssistantMessage))]
[JsonSerializable(typeof(ChatKitWidget))]
[JsonSerializable(typeof(ChatKitClientToolCall))]
[JsonSerializable(typeof(ChatKitTask))]
[JsonSerializable(typeof(ChatKitTaskGroup))]
internal sealed partial class ChatKitJson : JsonSerializerContext
{
    /// <summary>The maximum nesting of a response. The API uses a tenth of it.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };
    private static readonly ThreadConverter Threads = new();
    private static readonly RawObjectConverter RawObjects = new();
    private static readonly PageReader<ChatKitThread> ThreadPages = new(Threads, CheckIsThread);
    private static readonly PageReader<ChatKitThreadItem> ItemPages = new(new ThreadItemConverter());
    private static readonly PageReader<RawObject> RawPages = new(RawObjects);

    /// <summary>Reads a thread from a whole response.</summary>
    /// <exception cref="JsonException">The response is not JSON, or not a thread.</exception>
    public static ChatKitThread ReadThread(byte[] response)
    {
        ChatKitThread thread = Read(response, (ref reader) => Threads.Read(ref reader, typeof(ChatKitThread), null!));
        CheckIsThread(thread);
        return Whole(thread, response);
    }

    /// <summary>Reads a page of threads from a whole response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="skipUnreadable">
    /// Whether to note a thread that cannot be read in the page, instead of failing.
    /// </param>
    /// <exception cref="JsonException">The response is not JSON, or not a page of threads.</exception>
    public static ChatKitPage<ChatKitThread> ReadThreadPage(byte[] response, bool skipUnreadable = false) =>
        ReadPage(response, ThreadPages, thread => thread.Id, skipUnreadable);

    /// <summary>Reads a page of a thread's items from a whole response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="threadId">The thread.</param>
    /// <param name="skipUnreadable">
    /// Whether to note an item that cannot be read in the page, instead of failing.
    /// </param>
    /// <exception cref="JsonException">The response is not JSON, or not a page of items.</exception>
    public static ChatKitPage<ChatKitThreadItem> ReadItemPage(
        byte[] response, string threadId, bool skipUnreadable = false)
    {
        ChatKitPage<ChatKitThreadItem> page = ReadPage(response, ItemPages, item => item.Id, skipUnreadable);
        foreach (ChatKitThreadItem item in page.Data)
        {
            item.ThreadId ??= threadId;
            CheckBelongs(item.ThreadId, threadId);
        }

        return page;
    }

    /// <summary>Reads a page of a thread's items as raw objects. They need not have ids.</summary>
    /// <exception cref="JsonException">
    /// The response is not JSON, not a page, or has an item of another thread.
    /// </exception>
    public static ChatKitPage<RawObject> ReadRawItemPage(byte[] response, string threadId)
    {
        ChatKitPage<RawObject> page = ReadRawPage(response);
        foreach (RawObject item in page.Data)
        {
            CheckBelongs(item.ThreadId ?? threadId, threadId);
        }

        return page;
    }

    /// <summary>Reads a thread from a whole response as a raw object.</summary>
    /// <exception cref="JsonException">The response is not JSON, or has no id.</exception>
    public static RawObject ReadRawThread(byte[] response)
    {
        RawObject thread = Read(response, (ref reader) => RawObjects.Read(ref reader, typeof(RawObject), null!));
        CheckId(thread.Id);
        return Whole(thread, response);
    }

    /// <summary>Reads a page from a whole response as raw objects. They need not have ids.</summary>
    /// <exception cref="JsonException">The response is not JSON, or not a page.</exception>
    public static ChatKitPage<RawObject> ReadRawPage(byte[] response) =>
        ReadPage(response, RawPages, element => element.Id);

    /// <summary>Reads the response to a deletion: whether the thread is deleted.</summary>
    /// <exception cref="JsonException">The response is not JSON, or not about that thread.</exception>
    public static bool ReadDeletion(byte[] response, string threadId)
    {
        DeletionBody body = Read(response, (ref reader) => Deserialize(ref reader, Default.DeletionBody));
        if (body.Id == threadId)
        {
            return body.Deleted ?? throw new JsonException("The response does not say whether the thread was deleted.");
        }

        throw new JsonException($"The answer is about '{body.Id}'.");
    }

    /// <summary>Reads a session from a whole response.</summary>
    /// <exception cref="JsonException">The response is not JSON, or not a session.</exception>
    public static ChatKitSession ReadSession(byte[] response)
    {
        ChatKitSession session = Read(response, (ref reader) => Deserialize(ref reader, Default.ChatKitSession));
        CheckIs(session.ObjectType, "chatkit.session");
        CheckId(session.Id);
        return Whole(session, response);
    }

    private delegate T ValueReader<T>(ref Utf8JsonReader reader);

    private static T Deserialize<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> metadata) =>
        JsonSerializer.Deserialize(ref reader, metadata) ?? throw new JsonException("The answer is null.");

    private static ChatKitPage<T> ReadPage<T>(
        byte[] response, PageReader<T> reader, Func<T, string> idOf, bool skipUnreadable = false)
        where T : ChatKitObject
    {
        PageBody<T> body = Read(response, (ref at) => reader.Read(ref at, skipUnreadable));
        if (body.Unreadable.Count > 0 && LoneSurrogates.Replace(response) is { } mended)
        {
            body = ReadAsIs(mended, (ref at) => reader.Read(ref at, skipUnreadable));
        }

        IReadOnlyList<T> data = body.Data ?? throw new JsonException("The answer is no list.");
        foreach (T element in data)
        {
            element.Attach(response);
        }

        int count = body.Unreadable.Count;
        string? lastId =
            !string.IsNullOrEmpty(body.LastId) ? body.LastId
            : count > 0 && body.Unreadable[count - 1].Index == data.Count ? body.Unreadable[count - 1].Id
            : data.Count > 0 ? idOf(data[data.Count - 1])
            : null;
        return new ChatKitPage<T>(data, string.IsNullOrEmpty(lastId) ? null : lastId, body.HasMore)
        {
            Unreadable = body.Unreadable,
        };
    }

    private static T Whole<T>(T value, byte[] response)
        where T : ChatKitObject
    {
        value.Locate(0, response.Length);
        value.Attach(response);
        return value;
    }

    private static void CheckIsThread(ChatKitThread thread)
    {
        CheckIs(thread.ObjectType, "chatkit.thread");
        CheckId(thread.Id);
    }

    private static void CheckIs(string? actual, string expected)
    {
        if (actual is not null && actual != expected)
        {
            throw new JsonException($"The answer is a '{actual}', not a '{expected}'.");
        }
    }

    private static void CheckBelongs(string itemThreadId, string threadId)
    {
        if (itemThreadId != threadId)
        {
            throw new JsonException(
                $"The items of thread '{threadId}' were asked for, and one of '{itemThreadId}' came.");
        }
    }

    private static void CheckId(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new JsonException("The answer has no id.");
        }
    }

    private static T Read<T>(byte[] response, ValueReader<T> read)
    {
        try
        {
            return ReadAsIs(response, read);
        }
        catch (JsonException) when (LoneSurrogates.Replace(response) is { } mended)
        {
            // A title that was cut in the middle of a surrogate pair must not fail the page.
            return ReadAsIs(mended, read);
        }
    }

    private static T ReadAsIs<T>(byte[] response, ValueReader<T> read)
    {
        Utf8JsonReader reader = new(response, ReaderOptions);
        try
        {
            reader.Read();
            T value = read(ref reader);

            // Fails where anything follows.
            reader.Read();
            return value;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException { LineNumber: null })
        {
            // The reader throws InvalidOperationException for a value of another type and for invalid Unicode.
            throw new JsonException($"{e.Message.TrimEnd('.')}, before byte {reader.BytesConsumed}.", e);
        }
    }
}
