// The texts that the API sends over and over: each is one string, however often it comes.
using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Json;

internal static class KnownText
{
    /// <summary>At a length are the texts of that many bytes.</summary>
    private static readonly (byte[] Utf8, string Text)[][] ByLength = Index(
        ThreadStatus.Active, "locked", "closed", "chatkit.thread", "completed", "in_progress", "custom", "thought", "image", "file", "url",
        ChatKitUserMessage.TypeName, ChatKitAssistantMessage.TypeName, ChatKitWidget.TypeName, ChatKitClientToolCall.TypeName, ChatKitTask.TypeName,
        ChatKitTaskGroup.TypeName, ChatKitInputText.TypeName, ChatKitQuotedText.TypeName, ChatKitOutputText.TypeName);

    /// <summary>As <see cref="Utf8JsonReader.GetString"/>, which makes a string each time.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length < ByLength.Length)
        {
            foreach ((byte[] utf8, string text) in ByLength[reader.ValueSpan.Length])
            {
                if (reader.ValueSpan.SequenceEqual(utf8))
                {
                    return text;
                }
            }
        }

        return reader.GetString();
    }

    private static (byte[] Utf8, string Text)[][] Index(params string[] texts) =>
        [.. Enumerable.Range(0, texts.Max(text => text.Length) + 1)
            .Select(length => texts.Where(text => text.Length == length).Select(text => (Encoding.UTF8.GetBytes(text), text)).ToArray())];
}

/// <summary>For a property that mostly has a <see cref="KnownText"/>, and may have any.</summary>
internal sealed class KnownTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => KnownText.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();
}
