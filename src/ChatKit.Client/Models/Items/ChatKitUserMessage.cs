// An item: a message of the end user.
using System.Collections.Generic;
using System.Text.Json.Serialization;

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

    /// <summary>The attachments. The API sends names and types, never the content.</summary>
    [JsonInclude]
    public IReadOnlyList<ChatKitAttachment> Attachments { get => field; internal set => field = value ?? []; } = [];

    /// <summary>The model and tool that the message asked for; null for the workflow's choice.</summary>
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
