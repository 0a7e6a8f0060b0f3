// The base of the sources that an assistant's text cites.
using System.Text.Json.Serialization;
using ChatKit.Json;

namespace ChatKit;

/// <summary>A source that an assistant's text cites.</summary>
[JsonConverter(typeof(AnnotationConverter))]
public abstract class ChatKitAnnotation : ChatKitObject
{
    private protected ChatKitAnnotation(string type) => Type = type;

    /// <summary>The type: <c>file</c>, <c>url</c>, or an unknown one as the server sent it.</summary>
    public string Type { get; }

    /// <summary>The source as text: a file name or an address.</summary>
    public abstract string Text { get; }

    /// <summary>The source as text.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
