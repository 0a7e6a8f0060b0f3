// Text from a server, made safe to print: a terminal obeys control characters.
using System.Text;

namespace ChatKit.Http;

internal static class PrintableText
{
    /// <summary>The text with every control character but line breaks and tabs shown as U+FFFD.</summary>
    public static string Of(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\t' or '\r'))
            {
                clean ??= new StringBuilder(text);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>The first characters on one line.</summary>
    public static string Excerpt(string text, int length = 120)
    {
        string line = Of(text).Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ').Trim();
        return line.Length <= length ? line : line.Substring(0, length) + "…";
    }
}
