// Reads the sources that an assistant cites. Hand-written for speed, as ContentPartConverter is.
using System;
using System.Text.Json;

namespace ChatKit.Json;

internal sealed class AnnotationConverter : UnionConverter<ChatKitAnnotation>
{
    protected override ChatKitAnnotation? ReadKnown(string type, ref Utf8JsonReader reader, ref string last) =>
        type switch
    {
        ChatKitFileAnnotation.TypeName => new ChatKitFileAnnotation(ReadSource(ref reader, "filename"u8, ref last)),
        ChatKitUrlAnnotation.TypeName => new ChatKitUrlAnnotation(ReadSource(ref reader, "url"u8, ref last)),
        _ => null,
    };

    protected override ChatKitAnnotation ReadUnknown(string type, Utf8JsonReader reader) =>
        new ChatKitUnknownAnnotation(type);

    /// <summary>
    /// A member of the annotation's source; null if there is none. Of duplicates the last counts, as in every reader
    /// here.
    /// </summary>
    private static string? ReadSource(ref Utf8JsonReader reader, ReadOnlySpan<byte> member, ref string last)
    {
        string? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSource = reader.ValueTextEquals("source"u8);
            bool isType = !isSource && reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isSource)
            {
                value = ReadMember(ref reader, member);
            }
            else if (isType)
            {
                last = TypeNameConverter.ReadType(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    private static string? ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        reader.CheckIsObject("A source");
        string? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMember = reader.ValueTextEquals(member);
            reader.Read();
            if (isMember)
            {
                value = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }
}
