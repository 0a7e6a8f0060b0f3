// Reads only the keys of an object: id, user, thread id and creation time.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class RawObjectConverter : JsonConverter<RawObject>
{
    public override RawObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.CheckIsObject("An element");
        RawObject kept = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isUser = reader.ValueTextEquals("user"u8);
            bool isThreadId = reader.ValueTextEquals("thread_id"u8);
            bool isCreatedAt = reader.ValueTextEquals("created_at"u8);
            reader.Read();
            if (isUser)
            {
                kept.User = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (isThreadId)
            {
                kept.ThreadId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (isId)
            {
                // Of duplicates the last counts, as in every reader here.
                kept.Id = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                reader.Skip();
            }
            else if (isCreatedAt && TimestampConverter.TryRead(ref reader, out DateTime? moment))
            {
                kept.CreatedAt = moment;
            }
            else
            {
                reader.Skip();
            }
        }

        return kept;
    }

    public override void Write(Utf8JsonWriter writer, RawObject value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
