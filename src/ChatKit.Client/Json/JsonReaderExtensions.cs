// Helpers of the hand-written readers: read a value, or throw and say what was expected.
using System.Text.Json;

namespace ChatKit.Json;

internal static class JsonReaderExtensions
{
    /// <summary>Throws if the value at the reader is not an object.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="what">What it should be: the start of a sentence.</param>
    public static void CheckIsObject(this ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"{what} is not an object.");
        }
    }

    /// <summary>Reads the value after a member name: a string or null.</summary>
    public static string? ReadText(this ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? reader.GetString()
            : throw new JsonException($"'{member}' is not a string.");
    }

    /// <summary>Reads the value after a member name: true or false; null counts as false.</summary>
    public static bool ReadFlag(this ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw new JsonException($"'{member}' is neither true nor false."),
        };
    }
}
