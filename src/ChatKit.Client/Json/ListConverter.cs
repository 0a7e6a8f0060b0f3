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
    private readonly Action<T>? _check;
    private JsonConverter<T>? _elements;

    /// <summary>A converter whose elements are read as the serializer's options have it.</summary>
    public ListConverter()
    {
    }

    /// <summary>A converter whose elements are read by another one, which needs no options.</summary>
    /// <param name="elements">Reads an element.</param>
    /// <param name="check">Throws where an element that was read is not what was asked for; may be null.</param>
    public ListConverter(JsonConverter<T> elements, Action<T>? check)
    {
        _elements = elements;
        _check = check;
    }

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, options, null);

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The reader, at the beginning of the list.</param>
    /// <param name="options">What reads an element, unless another converter does.</param>
    /// <param name="unreadable">Takes the elements that cannot be read; null for them to fail.</param>
    public IReadOnlyList<T> Read(
        ref Utf8JsonReader reader, JsonSerializerOptions options, List<UnreadableElement>? unreadable)
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

            T element;
            Utf8JsonReader before = reader;
            try
            {
                element = ReadElement(ref reader, options);
            }
            catch (Exception e) when (unreadable is not null && e is (JsonException or InvalidOperationException))
            {
                // Where it is no JSON, to skip it fails, too.
                unreadable.Add(UnreadableElement.At(before, several?.Count ?? (only is null ? 0 : 1), e));
                reader = before;
                reader.Skip();
                continue;
            }

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

    private T ReadElement(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.CheckIsObject("An element");
        long start = reader.TokenStartIndex;
        T element = _elements!.Read(ref reader, typeof(T), options)!;
        (element as ChatKitObject)?.Locate(start, reader.BytesConsumed);
        _check?.Invoke(element);
        return element;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
