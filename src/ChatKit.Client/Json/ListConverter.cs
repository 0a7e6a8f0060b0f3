// Reads a list of objects, and notes where in the response each stands.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <summary>
/// Nulls are left out: they say nothing. The framework's own list converter, used within an object that is read by
/// <see cref="JsonConverter{T}.Read"/>, sets a stack of frames aside for that object; of a page of items that was two fifths of all bytes.
/// </summary>
internal sealed class ListConverter<T> : JsonConverter<IReadOnlyList<T>>
    where T : class
{
    private JsonConverter<T>? _converter;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            // Without a message: the serializer's own says what was expected, and where.
            throw new JsonException();
        }

        _converter ??= (JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter;
        T? only = null;
        List<T>? several = null;
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
            T element = _converter.Read(ref reader, typeof(T), options)!;
            (element as ChatKitObject)?.Locate(start, reader.BytesConsumed);
            if (only is null)
            {
                only = element;
            }
            else
            {
                (several ??= [only]).Add(element);
            }
        }

        return several ?? (only is null ? (IReadOnlyList<T>)[] : new[] { only });
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
