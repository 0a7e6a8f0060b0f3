// Makes untrusted text safe to print: a terminal obeys control characters, and BiDi controls reorder what it shows.
using System.Text;

namespace ChatKit;

/// <summary>
/// Makes text safe to print on a terminal. Models hold text as the server sent it; make it safe where you print it.
/// </summary>
public static class PrintableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Makes a text safe that may have several lines.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>
    /// The text with U+FFFD for each control character except line breaks and tabs, and for each BiDi control
    /// (embedding, override, isolate). A carriage return without a line feed, which would overwrite the line, becomes a
    /// line feed.
    /// </returns>
    public static string Lines(string? text) => Clean(text, keepLines: true);

    /// <summary>Makes a text safe and puts it on one line.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>
    /// The text as <see cref="Lines"/> returns it, but with a space for each line break character and tab.
    /// </returns>
    public static string OneLine(string? text) => Clean(text, keepLines: false);

    /// <summary>The beginning of a text on one line, to quote in a message.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The maximum number of UTF-16 code units: 1 or more. A surrogate pair is not split.</param>
    /// <returns>
    /// The text as <see cref="OneLine"/> returns it, trimmed. If it is longer, its beginning and <c>…</c>.
    /// </returns>
    public static string Excerpt(string text, int length = 120)
    {
        string line = OneLine(text).Trim();
        if (line.Length <= length)
        {
            return line;
        }

        int end = char.IsHighSurrogate(line[length - 1]) ? length - 1 : length;
        return line.Substring(0, end) + "…";
    }

    private static string Clean(string? text, bool keepLines)
    {
        if (text is null)
        {
            return "";
        }

        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            char safe = keepLines ? InLines(text, i) : InLine(text[i]);
            if (safe != text[i])
            {
                clean ??= new StringBuilder(text);
                clean[i] = safe;
            }
        }

        return clean?.ToString() ?? text;
    }

    private static char InLines(string text, int i) => text[i] switch
    {
        '\r' when i + 1 == text.Length || text[i + 1] != '\n' => '\n',
        '\r' or '\n' or '\t' => text[i],
        char c => IsObeyed(c) ? Replacement : c,
    };

    private static char InLine(char c) => c switch
    {
        '\r' or '\n' or '\t' or '\u2028' or '\u2029' => ' ',
        _ => IsObeyed(c) ? Replacement : c,
    };

    private static bool IsObeyed(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
