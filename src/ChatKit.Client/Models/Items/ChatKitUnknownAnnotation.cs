// A source of unknown type.
namespace ChatKit;

/// <summary>
/// A citation of a type that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.
/// </summary>
public sealed class ChatKitUnknownAnnotation : ChatKitAnnotation
{
    internal ChatKitUnknownAnnotation(string type)
        : base(type)
    {
    }

    /// <inheritdoc/>
    public override string Text => $"[{Type}]";
}
