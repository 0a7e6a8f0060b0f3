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
