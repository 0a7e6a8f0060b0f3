// The wire's status union, {"type": "locked", "reason": …}, read into two strings.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal readonly struct ThreadStatus(string type, string? reason)
{
    public const string Active = "active";

    public string Type { get; } = type;

    public string? Reason { get; } = reason;
}

internal sealed class ThreadStatusConverter : JsonConverter<ThreadStatus>
{
    public override bool HandleNull => true;

    public override ThreadStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return new ThreadStatus(ThreadStatus.Active, null);
            case JsonTokenType.String:
                return new ThreadStatus(KnownText.Read(ref reader)!, null);
            case JsonTokenType.StartObject:
                break;
            default:
                throw new JsonException("A thread's status is neither an object nor a string.");
        }

        string type = ThreadStatus.Active;
        string? reason = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isReason = reader.ValueTextEquals("reason"u8);
            reader.Read();
            if (isType)
            {
                type = KnownText.Read(ref reader) ?? type;
            }
            else if (isReason && reader.TokenType == JsonTokenType.String)
            {
                reason = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return new ThreadStatus(type, reason);
    }

    public override void Write(Utf8JsonWriter writer, ThreadStatus value, JsonSerializerOptions options) => throw new NotSupportedException();
}
