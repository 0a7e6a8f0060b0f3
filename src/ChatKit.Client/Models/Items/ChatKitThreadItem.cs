// The base of the items of a thread.
using System;
using System.Text.Json.Serialization;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit;

/// <summary>One item of a thread: a message, a tool call, a task, a widget.</summary>
[JsonConverter(typeof(ThreadItemConverter))]
public abstract class ChatKitThreadItem : ChatKitObject, IListElement
{
    private const string Prefix = "chatkit.";

    private protected ChatKitThreadItem(string type) => Type = type;

    /// <summary>The identifier, such as <c>cthi_user_001</c>; empty if the server did not send it.</summary>
    [JsonInclude]
    public string Id { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The identifier of the item's thread; null if neither the item nor its container has it.</summary>
    [JsonInclude]
    public string? ThreadId { get; internal set; }

    /// <summary>
    /// The type, such as <c>chatkit.user_message</c>. Known types have the schema's name even if the server omits the
    /// prefix; an unknown type is as the server sent it.
    /// </summary>
    [JsonIgnore]
    public string Type { get; }

    /// <summary>
    /// The last "type" member of the item, as the server sent it. It differs from <see cref="Type"/> if there are
    /// several.
    /// </summary>
    [JsonInclude]
    [JsonPropertyName("type")]
    [JsonConverter(typeof(TypeNameConverter))]
    internal string? LastType { get; set; }

    /// <summary>When the item was created, in local time; null if the server did not send it.</summary>
    [JsonInclude]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTime? CreatedAt { get; internal set; }

    /// <summary>
    /// The item as plain text: a message's text, a tool call and its output, or a task's heading and summary.
    /// </summary>
    [JsonIgnore]
    public abstract string Text { get; }

    /// <summary>The item as plain text.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>Adds the prefix of the schema, which the published examples omit.</summary>
    internal static string NormalizeType(string type) =>
        type.StartsWith(Prefix, StringComparison.Ordinal) ? type : Prefix + type;
}
