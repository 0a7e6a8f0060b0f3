// Reads the kind of an item, whatever stands there: an odd one makes an item of an unknown kind, not a page that cannot be read.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <summary>For a property that names a kind: a <see cref="InternedText"/> or another; empty for what is no text.</summary>
internal sealed class TypeNameConverter : JsonConverter<string>
{
    /// <summary>Null is read, too: as empty.</summary>
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadType(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>The kind, where the reader is at it; empty where it is no text.</summary>
    public static string ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return InternedText.Read(ref reader)!;
        }

        reader.Skip();
        return "";
    }
}
