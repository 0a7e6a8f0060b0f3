// Reads a thread. Hand-written: most processes read a thread first, and generated metadata took longer to prepare than
// the fetch.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class ThreadConverter : JsonConverter<ChatKitThread>
{
    /// <summary>The documented default.</summary>
    public const string DefaultStatus = "active";

    private static readonly PageReader<ChatKitThreadItem> Items = new(new ThreadItemConverter());

    public override ChatKitThread Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.CheckIsObject("A thread");
        ChatKitThread thread = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                thread.Id = reader.ReadText("id") ?? "";
            }
            else if (reader.ValueTextEquals("title"u8))
            {
                thread.Title = reader.ReadText("title");
            }
            else if (reader.ValueTextEquals("user"u8))
            {
                thread.User = reader.ReadText("user");
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                thread.ObjectType = InternedText.Read(ref reader);
            }
            else if (reader.ValueTextEquals("created_at"u8))
            {
                reader.Read();
                thread.CreatedAt = TimestampConverter.Read(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                ReadStatus(ref reader, thread);
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                thread.EmbeddedItems = Items.Read(ref reader).Data;
            }
            else
            {
                reader.Skip();
            }
        }

        return thread;
    }

    public override void Write(Utf8JsonWriter writer, ChatKitThread value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <summary>
    /// The status is an object, {"type": "locked", "reason": …}, or a string. It becomes two properties.
    /// </summary>
    private static void ReadStatus(ref Utf8JsonReader reader, ChatKitThread thread)
    {
        (thread.Status, thread.StatusReason) = (DefaultStatus, null);
        if (reader.TokenType == JsonTokenType.String)
        {
            thread.Status = InternedText.Read(ref reader)!;
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            reader.CheckIsObject("A thread's status, where it is no string,");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8);
                bool isReason = reader.ValueTextEquals("reason"u8);
                reader.Read();
                if (isType)
                {
                    thread.Status = InternedText.Read(ref reader) ?? thread.Status;
                }
                else if (isReason && reader.TokenType == JsonTokenType.String)
                {
                    thread.StatusReason = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
