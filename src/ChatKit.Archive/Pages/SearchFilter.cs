// Which shards a word may stand in, so that a rare word does not need all of them.
using System;

namespace ChatKit.Archive;

/// <summary>
/// A set of bits for each shard: those of every three letters, digits or signs in a row, case aside. Only the
/// characters of English, of western Europe and of Cyrillic count: of these C# and every browser agree which letters
/// are the same, and a text has few enough of them to leave most bits unset. Of scripts without case, and of emoji,
/// there is a bit for each character alone: their words are short, and every two of them in a row would be too many.
/// </summary>
internal static class SearchFilter
{
    /// <summary>
    /// How many bytes a shard's set has. About a tenth of the bits are set by a million characters of prose.
    /// </summary>
    public const int Length = 8192;

    /// <summary>Sets the bits of a text. Search.js computes the same.</summary>
    public static void Add(byte[] bits, string text)
    {
        int before = 0;
        int between = 0;
        foreach (char c in text)
        {
            int last = Fold(c);
            if (before > 0 && between > 0 && last > 0)
            {
                Set(bits, (before * 8009) + (between * 89) + last);
            }

            if (IsWithoutCase(c))
            {
                Set(bits, c * 7919);
            }

            before = between;
            between = last;
        }
    }

    private static void Set(byte[] bits, int hash)
    {
        int bit = hash % (Length * 8);
        bits[bit >> 3] |= (byte)(1 << (bit & 7));
    }

    /// <summary>Hebrew to Tibetan; Japanese and Chinese; Korean, and the halves of what takes two.</summary>
    private static bool IsWithoutCase(char c) =>
        c is (>= '\u0590' and <= '\u0FFF') or (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uDFFF');

    /// <summary>
    /// The capital letter, as a regular expression of JavaScript that ignores case has it; 0 for a character that does
    /// not count.
    /// </summary>
    private static int Fold(char c) => c switch
    {
        (>= 'a' and <= 'z') or (>= '\u00E0' and <= '\u00FE' and not '\u00F7') => c - 32,
        >= '\u0430' and <= '\u044F' => c - 32,
        >= '\u0450' and <= '\u045F' => c - 80,
        (> ' ' and < '\u007F') or (>= '\u00C0' and <= '\u00DF') or '\u00F7' or (>= '\u0400' and <= '\u042F') => c,

        // Small letters of old Cyrillic print, whose capitals are among those above.
        >= '\u1C80' and <= '\u1C86' => "\u0412\u0414\u041E\u0421\u0422\u0422\u042A"[c - '\u1C80'],
        _ => 0,
    };

    /// <summary>The script with the sets, in the form of a shard.</summary>
    public static string Script(byte[] sets) => $"chatkitTexts([],\"{Convert.ToBase64String(sets)}\");\n";
}
