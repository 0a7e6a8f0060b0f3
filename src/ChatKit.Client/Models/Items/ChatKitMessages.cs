// The two kinds of message, and what comes with a user's.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A message of the end user.</summary>
public sealed class ChatKitUserMessage : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.user_message";

    [JsonConstructor]
    internal ChatKitUserMessage()
        : base(TypeName)
    {
    }

    /// <summary>The parts of the message, in order.</summary>
    [JsonInclude]
    public IReadOnlyList<ChatKitContentPart> Content { get => field; internal set => field = value ?? []; } = [];

    /// <summary>What the user attached. The API gives names and types, never the bytes.</summary>
    [JsonInclude]
    public IReadOnlyList<ChatKitAttachment> Attachments { get => field; internal set => field = value ?? []; } = [];

    /// <summary>The model and tool that the message asked for; null where it left both to the workflow.</summary>
    [JsonInclude]
    public ChatKitInferenceOptions? InferenceOptions { get; internal set; }

    /// <inheritdoc/>
    public override string Text => ChatKitContentPart.Join(Content);

    internal override void Attach(byte[] response)
    {
        base.Attach(response);
        AttachAll(Content, response);
    }
}

/// <summary>A message of the assistant.</summary>
public sealed class ChatKitAssistantMessage : ChatKitThreadItem
{
    internal const string TypeName = "chatkit.assistant_message";

    [JsonConstructor]
    internal ChatKitAssistantMessage()
        : base(TypeName)
    {
    }

    /// <summary>The parts of the message, in order.</summary>
    [JsonInclude]
    public IReadOnlyList<ChatKitContentPart> Content { get => field; internal set => field = value ?? []; } = [];

    /// <inheritdoc/>
    public override string Text => ChatKitContentPart.Join(Content);

    internal override void Attach(byte[] response)
    {
        base.Attach(response);
        AttachAll(Content, response);
    }
}

/// <summary>A file or an image that a user attached: what it is called, not what is in it.</summary>
public sealed class ChatKitAttachment
{
    /// <summary><c>image</c> or <c>file</c>, or whatever else the server says.</summary>
    [JsonInclude]
    [JsonConverter(typeof(KnownTextConverter))]
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
