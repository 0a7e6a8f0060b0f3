// Reads a list of objects, and notes the position of each in the response.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <summary>
/// Nulls are skipped. The framework's list converter, called from <see cref="JsonConverter{T}.Read"/>, allocates a
/// stack of frames for each object, which was 40 % of the allocations of a page of items.
/// </summary>
internal sealed class ListConverter<T> : JsonConverter<IReadOnlyList<T>>
    where T : class
{
    private readonly Action<T>? _check;
    private JsonConverter<T>? _elements;

    /// <summary>Creates a converter that reads the elements by the serializer's options.</summary>
    public ListConverter()
    {
    }

    /// <summary>Creates a converter that reads the elements by another one, without options.</summary>
    /// <param name="elements">Reads an element.</param>
    /// <param name="check">Throws if an element is not the expected one; may be null.</param>
    public ListConverter(JsonConverter<T> elements, Action<T>? check)
    {
        _elements = elements;
        _check = check;
    }

    public override IReadOnlyList<T> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, options, null);

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The reader, at the start of the list.</param>
    /// <param name="options">The options for the elements, unless another converter reads them.</param>
    /// <param name="unreadable">Receives the elements that cannot be read; null to fail instead.</param>
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
                // If it is not valid JSON, Skip throws too.
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

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
