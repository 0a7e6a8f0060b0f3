// What a page says of the data, whatever kind of page it is: text that cannot reorder what is around it, addresses that
// may be links, times, JSON.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Archive;

internal static class PageText
{
    private static readonly JsonWriterOptions Indented =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Any escape in a JSON string; those of a surrogate pair with their digits.
    private static readonly Regex Escapes =
        new(@"\\(?:u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2})|.)", RegexOptions.CultureInvariant);

    // Of a widget, what a person sees of it.
    private static readonly string[] VisibleMembers = ["title", "value", "label", "text"];

    /// <summary>
    /// The text with what is invisible and does harm made visible: control characters as U+FFFD, and, spelled out, the
    /// marks that turn the direction of text against its letters or that would end the isolation that a page puts
    /// around it.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder? clean = null;
        int isolates = 0;
        for (int i = 0; i < text!.Length; i++)
        {
            char c = text[i];
            string? instead = c switch
            {
                '\n' or '\t' => null,
                '\r' => i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n",
                _ when char.IsControl(c) => "\uFFFD",
                '\u202D' => "[U+202D]",
                '\u202E' => "[U+202E]",
                '\u2069' when isolates == 0 => "[U+2069]",
                _ => null,
            };

            // An isolate ends with its paragraph, too.
            isolates = c switch
            {
                '\u2066' or '\u2067' or '\u2068' => isolates + 1,
                '\u2069' => Math.Max(0, isolates - 1),
                '\n' or '\r' or '\u2029' => 0,
                _ => isolates,
            };
            if (instead is not null)
            {
                clean ??= new StringBuilder(text, 0, i, text.Length + 16);
                clean.Append(instead);
            }
            else
            {
                clean?.Append(c);
            }
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>The clean text on one line.</summary>
    public static string Line(string? text) =>
        Clean(text).Replace('\n', ' ').Replace('\t', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Trim();

    /// <summary>The address as it may stand in a link; null where it is none of the web.</summary>
    public static string? WebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == "http" || uri.Scheme == "https")
            ? uri.AbsoluteUri
            : null;

    /// <summary>For a person, in UTC, which it says.</summary>
    public static string Moment(DateTime moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For a program, in UTC.</summary>
    public static string IsoMoment(DateTime moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) =>
        count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);

    /// <summary>An id in words: <c>in_progress</c> is "in progress".</summary>
    public static string Words(string? id) => Line(id).Replace('_', ' ');

    /// <summary>The title of a page; its id does where it has none.</summary>
    public static string Title(ChatKitThread thread) =>
        Line(thread.Title) is { Length: > 0 } title ? title : "Untitled thread";

    /// <summary>Who or what speaks.</summary>
    public static string Role(ChatKitThreadItem item) => item switch
    {
        ChatKitUserMessage => "User",
        ChatKitAssistantMessage => "Assistant",
        ChatKitClientToolCall => "Tool call",
        ChatKitTask => "Task",
        ChatKitTaskGroup => "Tasks",
        ChatKitWidget => "Widget",
        _ => Line(item.Type),
    };

    /// <summary>JSON indented, with its numbers as they came; what is none, or too deep, as it came.</summary>
    public static string Json(string? json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? "");
            using MemoryStream bytes = new();
            using (Utf8JsonWriter writer = new(bytes, Indented))
            {
                document.WriteTo(writer);
            }

            // The writer escapes what is beyond the first 65,536 characters, such as emoji, whatever its encoder.
            return Clean(Escapes.Replace(Encoding.UTF8.GetString(bytes.ToArray()), escape =>
                escape.Groups[1].Success
                    ? new string([Unit(escape.Groups[1].Value), Unit(escape.Groups[2].Value)])
                    : escape.Value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return Clean(json);
        }
    }

    /// <summary>
    /// Of a widget, its root's kind, and the words that it showed, as far as they are where widgets have them.
    /// </summary>
    public static (string Kind, string Words) Widget(string? json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? "");
            List<string> words = [];
            Gather(document.RootElement, words);
            string kind = document.RootElement is { ValueKind: JsonValueKind.Object } root &&
                root.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
                ? Line(type.GetString())
                : "";
            return (kind, string.Join(" · ", words));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ("", "");
        }
    }

    private static char Unit(string digits) =>
        (char)int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static void Gather(JsonElement element, List<string> words)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement child in element.EnumerateArray())
            {
                Gather(child, words);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                {
                    Gather(member.Value, words);
                }
                else if (Array.IndexOf(VisibleMembers, member.Name) >= 0 &&
                    Line(member.Value.GetString()) is { Length: > 0 } word)
                {
                    words.Add(word);
                }
            }
        }
    }
}
