// What every item of a thread has, whatever its kind.
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

    /// <summary>The identifier, such as <c>cthi_user_001</c>; empty where the server left it out.</summary>
    [JsonInclude]
    public string Id { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The identifier of the thread that the item belongs to; null where neither the item nor what held it says so.</summary>
    [JsonInclude]
    public string? ThreadId { get; internal set; }

    /// <summary>
    /// The kind, such as <c>chatkit.user_message</c>. Known kinds have the schema's spelling even where the server drops the prefix; an
    /// unknown kind is spelled as it came.
    /// </summary>
    [JsonIgnore]
    public string Type { get; }

    /// <summary>The last kind that the item names, as it came: what <see cref="Type"/> was read from, unless the item names several.</summary>
    [JsonInclude]
    [JsonPropertyName("type")]
    [JsonConverter(typeof(TypeNameConverter))]
    internal string? LastType { get; set; }

    /// <summary>When the item was created, in local time; null where the server left it out.</summary>
    [JsonInclude]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTime? CreatedAt { get; internal set; }

    /// <summary>A plain reading of the item in one string: the words of a message, the outcome of a tool call, the heading and summary of a task.</summary>
    [JsonIgnore]
    public abstract string Text { get; }

    /// <summary>The plain reading.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>The published examples drop the prefix that the schema has; both spellings are the same kind.</summary>
    internal static string NormalizeType(string type) =>
        type.StartsWith(Prefix, StringComparison.Ordinal) ? type : Prefix + type;
}
