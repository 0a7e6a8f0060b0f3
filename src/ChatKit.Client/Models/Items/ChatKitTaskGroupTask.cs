// One step of a task group.
using System.Linq;
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>One step of a task group.</summary>
public sealed class ChatKitTaskGroupTask
{
    /// <summary><c>custom</c>, <c>thought</c>, or another value that the server sent.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string? Type { get; internal set; }

    /// <summary>The heading; null if there is none.</summary>
    [JsonInclude]
    public string? Heading { get; internal set; }

    /// <summary>The summary; null if there is none.</summary>
    [JsonInclude]
    public string? Summary { get; internal set; }

    /// <summary>The step on one line: <c>heading: summary</c>.</summary>
    [JsonIgnore]
    public string Text => Describe(Heading, Summary);

    /// <summary>The step on one line.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    internal static string Describe(string? heading, string? summary) =>
        string.Join(": ", new[] { heading, summary }.Where(part => !string.IsNullOrEmpty(part)));
}
