// What the index keeps of a thread.
using System;
using System.Text.Json;

namespace ChatKit.Archive;

/// <param name="name">The name of the thread's page.</param>
/// <param name="thread">The thread, of which only what the index shows is kept.</param>
/// <param name="items">How many items it has.</param>
/// <param name="number">The number under which the shards have its texts.</param>
internal sealed class HtmlIndexRow(string name, ChatKitThread thread, int items, int number)
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _title = PageText.Line(thread.Title);
    private readonly string _reason = PageText.Line(thread.StatusReason);

    public string Id { get; } = PageText.Line(thread.Id);

    public string Status { get; } = PageText.Words(thread.Status);

    public string User { get; } = PageText.Line(thread.User);

    public DateTime? CreatedAt { get; } = thread.CreatedAt?.ToUniversalTime();

    public int Items { get; } = items;

    /// <summary>Writes the row as an array, in the order in which Index.js reads it.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Id);
        writer.WriteStringValue(_title);
        writer.WriteStringValue(Status);
        writer.WriteStringValue(_reason);
        writer.WriteStringValue(User);
        if (CreatedAt is { } moment)
        {
            writer.WriteNumberValue((long)Math.Floor((moment - Epoch).TotalSeconds));
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteNumberValue(Items);
        writer.WriteNumberValue(number);
        if (name != Id)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
