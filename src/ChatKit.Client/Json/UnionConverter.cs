// Reads a union by its "type", which may be anywhere in the object. [JsonPolymorphic] needs it first, and drops unknown
// values. This looks ahead with a copy of the reader, then reads with the generated metadata of the type.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatKit.Json;

internal abstract class UnionConverter<TBase> : JsonConverter<TBase>
    where TBase : ChatKitObject
{
    public sealed override TBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Utf8JsonReader start = reader;
        string type = PeekType(start, untilFirst: true);
        string last = type;
        TBase? value = null;
        try
        {
            value = ReadKnown(type, ref reader, ref last);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException &&
            PeekType(start, untilFirst: false) != type)
        {
            // It does not match the first of its types, which does not count if there is another.
        }

        if (value is null)
        {
            last = PeekType(start, untilFirst: false);
        }

        if (last != type)
        {
            // Of duplicates the last counts. Looking for it first would mean to read every object twice.
            type = last;
            reader = start;
            value = ReadKnown(type, ref reader, ref last);
        }

        if (value is null)
        {
            value = ReadUnknown(type, reader);
            reader.Skip();
        }

        return value;
    }

    public sealed override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <summary>Reads an object of a known type. Returns null, and reads nothing, if the type is unknown.</summary>
    /// <param name="type">The type name.</param>
    /// <param name="reader">The reader, at the start of the object; at its end afterwards.</param>
    /// <param name="last">Set to the last type name in the object.</param>
    protected abstract TBase? ReadKnown(string type, ref Utf8JsonReader reader, ref string last);

    /// <summary>
    /// Reads an object of unknown type. The reader is a copy, at the start of the object. Unexpected values are
    /// skipped.
    /// </summary>
    protected abstract TBase ReadUnknown(string type, Utf8JsonReader reader);

    /// <summary>
    /// Reads with generated metadata from the same reader, so that positions are those in the whole response. A nested
    /// <see cref="JsonSerializer"/> call would count from the element and scan it twice.
    /// </summary>
    private protected static T ReadAs<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> metadata)
        where T : TBase =>
        ((JsonConverter<T>)metadata.Converter).Read(ref reader, typeof(T), metadata.Options)!;

    private static string PeekType(Utf8JsonReader reader, bool untilFirst)
    {
        string type = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (!isType)
            {
                reader.Skip();
                continue;
            }

            type = TypeNameConverter.ReadType(ref reader);
            if (untilFirst)
            {
                break;
            }
        }

        return type;
    }
}
