// An element of a list that cannot be read: what it is known by, and why not. The rest of its page is read all the same.
using System;
using System.Text.Json;

namespace ChatKit.Json;

/// <param name="id">Its identifier; null where it has none.</param>
/// <param name="index">How many elements that can be read stand before it.</param>
/// <param name="reason">Why it cannot be read; it may quote what the server sent.</param>
internal sealed class UnreadableElement(string? id, int index, string reason)
{
    /// <summary>Its identifier; null where it has none.</summary>
    public string? Id { get; } = id;

    /// <summary>How many elements that can be read stand before it.</summary>
    public int Index { get; } = index;

    /// <summary>Why it cannot be read; it may quote what the server sent.</summary>
    public string Reason { get; } = reason;

    /// <summary>Notes the element that a reader is at.</summary>
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
            // It is no Unicode.
            return null;
        }
    }
}
