// The model and the tool that a user chose for a message.
using System.Linq;
using System.Text.Json.Serialization;

namespace ChatKit;

/// <summary>The model and the tool that a user's message asked for.</summary>
public sealed class ChatKitInferenceOptions
{
    /// <summary>The model, or null for the session's own.</summary>
    [JsonInclude]
    public string? Model { get; internal set; }

    /// <summary>The identifier of the tool, or null where the choice was left to the assistant.</summary>
    [JsonIgnore]
    public string? ToolId => ToolChoice?.Id;

    [JsonInclude]
    internal ToolChoiceBody? ToolChoice { get; set; }

    internal sealed class ToolChoiceBody
    {
        public string? Id { get; set; }
    }

    /// <summary>The model and the tool, where they are set.</summary>
    /// <returns>A short text for a person.</returns>
    public override string ToString() => string.Join(", ", new[] { Model, ToolId }.Where(part => part is not null));
}
