// A part of a message that is of no kind known here.
namespace ChatKit;

/// <summary>A part of a kind that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.</summary>
public sealed class ChatKitUnknownContentPart : ChatKitContentPart
{
    internal ChatKitUnknownContentPart(string type)
        : base(type) =>
        Text = $"[{type}]";
}
