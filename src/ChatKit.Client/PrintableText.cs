// Text from a server, or from anyone, made safe to print: a terminal obeys control characters, and shows text in the order that BiDi controls say.
using System.Text;

namespace ChatKit;

/// <summary>Makes text safe to print on a terminal. What is read from the API is kept as it was sent; whoever prints it makes it safe.</summary>
public static class PrintableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A text of several lines, with nothing else in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>
    /// The text with each control character but line breaks and tabs, and each Unicode control of the direction of text (embedding, override,
    /// isolate), as U+FFFD. A carriage return without a line feed, which would let a line be written over, is a line break.
    /// </returns>
    public static string Lines(string? text) => Clean(text, keepLines: true);

    /// <summary>A text on one line, with nothing in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>The text as <see cref="Lines"/> gives it, but with each character of a line break, and each tab, as a space.</returns>
    public static string OneLine(string? text) => Clean(text, keepLines: false);

    /// <summary>The first characters of a text on one line, to be quoted in a sentence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many UTF-16 characters at most: 1 or more. A surrogate pair is not cut.</param>
    /// <returns>The text as <see cref="OneLine"/> gives it, trimmed; where it is longer, its beginning and <c>…</c>.</returns>
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

    private static bool IsObeyed(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
