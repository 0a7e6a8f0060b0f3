// Interns the texts that the API sends often, so that each is one string.
using System;
using System.Text;
using System.Text.Json;

namespace ChatKit.Json;

internal static class InternedText
{
    private const int LongestInBytes = 32;

    /// <summary>A linked list of texts for each length in bytes.</summary>
    private static readonly Known?[] ByLength = Index(
        ThreadConverter.DefaultStatus,
        "locked",
        "closed",
        "chatkit.thread",
        "completed",
        "in_progress",
        "custom",
        "thought",
        "image",
        "file",
        "url",
        ChatKitUserMessage.TypeName,
        ChatKitAssistantMessage.TypeName,
        ChatKitWidget.TypeName,
        ChatKitClientToolCall.TypeName,
        ChatKitTask.TypeName,
        ChatKitTaskGroup.TypeName,
        ChatKitInputText.TypeName,
        ChatKitQuotedText.TypeName,
        ChatKitOutputText.TypeName);

    /// <summary>As <see cref="Utf8JsonReader.GetString"/>, without a new string for a known text.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length < ByLength.Length)
        {
            for (Known? known = ByLength[reader.ValueSpan.Length]; known is not null; known = known.Next)
            {
                if (reader.ValueSpan.SequenceEqual(known.Utf8))
                {
                    return known.Text;
                }
            }
        }

        return reader.GetString();
    }

    private static Known?[] Index(params string[] texts)
    {
        Known?[] byLength = new Known?[LongestInBytes + 1];
        foreach (string text in texts)
        {
            byLength[text.Length] = new Known(text, byLength[text.Length]);
        }

        return byLength;
    }

    private sealed class Known(string text, Known? next)
    {
        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

        public string Text { get; } = text;

        public Known? Next { get; } = next;
    }
}
