// The parts of a message and the annotations of a part: half of the objects of a page of items, with one or two members each. They are read without
// generated metadata, with which a page took about an eighth longer.
using System;
using System.Collections.Generic;
using System.Text.Json;

namespace ChatKit.Json;

internal sealed class ContentPartConverter : UnionConverter<ChatKitContentPart>
{
    private static readonly ListConverter<ChatKitAnnotation> Annotations = new();

    protected override ChatKitContentPart? ReadKnown(string type, ref Utf8JsonReader reader)
    {
        ChatKitOutputText? output = null;
        ChatKitContentPart? part = type switch
        {
            ChatKitInputText.TypeName => new ChatKitInputText(),
            ChatKitQuotedText.TypeName => new ChatKitQuotedText(),
            ChatKitOutputText.TypeName => output = new ChatKitOutputText(),
            _ => null,
        };
        while (part is not null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                part.Text = reader.GetString()!;
            }
            else if (output is not null && reader.ValueTextEquals("annotations"u8))
            {
                reader.Read();
                output.Annotations = ReadAnnotations(ref reader)!;
            }
            else
            {
                reader.Skip();
            }
        }

        return part;
    }

    protected override ChatKitContentPart ReadUnknown(string type, Utf8JsonReader reader) => new ChatKitUnknownContentPart(type);

    private static IReadOnlyList<ChatKitAnnotation>? ReadAnnotations(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : Annotations.Read(ref reader, typeof(IReadOnlyList<ChatKitAnnotation>), ChatKitJson.Default.Options);
}

internal sealed class AnnotationConverter : UnionConverter<ChatKitAnnotation>
{
    protected override ChatKitAnnotation? ReadKnown(string type, ref Utf8JsonReader reader) => type switch
    {
        ChatKitFileAnnotation.TypeName => new ChatKitFileAnnotation(ReadSource(ref reader, "filename"u8)),
        ChatKitUrlAnnotation.TypeName => new ChatKitUrlAnnotation(ReadSource(ref reader, "url"u8)),
        _ => null,
    };

    protected override ChatKitAnnotation ReadUnknown(string type, Utf8JsonReader reader) => new ChatKitUnknownAnnotation(type);

    /// <summary>One member of the annotation's source; null where there is none. Of several, the last one counts, as for every reader here.</summary>
    private static string? ReadSource(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        string? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSource = reader.ValueTextEquals("source"u8);
            reader.Read();
            if (isSource)
            {
                value = ReadMember(ref reader, member);
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
