// A source that is a page on the web.
namespace ChatKit;

/// <summary>A citation of a page on the web.</summary>
public sealed class ChatKitUrlAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "url";

    internal ChatKitUrlAnnotation(string? url)
        : base(TypeName) =>
        Url = url;

    /// <summary>The address as the server sent it; null if it did not.</summary>
    public string? Url { get; }

    /// <inheritdoc/>
    public override string Text => Url ?? "";
}
