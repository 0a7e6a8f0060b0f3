// What a user attached to a message.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A file or an image that a user attached: its name and type, not its content.</summary>
public sealed class ChatKitAttachment
{
    /// <summary><c>image</c>, <c>file</c>, or another value that the server sent.</summary>
    [JsonInclude]
    [JsonConverter(typeof(InternedTextConverter))]
    public string Type { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The identifier.</summary>
    [JsonInclude]
    public string Id { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The name of the file on the user's machine.</summary>
    [JsonInclude]
    public string? Name { get; internal set; }

    /// <summary>The MIME type, such as <c>image/png</c>.</summary>
    [JsonInclude]
    public string? MimeType { get; internal set; }

    /// <summary>The address of a preview; null if there is none.</summary>
    [JsonInclude]
    public string? PreviewUrl { get; internal set; }

    /// <summary>The name, or the identifier of an attachment without one.</summary>
    /// <returns>A short text to show.</returns>
    public override string ToString() => Name ?? Id;
}
