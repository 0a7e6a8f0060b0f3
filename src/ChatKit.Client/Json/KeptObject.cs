// A thread or an item of which only is read what it takes to find it again: an archive keeps what this version could not read, too.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal sealed class KeptObject : ChatKitObject
{
    /// <summary>The identifier; empty where it has none.</summary>
    public string Id { get; set; } = "";

    /// <summary>The end user whose it is; null where it does not say.</summary>
    public string? User { get; set; }

    /// <summary>When it was created, in local time; null where it does not say, or not in a form that is known.</summary>
    public DateTime? CreatedAt { get; set; }
}

internal sealed class KeptObjectConverter : JsonConverter<KeptObject>
{
    public override KeptObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.CheckIsObject("An element");
        KeptObject kept = new();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            bool isUser = reader.ValueTextEquals("user"u8);
            bool isCreatedAt = reader.ValueTextEquals("created_at"u8);
            reader.Read();
            if (isUser)
            {
                kept.User = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (isId)
            {
                // Of several, the last one counts, as for every reader here.
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

    public override void Write(Utf8JsonWriter writer, KeptObject value, JsonSerializerOptions options) => throw new NotSupportedException();
}
