// A part of a message: text that the user wrote.
namespace ChatKit;

/// <summary>Text that the user wrote.</summary>
public sealed class ChatKitInputText : ChatKitContentPart
{
    internal const string TypeName = "input_text";

    internal ChatKitInputText()
        : base(TypeName)
    {
    }
}
