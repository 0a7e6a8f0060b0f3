// Reads the parts of a message. Hand-written: parts and annotations are half of the objects of a page of items, and
// with generated metadata a page took an eighth longer.
using System.Collections.Generic;
using System.Text.Json;

namespace ChatKit.Json;

internal sealed class ContentPartConverter : UnionConverter<ChatKitContentPart>
{
    private static readonly ListConverter<ChatKitAnnotation> Annotations = new();

    protected override ChatKitContentPart? ReadKnown(string type, ref Utf8JsonReader reader, ref string last)
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
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                last = TypeNameConverter.ReadType(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return part;
    }

    protected override ChatKitContentPart ReadUnknown(string type, Utf8JsonReader reader) =>
        new ChatKitUnknownContentPart(type);

    private static IReadOnlyList<ChatKitAnnotation>? ReadAnnotations(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null
            ? null
            : Annotations.Read(ref reader, typeof(IReadOnlyList<ChatKitAnnotation>), ChatKitJson.Default.Options);
}
