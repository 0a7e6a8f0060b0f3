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

    /// <summary><c>custom</c>, <c>thought</c>, or another value that the server sent.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string? TaskType { get; internal set; }

    /// <summary>The heading; null if there is none.</summary>
    [JsonInclude]
    public string? Heading { get; internal set; }

    /// <summary>The summary; null if there is none.</summary>
    [JsonInclude]
    public string? Summary { get; internal set; }

    /// <summary>The task on one line: <c>heading: summary</c>.</summary>
    public override string Text => ChatKitTaskGroupTask.Describe(Heading, Summary);
}
