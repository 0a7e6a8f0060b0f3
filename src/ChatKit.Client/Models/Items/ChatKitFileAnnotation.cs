// A source that is an uploaded file.
namespace ChatKit;

/// <summary>A citation of an uploaded file.</summary>
public sealed class ChatKitFileAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "file";

    internal ChatKitFileAnnotation(string? fileName)
        : base(TypeName) =>
        FileName = fileName;

    /// <summary>The name of the file; null if the server did not send it.</summary>
    public string? FileName { get; }

    /// <inheritdoc/>
    public override string Text => FileName ?? "";
}
