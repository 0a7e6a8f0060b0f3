// The source-generated metadata, and the one way in from the bytes of a response.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatKit.Json;

/// <summary>A page of items as the wire has it.</summary>
internal sealed class ItemPage
{
    public IReadOnlyList<ChatKitThreadItem> Data { get => field; set => field = ChatKitObject.WithoutNulls(value); } = [];
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatKitThread))]
[JsonSerializable(typeof(ChatKitUserMessage))]
[JsonSerializable(typeof(ChatKitAssistantMessage))]
[JsonSerializable(typeof(ChatKitWidget))]
[JsonSerializable(typeof(ChatKitClientToolCall))]
[JsonSerializable(typeof(ChatKitTask))]
[JsonSerializable(typeof(ChatKitTaskGroup))]
[JsonSerializable(typeof(ChatKitInputText))]
[JsonSerializable(typeof(ChatKitQuotedText))]
[JsonSerializable(typeof(ChatKitOutputText))]
[JsonSerializable(typeof(ChatKitFileAnnotation))]
[JsonSerializable(typeof(ChatKitUrlAnnotation))]
internal sealed partial class ChatKitJson : JsonSerializerContext
{
    /// <summary>Reads a thread from a whole response.</summary>
    /// <exception cref="JsonException">The response is not JSON, or not a thread.</exception>
    public static ChatKitThread ReadThread(byte[] response)
    {
        ChatKitThread thread = Read(response, Default.ChatKitThread);
        if (thread.ObjectType is not (null or "chatkit.thread"))
        {
            throw new JsonException($"The answer is a '{thread.ObjectType}', not a 'chatkit.thread'.");
        }

        if (string.IsNullOrWhiteSpace(thread.Id))
        {
            throw new JsonException("The answer has no id.");
        }

        thread.Locate(0, response.Length);
        thread.Attach(response);
        return thread;
    }

    private static T Read<T>(byte[] response, JsonTypeInfo<T> metadata)
    {
        try
        {
            return JsonSerializer.Deserialize(response, metadata) ?? throw new JsonException("The answer is null.");
        }
        catch (InvalidOperationException e)
        {
            // What a reader throws for text that is not UTF-8, where it is not the serializer itself that asked.
            throw new JsonException(e.Message, e);
        }
    }
}
