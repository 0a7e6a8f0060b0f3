// A part of a message: text that the assistant wrote.
using System.Collections.Generic;

namespace ChatKit;

/// <summary>Text that the assistant wrote, with the sources it cites.</summary>
public sealed class ChatKitOutputText : ChatKitContentPart
{
    internal const string TypeName = "output_text";

    internal ChatKitOutputText()
        : base(TypeName)
    {
    }

    /// <summary>The cited sources, in order.</summary>
    public IReadOnlyList<ChatKitAnnotation> Annotations { get => field; internal set => field = value ?? []; } = [];

    internal override void Attach(byte[] response)
    {
        base.Attach(response);
        AttachAll(Annotations, response);
    }
}
