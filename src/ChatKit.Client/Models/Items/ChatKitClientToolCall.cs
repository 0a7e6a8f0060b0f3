// An item: a tool call that the end user's browser or app carries out.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A call of a tool that runs in the end user's browser or app.</summary>
public sealed class ChatKitClientToolCall : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.client_tool_call";

    [JsonConstructor]
    internal ChatKitClientToolCall()
        : base(TypeName)
    {
    }

    /// <summary><c>in_progress</c>, <c>completed</c>, or another value that the server sent.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string? Status { get; internal set; }

    /// <summary>The identifier of the call.</summary>
    [JsonInclude]
    public string? CallId { get; internal set; }

    /// <summary>The name of the tool.</summary>
    [JsonInclude]
    public string? Name { get; internal set; }

    /// <summary>The arguments of the call: a JSON document, as a string.</summary>
    [JsonInclude]
    public string? Arguments { get; internal set; }

    /// <summary>The output of the tool: a JSON document, as a string; null while the call is in progress.</summary>
    [JsonInclude]
    public string? Output { get; internal set; }

    /// <summary>The call on one line: <c>name(arguments) → output</c>.</summary>
    public override string Text => Output is null ? $"{Name}({Arguments})" : $"{Name}({Arguments}) → {Output}";
}
