// Finds and replaces lone surrogates: JSON can escape one ("\\ud83d"), but UTF-8 cannot encode it. A title that was cut
// in the middle of an emoji has one.
using System;
using System.Buffers.Text;

namespace ChatKit.Json;

internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>
    /// The JSON with <c>\ufffd</c> for each escaped lone surrogate; null if there is none. Both escapes have the same
    /// length, so positions do not change.
    /// </summary>
    public static byte[]? Replace(byte[] json)
    {
        byte[]? mended = null;
        for (int i = Next(json, 0); i >= 0; i = Next(json, i))
        {
            // Skip the escaped character, which may be a backslash.
            int? unit = Unit(json, i);
            if (unit is null)
            {
                i += 2;
            }
            else if (unit is >= 0xD800 and <= 0xDBFF && Unit(json, i + EscapeLength) is >= 0xDC00 and <= 0xDFFF)
            {
                i += 2 * EscapeLength;
            }
            else
            {
                if (unit is >= 0xD800 and <= 0xDFFF)
                {
                    mended ??= (byte[])json.Clone();
                    "\\ufffd"u8.CopyTo(mended.AsSpan(i));
                }

                i += EscapeLength;
            }
        }

        return mended;
    }

    /// <summary>Whether a text contains a lone surrogate. An encoder would replace it.</summary>
    public static bool AreIn(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(byte[] json, int from)
    {
        int found = from >= json.Length ? -1 : json.AsSpan(from).IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The UTF-16 code unit of the escape at an index; null if there is none.</summary>
    private static int? Unit(byte[] json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u' &&
        Utf8Parser.TryParse(json.AsSpan(at + 2, 4), out int unit, out int read, 'x') && read == 4
            ? unit
            : null;
}
