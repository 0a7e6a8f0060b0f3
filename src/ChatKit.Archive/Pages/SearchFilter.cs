// Which shards a word may stand in, so that a rare word does not need all of them.
using System;

namespace ChatKit.Archive;

/// <summary>
/// A set of bits for each shard: those of every three characters in a row, case aside. Only ASCII counts, since only
/// of that C# and every browser agree which letters are the same.
/// </summary>
internal static class SearchFilter
{
    /// <summary>
    /// How many bytes a shard's set has. About a tenth of the bits are set by a million characters of prose.
    /// </summary>
    public const int Length = 8192;

    /// <summary>Sets the bits of a text.</summary>
    public static void Add(byte[] bits, string text)
    {
        int before = 0;
        int between = 0;
        foreach (char c in text)
        {
            int last = c is > ' ' and < '\u007F' ? c is >= 'a' and <= 'z' ? c - ('a' - 'A') : c : 0;
            if (before > 0 && between > 0 && last > 0)
            {
                // Search.js computes the same.
                int bit = ((before * 8009) + (between * 89) + last) % (Length * 8);
                bits[bit >> 3] |= (byte)(1 << (bit & 7));
            }

            before = between;
            between = last;
        }
    }

    /// <summary>The script with the sets, in the form of a shard.</summary>
    public static string Script(byte[] sets) => $"chatkitTexts([],\"{Convert.ToBase64String(sets)}\");\n";
}
