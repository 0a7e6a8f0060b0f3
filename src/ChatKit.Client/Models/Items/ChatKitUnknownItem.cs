// An item of unknown type.
namespace ChatKit;

/// <summary>
/// An item of a type that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.
/// </summary>
public sealed class ChatKitUnknownItem : ChatKitThreadItem
{
    internal ChatKitUnknownItem(string type)
        : base(type)
    {
    }

    /// <summary>The type in brackets, because the item's text is unknown.</summary>
    public override string Text => $"[{Type}]";
}
