// What every reader by hand does with a member: take its value, or say what was expected.
using System.Text.Json;

namespace ChatKit.Json;

internal static class JsonReaderExtensions
{
    /// <summary>Says so where the value that the reader is at is not an object.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="what">What it should be, as a sentence begins.</param>
    public static void CheckIsObject(this ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"{what} is not an object.");
        }
    }

    /// <summary>Reads the string, or null, that follows the name of a member.</summary>
    public static string? ReadText(this ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? reader.GetString() : throw new JsonException($"'{member}' is not a string.");
    }

    /// <summary>Reads true or false, or null for false, that follows the name of a member.</summary>
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
