// Reads a list of threads with generated metadata, and notes where in the response each stands.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class ThreadListConverter : JsonConverter<IReadOnlyList<ChatKitThread>?>
{
    public override IReadOnlyList<ChatKitThread>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The answer is no list.");
        }

        var converter = (JsonConverter<ChatKitThread>)ChatKitJson.Default.ChatKitThread.Converter;
        List<ChatKitThread> threads = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("An element is not an object.");
            }

            long start = reader.TokenStartIndex;
            ChatKitThread thread = converter.Read(ref reader, typeof(ChatKitThread), options)!;
            thread.Locate(start, reader.BytesConsumed);
            threads.Add(thread);
        }

        return threads;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ChatKitThread>? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
