// The base of the parts of a message.
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

    /// <summary>
    /// The type: <c>input_text</c>, <c>quoted_text</c>, <c>output_text</c>, or an unknown one as the server sent it.
    /// </summary>
    public string Type { get; }

    /// <summary>The text of the part.</summary>
    public string Text { get => field; internal set => field = value ?? ""; } = "";

    /// <summary>The text of the part.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>The text of a whole message: one part per line, with quoted text marked by "> ".</summary>
    internal static string Join(IReadOnlyList<ChatKitContentPart> parts) =>
        parts.Count == 1 && parts[0] is not ChatKitQuotedText
            ? parts[0].Text
            : string.Join("\n", parts.Select(
                part => part is ChatKitQuotedText ? "> " + part.Text.Replace("\n", "\n> ") : part.Text));
}
