// The sources that a text of the assistant cites: the base of every kind.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

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
