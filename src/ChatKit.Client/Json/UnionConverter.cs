// Reads one of several kinds, told apart by "type", which may stand anywhere in the object. The framework's own [JsonPolymorphic] wants it first
// and forgets the value when it does not know it; this looks ahead with a copy of the reader, then reads with the generated metadata of the kind.
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
        catch (Exception e) when (e is JsonException or InvalidOperationException && PeekType(start, untilFirst: false) != type)
        {
            // It is not of the form of the first kind that it names, and need not be.
        }

        if (value is null)
        {
            last = PeekType(start, untilFirst: false);
        }

        if (last != type)
        {
            // Of a member that comes twice the last one counts, as everywhere. To look for it in every object would be to read each twice.
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

    public sealed override void Write(Utf8JsonWriter writer, TBase value, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>Reads an object of the kind that <paramref name="type"/> names; null, with nothing read, where this version does not know it.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="reader">The reader, at the start of the object; afterwards at its end.</param>
    /// <param name="last">Becomes the last kind that the object names.</param>
    protected abstract TBase? ReadKnown(string type, ref Utf8JsonReader reader, ref string last);

    /// <summary>An object of an unknown kind. The reader is a copy, at the start of the object; what is not of the expected form is left alone.</summary>
    protected abstract TBase ReadUnknown(string type, Utf8JsonReader reader);

    /// <summary>
    /// Reads with generated metadata from the same reader, so that positions stay those of the whole response (a nested
    /// <see cref="JsonSerializer"/> call would count from the element, and scan it twice).
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
