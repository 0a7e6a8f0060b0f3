// An item: several steps of the workflow, shown as one.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace ChatKit;

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

    /// <summary>The steps, one per line.</summary>
    public override string Text => string.Join("\n", Tasks.Select(task => task.Text));
}
