// The parts of a message and the sources that an assistant's text cites.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>One part of a message.</summary>
[JsonConverter(typeof(ContentPartConverter))]
public abstract class ChatKitContentPart : ChatKitObject
{
    private protected ChatKitContentPart(string type) => Type = type;

    /// <summary>The kind: <c>input_text</c>, <c>quoted_text</c>, <c>output_text</c>, or an unknown one as it came.</summary>
    public string Type { get; }

    /// <summary>The words of the part.</summary>
    public string Text { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The words.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>The words of a whole message: a part a line, what the user quoted marked as in a mail.</summary>
    internal static string Join(IReadOnlyList<ChatKitContentPart> parts) =>
        parts.Count == 1 && parts[0] is not ChatKitQuotedText
            ? parts[0].Text
            : string.Join("\n", parts.Select(part => part is ChatKitQuotedText ? "> " + part.Text.Replace("\n", "\n> ") : part.Text));
}

/// <summary>Text that the user wrote.</summary>
public sealed class ChatKitInputText : ChatKitContentPart
{
    internal const string TypeName = "input_text";

    internal ChatKitInputText()
        : base(TypeName)
    {
    }
}

/// <summary>Text that the user quoted from the conversation.</summary>
public sealed class ChatKitQuotedText : ChatKitContentPart
{
    internal const string TypeName = "quoted_text";

    internal ChatKitQuotedText()
        : base(TypeName)
    {
    }
}

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

/// <summary>A part of a kind that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.</summary>
public sealed class ChatKitUnknownContentPart : ChatKitContentPart
{
    internal ChatKitUnknownContentPart(string type)
        : base(type) =>
        Text = $"[{type}]";
}

/// <summary>A source that an assistant's text cites.</summary>
[JsonConverter(typeof(AnnotationConverter))]
public abstract class ChatKitAnnotation : ChatKitObject
{
    private protected ChatKitAnnotation(string type) => Type = type;

    /// <summary>The kind: <c>file</c>, <c>url</c>, or an unknown one as it came.</summary>
    public string Type { get; }

    /// <summary>The source in words: a file's name or an address.</summary>
    public abstract string Text { get; }

    /// <summary>The source in words.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

/// <summary>A citation of an uploaded file.</summary>
public sealed class ChatKitFileAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "file";

    internal ChatKitFileAnnotation(string? fileName)
        : base(TypeName) =>
        FileName = fileName;

    /// <summary>The name of the file; null where the server left it out.</summary>
    public string? FileName { get; }

    /// <inheritdoc/>
    public override string Text => FileName ?? "";
}

/// <summary>A citation of a page on the web.</summary>
public sealed class ChatKitUrlAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "url";

    internal ChatKitUrlAnnotation(string? url)
        : base(TypeName) =>
        Url = url;

    /// <summary>The address, as the server sent it; null where it left it out.</summary>
    public string? Url { get; }

    /// <inheritdoc/>
    public override string Text => Url ?? "";
}

/// <summary>A citation of a kind that this version does not know. <see cref="ChatKitObject.ToJson"/> has all of it.</summary>
public sealed class ChatKitUnknownAnnotation : ChatKitAnnotation
{
    internal ChatKitUnknownAnnotation(string type)
        : base(type)
    {
    }

    /// <inheritdoc/>
    public override string Text => $"[{Type}]";
}
