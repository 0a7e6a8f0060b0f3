// Maps each "type" to the class of the item.
using System;
using System.Text.Json;

namespace ChatKit.Json;

internal sealed class ThreadItemConverter : UnionConverter<ChatKitThreadItem>
{
    protected override ChatKitThreadItem? ReadKnown(string type, ref Utf8JsonReader reader, ref string last)
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
        last = item?.LastType ?? last;
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
