// What a user attached to a message.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A file or an image that a user attached: what it is called, not what is in it.</summary>
public sealed class ChatKitAttachment
{
    /// <summary><c>image</c> or <c>file</c>, or whatever else the server says.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string Type { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The identifier.</summary>
    [JsonInclude]
    public string Id { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The name that the file had on the user's side.</summary>
    [JsonInclude]
    public string? Name { get; internal set; }

    /// <summary>The MIME type, such as <c>image/png</c>.</summary>
    [JsonInclude]
    public string? MimeType { get; internal set; }

    /// <summary>Where a preview can be seen; null where there is none.</summary>
    [JsonInclude]
    public string? PreviewUrl { get; internal set; }

    /// <summary>The name, or the identifier of an attachment without one.</summary>
    /// <returns>A short text for a person.</returns>
    public override string ToString() => Name ?? Id;
}
