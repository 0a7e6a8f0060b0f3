// An element of a list that cannot be read. The rest of its page is read.
using System;
using System.Text.Json;

namespace ChatKit.Json;

/// <param name="id">The identifier; null if it has none.</param>
/// <param name="index">The number of readable elements before it.</param>
/// <param name="reason">Why it cannot be read; it may quote what the server sent.</param>
internal sealed class UnreadableElement(string? id, int index, string reason)
{
    /// <summary>The identifier; null if it has none.</summary>
    public string? Id { get; } = id;

    /// <summary>The number of readable elements before it.</summary>
    public int Index { get; } = index;

    /// <summary>Why it cannot be read; it may quote what the server sent.</summary>
    public string Reason { get; } = reason;

    /// <summary>Creates it for the element at a reader.</summary>
    public static UnreadableElement At(Utf8JsonReader reader, int index, Exception failure) =>
        new(IdOf(reader), index, failure.Message);

    private static string? IdOf(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
            {
                id = TextOf(reader);
            }

            reader.Skip();
        }

        return id;
    }

    private static string? TextOf(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Invalid Unicode.
            return null;
        }
    }
}
