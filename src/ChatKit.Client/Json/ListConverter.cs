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
    private JsonConverter<T>? _elements;

    /// <summary>A converter whose elements are read as the serializer's options have it.</summary>
    public ListConverter()
    {
    }

    /// <summary>A converter whose elements are read by another one, which needs no options.</summary>
    public ListConverter(JsonConverter<T> elements) => _elements = elements;

    public IReadOnlyList<T> Read(ref Utf8JsonReader reader) => Read(ref reader, typeof(IReadOnlyList<T>), null!);

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("What should be a list is none.");
        }

        _elements ??= (JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter;
        T? only = null;
        List<T>? several = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            reader.CheckIsObject("An element");
            long start = reader.TokenStartIndex;
            T element = _elements.Read(ref reader, typeof(T), options)!;
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
