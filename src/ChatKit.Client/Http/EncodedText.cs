// Finds a text in another one even if it is escaped: as JSON, in a URL, as HTML, or in a mixture of them.
using System;
using System.Globalization;

namespace ChatKit.Http;

internal static class EncodedText
{
    /// <summary>Compares a text with what starts at an index, escaped or not.</summary>
    /// <param name="text">The text to search.</param>
    /// <param name="at">The index.</param>
    /// <param name="sought">The text to find: visible ASCII.</param>
    /// <param name="end">The index after the match.</param>
    /// <returns>How many leading characters of <paramref name="sought"/> match.</returns>
    public static int Match(string text, int at, string sought, out int end)
    {
        end = at;
        int found = 0;
        while (found < sought.Length && After(text, end, sought[found]) is { } next)
        {
            end = next;
            found++;
        }

        return found;
    }

    /// <summary>The index after a character; null if another character is there.</summary>
    private static int? After(string text, int at, char sought)
    {
        if (at >= text.Length)
        {
            return null;
        }

        return IsSame(text[at], sought) ? at + 1 : text[at] switch
        {
            '\\' => AfterBackslash(text, at, sought),
            '%' => AfterPercent(text, at, sought),
            '&' => AfterAmpersand(text, at, sought),
            _ => null,
        };
    }

    // JSON inside JSON doubles the backslash.
    private static int? AfterBackslash(string text, int at, char sought)
    {
        while (at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at < text.Length && text[at] == sought && !char.IsLetterOrDigit(sought) ? at + 1
            : at < text.Length && text[at] == 'u' && IsSame(HexOf(text, at + 1, 4), sought) ? at + 5
            : null;
    }

    // A URL inside a URL escapes the percent sign as %25.
    private static int? AfterPercent(string text, int at, char sought)
    {
        at++;
        while (HexOf(text, at, 2) == '%' && sought != '%')
        {
            at += 2;
        }

        return IsSame(HexOf(text, at, 2), sought) ? at + 2 : null;
    }

    private static int? AfterAmpersand(string text, int at, char sought)
    {
        int end = text.IndexOf(';', at, Math.Min(12, text.Length - at));
        if (end < 0)
        {
            return null;
        }

        string entity = text.Substring(at + 1, end - at - 1);
        bool isHex = entity.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHex
            ? int.TryParse(
                entity.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            : int.TryParse(entity.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out code);
        char? meant = isNumber
            ? (char)code
            : entity switch { "amp" => '&', "lt" => '<', "gt" => '>', "quot" => '"', "apos" => '\'', _ => null };
        return IsSame(meant, sought) ? end + 1 : null;
    }

    /// <summary>Case is ignored, because some programs change the case of headers.</summary>
    private static bool IsSame(int? found, char sought) =>
        found == sought || (found is < 0x80 && char.ToUpperInvariant((char)found) == char.ToUpperInvariant(sought));

    private static int? HexOf(string text, int at, int digits) =>
        at + digits <= text.Length && int.TryParse(
            text.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}
