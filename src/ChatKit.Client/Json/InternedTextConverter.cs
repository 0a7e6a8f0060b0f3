// Reads a property whose values repeat.
using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <summary>For a property that mostly has an <see cref="InternedText"/>.</summary>
internal sealed class InternedTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InternedText.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
