// Reads the "type" of an item. One that is not a string makes an item of unknown type instead of failing the page.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <summary>For a property with a type name. Anything that is not a string is read as empty.</summary>
internal sealed class TypeNameConverter : JsonConverter<string>
{
    /// <summary>Null is read as empty too.</summary>
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadType(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    /// <summary>Reads the type name at the reader; empty if it is not a string.</summary>
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
