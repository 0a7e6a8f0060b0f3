// A part of a message of unknown type.
namespace ChatKit;

/// <summary>
/// A part of a type that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.
/// </summary>
public sealed class ChatKitUnknownContentPart : ChatKitContentPart
{
    internal ChatKitUnknownContentPart(string type)
        : base(type) =>
        Text = $"[{type}]";
}
