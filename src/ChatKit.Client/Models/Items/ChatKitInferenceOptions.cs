// The model and the tool that a user chose for a message.
using System.Linq;
using System.Text.Json.Serialization;

namespace ChatKit;

/// <summary>The model and the tool that a user's message asked for.</summary>
public sealed class ChatKitInferenceOptions
{
    /// <summary>The model; null for the session's default.</summary>
    [JsonInclude]
    public string? Model { get; internal set; }

    /// <summary>The identifier of the tool; null if the assistant chose.</summary>
    [JsonIgnore]
    public string? ToolId => ToolChoice?.Id;

    [JsonInclude]
    internal ToolChoiceBody? ToolChoice { get; set; }

    internal sealed class ToolChoiceBody
    {
        public string? Id { get; set; }
    }

    /// <summary>The model and the tool, if they are set.</summary>
    /// <returns>A short text to show.</returns>
    public override string ToString() => string.Join(", ", new[] { Model, ToolId }.Where(part => part is not null));
}
