// Which "type" is which class: items, the parts of a message, the annotations of a part.
using System;
using System.Text.Json;

namespace ChatKit.Json;

internal sealed class ThreadItemConverter : UnionConverter<ChatKitThreadItem>
{
    protected override ChatKitThreadItem? ReadKnown(string type, ref Utf8JsonReader reader)
    {
        ChatKitThreadItem? item = ChatKitThreadItem.NormalizeType(type) switch
        {
            ChatKitUserMessage.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitUserMessage),
            ChatKitAssistantMessage.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitAssistantMessage),
            ChatKitWidget.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitWidget),
            ChatKitClientToolCall.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitClientToolCall),
            ChatKitTask.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitTask),
            ChatKitTaskGroup.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitTaskGroup),
            _ => null,
        };
        return item;
    }

    protected override ChatKitThreadItem ReadUnknown(string type, Utf8JsonReader reader)
    {
        ChatKitUnknownItem item = new(type);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isThreadId = reader.ValueTextEquals("thread_id"u8);
            bool isCreatedAt = reader.ValueTextEquals("created_at"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                item.Id = reader.GetString()!;
            }
            else if (isThreadId && reader.TokenType == JsonTokenType.String)
            {
                item.ThreadId = reader.GetString();
            }
            else if (isCreatedAt && TimestampConverter.TryRead(ref reader, out DateTime? moment))
            {
                item.CreatedAt = moment;
            }
            else
            {
                reader.Skip();
            }
        }

        return item;
    }
}

internal sealed class ContentPartConverter : UnionConverter<ChatKitContentPart>
{
    protected override ChatKitContentPart? ReadKnown(string type, ref Utf8JsonReader reader) => type switch
    {
        ChatKitInputText.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitInputText),
        ChatKitQuotedText.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitQuotedText),
        ChatKitOutputText.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitOutputText),
        _ => null,
    };

    protected override ChatKitContentPart ReadUnknown(string type, Utf8JsonReader reader) => new ChatKitUnknownContentPart(type);
}

internal sealed class AnnotationConverter : UnionConverter<ChatKitAnnotation>
{
    protected override ChatKitAnnotation? ReadKnown(string type, ref Utf8JsonReader reader) => type switch
    {
        ChatKitFileAnnotation.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitFileAnnotation),
        ChatKitUrlAnnotation.TypeName => ReadAs(ref reader, ChatKitJson.Default.ChatKitUrlAnnotation),
        _ => null,
    };

    protected override ChatKitAnnotation ReadUnknown(string type, Utf8JsonReader reader) => new ChatKitUnknownAnnotation(type);
}
