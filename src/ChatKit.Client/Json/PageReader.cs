// Reads a page. Hand-written: with generated metadata, the first page of a process took longer to prepare than to
// fetch.
using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

/// <param name="elements">Reads an element.</param>
/// <param name="check">Throws if an element is not the expected one; may be null.</param>
internal sealed class PageReader<T>(JsonConverter<T> elements, Action<T>? check = null)
    where T : ChatKitObject
{
    private readonly ListConverter<T> _list = new(elements, check);

    /// <summary>Reads the page at the reader. JSON null is a page without a list.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="skipUnreadable">Whether to note an element that cannot be read, instead of failing.</param>
    public PageBody<T> Read(ref Utf8JsonReader reader, bool skipUnreadable = false)
    {
        List<UnreadableElement>? unreadable = skipUnreadable ? [] : null;
        IReadOnlyList<T>? data = null;
        string? lastId = null;
        bool hasMore = false;
        if (reader.TokenType != JsonTokenType.Null)
        {
            reader.CheckIsObject("A page");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("data"u8))
                {
                    reader.Read();
                    data = reader.TokenType == JsonTokenType.Null ? null : _list.Read(ref reader, null!, unreadable);
                }
                else if (reader.ValueTextEquals("last_id"u8))
                {
                    lastId = reader.ReadText("last_id");
                }
                else if (reader.ValueTextEquals("has_more"u8))
                {
                    hasMore = reader.ReadFlag("has_more");
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return new PageBody<T>(data, lastId, hasMore, unreadable ?? []);
    }
}
