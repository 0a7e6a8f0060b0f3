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
    [JsonIgnore]
    public string Type { get; }

    /// <summary>The words of the part.</summary>
    [JsonInclude]
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

    [JsonConstructor]
    internal ChatKitInputText()
        : base(TypeName)
    {
    }
}

/// <summary>Text that the user quoted from the conversation.</summary>
public sealed class ChatKitQuotedText : ChatKitContentPart
{
    internal const string TypeName = "quoted_text";

    [JsonConstructor]
    internal ChatKitQuotedText()
        : base(TypeName)
    {
    }
}

/// <summary>Text that the assistant wrote, with the sources it cites.</summary>
public sealed class ChatKitOutputText : ChatKitContentPart
{
    internal const string TypeName = "output_text";

    [JsonConstructor]
    internal ChatKitOutputText()
        : base(TypeName)
    {
    }

    /// <summary>The cited sources, in order.</summary>
    [JsonInclude]
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
    [JsonIgnore]
    public string Type { get; }

    /// <summary>The source in words: a file's name or an address.</summary>
    [JsonIgnore]
    public abstract string Text { get; }

    /// <summary>The source in words.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}

/// <summary>A citation of an uploaded file.</summary>
public sealed class ChatKitFileAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "file";

    [JsonConstructor]
    internal ChatKitFileAnnotation()
        : base(TypeName)
    {
    }

    /// <summary>The name of the file; null where the server left it out.</summary>
    [JsonIgnore]
    public string? FileName => Source?.Filename;

    /// <inheritdoc/>
    public override string Text => FileName ?? "";

    [JsonInclude]
    internal FileSource? Source { get; set; }

    internal sealed class FileSource
    {
        public string? Filename { get; set; }
    }
}

/// <summary>A citation of a page on the web.</summary>
public sealed class ChatKitUrlAnnotation : ChatKitAnnotation
{
    internal const string TypeName = "url";

    [JsonConstructor]
    internal ChatKitUrlAnnotation()
        : base(TypeName)
    {
    }

    /// <summary>The address, as the server sent it; null where it left it out.</summary>
    [JsonIgnore]
    public string? Url => Source?.Url;

    /// <inheritdoc/>
    public override string Text => Url ?? "";

    [JsonInclude]
    internal UrlSource? Source { get; set; }

    internal sealed class UrlSource
    {
        public string? Url { get; set; }
    }
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
