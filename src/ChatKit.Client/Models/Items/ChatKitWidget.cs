// An item: a widget that the workflow showed.
using System.Text.Json.Serialization;

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
