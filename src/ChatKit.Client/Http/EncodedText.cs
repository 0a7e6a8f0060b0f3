// Finds a text in another one however it is escaped: as JSON, as part of an address, as HTML, or a mixture.
using System;
using System.Globalization;

namespace ChatKit.Http;

internal static class EncodedText
{
    /// <summary>How much of a text stands at a place, escaped or not.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="at">The place.</param>
    /// <param name="sought">What to look for: visible ASCII.</param>
    /// <param name="end">The place behind what was found.</param>
    /// <returns>How many characters of <paramref name="sought"/> were found, from its first.</returns>
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

    /// <summary>The place behind a character; null where another one stands there.</summary>
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

    // JSON within JSON doubles the backslash.
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

    // An address within an address escapes the percent sign as %25.
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
            ? int.TryParse(entity.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            : int.TryParse(entity.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out code);
        char? meant = isNumber ? (char)code : entity switch { "amp" => '&', "lt" => '<', "gt" => '>', "quot" => '"', "apos" => '\'', _ => null };
        return IsSame(meant, sought) ? end + 1 : null;
    }

    /// <summary>Upper case is no disguise: some programs write a header so.</summary>
    private static bool IsSame(int? found, char sought) =>
        found == sought || (found is < 0x80 && char.ToUpperInvariant((char)found) == char.ToUpperInvariant(sought));

    private static int? HexOf(string text, int at, int digits) =>
        at + digits <= text.Length && int.TryParse(text.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}
