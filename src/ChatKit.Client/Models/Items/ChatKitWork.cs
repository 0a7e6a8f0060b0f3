// The kinds of item that are not messages: widgets, tool calls, tasks.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A widget that the workflow showed.</summary>
public sealed class ChatKitWidget : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.widget";

    [JsonConstructor]
    internal ChatKitWidget()
        : base(TypeName)
    {
    }

    /// <summary>The widget: a JSON document, as a string, as the server sent it.</summary>
    [JsonInclude]
    public string? Widget { get; internal set; }

    /// <inheritdoc/>
    public override string Text => Widget ?? "";
}

/// <summary>A call of a tool that runs in the end user's browser or app.</summary>
public sealed class ChatKitClientToolCall : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.client_tool_call";

    [JsonConstructor]
    internal ChatKitClientToolCall()
        : base(TypeName)
    {
    }

    /// <summary><c>in_progress</c> or <c>completed</c>, or whatever else the server says.</summary>
    [JsonInclude]
    [JsonConverter(typeof(KnownTextConverter))]
    public string? Status { get; internal set; }

    /// <summary>The identifier of the call.</summary>
    [JsonInclude]
    public string? CallId { get; internal set; }

    /// <summary>The name of the tool.</summary>
    [JsonInclude]
    public string? Name { get; internal set; }

    /// <summary>What the tool was called with: a JSON document, as a string.</summary>
    [JsonInclude]
    public string? Arguments { get; internal set; }

    /// <summary>What the tool gave back: a JSON document, as a string; null while the call is in progress.</summary>
    [JsonInclude]
    public string? Output { get; internal set; }

    /// <summary>The call in one line: <c>name(arguments) → output</c>.</summary>
    public override string Text => Output is null ? $"{Name}({Arguments})" : $"{Name}({Arguments}) → {Output}";
}

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
    [JsonConverter(typeof(KnownTextConverter))]
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

/// <summary>Several steps of the workflow, shown as one.</summary>
public sealed class ChatKitTaskGroup : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.task_group";

    [JsonConstructor]
    internal ChatKitTaskGroup()
        : base(TypeName)
    {
    }

    /// <summary>The steps, in order.</summary>
    [JsonInclude]
    public IReadOnlyList<ChatKitTaskGroupTask> Tasks { get => field; internal set => field = value ?? []; } = [];

    /// <summary>The steps, one a line.</summary>
    public override string Text => string.Join("\n", Tasks.Select(task => task.Text));
}

/// <summary>One step of a task group.</summary>
public sealed class ChatKitTaskGroupTask
{
    /// <summary><c>custom</c> or <c>thought</c>, or whatever else the server says.</summary>
    [JsonInclude]
    [JsonConverter(typeof(KnownTextConverter))]
    public string? Type { get; internal set; }

    /// <summary>The heading, where there is one.</summary>
    [JsonInclude]
    public string? Heading { get; internal set; }

    /// <summary>The summary, where there is one.</summary>
    [JsonInclude]
    public string? Summary { get; internal set; }

    /// <summary>The step in one line: <c>heading: summary</c>.</summary>
    [JsonIgnore]
    public string Text => Describe(Heading, Summary);

    /// <summary>The step in one line.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    internal static string Describe(string? heading, string? summary) =>
        string.Join(": ", new[] { heading, summary }.Where(part => !string.IsNullOrEmpty(part)));
}
