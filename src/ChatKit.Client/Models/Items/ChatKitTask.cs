// An item: a step of the workflow.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A step of the workflow that was shown to the user.</summary>
public sealed class ChatKitTask : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.task";

    [JsonConstructor]
    internal ChatKitTask()
        : base(TypeName)
    {
    }

    /// <summary><c>custom</c> or <c>thought</c>, or whatever else the server says.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string? TaskType { get; internal set; }

    /// <summary>The heading, where there is one.</summary>
    [JsonInclude]
    public string? Heading { get; internal set; }

    /// <summary>The summary, where there is one.</summary>
    [JsonInclude]
    public string? Summary { get; internal set; }

    /// <summary>The task in one line: <c>heading: summary</c>.</summary>
    public override string Text => ChatKitTaskGroupTask.Describe(Heading, Summary);
}
