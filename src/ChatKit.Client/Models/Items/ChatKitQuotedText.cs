// A part of a message: text that the user quoted.
namespace ChatKit;

/// <summary>Text that the user quoted from the conversation.</summary>
public sealed class ChatKitQuotedText : ChatKitContentPart
{
    internal const string TypeName = "quoted_text";

    internal ChatKitQuotedText()
        : base(TypeName)
    {
    }
}
