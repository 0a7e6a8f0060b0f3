// An item of no kind known here.
namespace ChatKit;

/// <summary>An item of a kind that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.</summary>
public sealed class ChatKitUnknownItem : ChatKitThreadItem
{
    internal ChatKitUnknownItem(string type)
        : base(type)
    {
    }

    /// <summary>The kind in brackets, since what the item says cannot be read.</summary>
    public override string Text => $"[{Type}]";
}
