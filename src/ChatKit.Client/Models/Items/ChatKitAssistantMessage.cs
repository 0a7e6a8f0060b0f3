// An item: a message of the assistant.
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace ChatKit;

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
