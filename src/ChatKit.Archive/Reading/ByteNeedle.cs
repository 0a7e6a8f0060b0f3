// Looks for a text in the bytes of JSON, to spare parsing what cannot hold it. It may say yes in vain, never no.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
#if !NETFRAMEWORK
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace ChatKit.Archive;

/// <summary>
/// The longest stretch of a text whose bytes are certain: each position is one of two bytes, for both cases of a
/// letter. Between such stretches stands what JSON escapes, and what the plain reading of an item puts between its
/// parts. A few letters have a third spelling; where that stands anywhere, the text may, too.
/// </summary>
internal sealed class ByteNeedle
{
    // What JSON escapes or writers like to, and what stands between the parts of an item's text.
    private static readonly HashSet<char> Uncertain = [.. "\"\\/'`<>&+()[]:→\uFFFD"];

    // The most common characters of JSON and of texts first.
    private const string Common = " etaoin_srhldcumpfgybwvkxjqz";

    /// <summary>At each character its upper case, by which a comparison without case and culture compares.</summary>
    private static readonly string UpperCase =
        new string([.. Enumerable.Range(0, char.MaxValue + 1).Select(unit => (char)unit)]).ToUpperInvariant();

    private readonly byte[] _upper;
    private readonly byte[] _lower;
    private readonly HashSet<char> _units;
    private readonly byte[][] _odd;

    // The two rarest positions. The first is before the second, unless there is only one.
    private readonly int _first;
    private readonly int _second;

    private ByteNeedle(IReadOnlyCollection<string[]> characters)
    {
        _upper = Encoding.UTF8.GetBytes(string.Concat(characters.Select(spellings => spellings[0])));
        _lower = Encoding.UTF8.GetBytes(string.Concat(characters.Select(spellings => spellings[1])));
        _units = [.. characters.SelectMany(spellings => string.Concat(spellings))];
        _odd = [.. characters.SelectMany(spellings => spellings.Skip(2)).Distinct().Select(Encoding.UTF8.GetBytes)];
        int[] rarest = [.. Enumerable.Range(0, _lower.Length).OrderByDescending(i => RarityOf(_lower[i])).Take(2)];
        (_first, _second) = (rarest.Min(), rarest.Max());
    }

    /// <summary>The needle of a text; null where nothing of it is certain.</summary>
    public static ByteNeedle? Of(string text)
    {
        List<string[]> longest = [];
        List<string[]> stretch = [];
        for (int i = 0; i <= text.Length; i++)
        {
            int length = i + 1 < text.Length && char.IsSurrogatePair(text, i) ? 2 : 1;
            string[] spellings = i < text.Length ? SpellingsOf(text.Substring(i, length)) : [];

            // A space at the beginning may be one that stands between parts.
            if (spellings.Length > 0 && (stretch.Count > 0 || text[i] != ' '))
            {
                stretch.Add(spellings);
            }
            else
            {
                longest = stretch.Count > longest.Count ? stretch : longest;
                stretch = [];
            }

            i += length - 1;
        }

        return longest.Count == 0 ? null : new ByteNeedle(longest);
    }

    /// <summary>Whether the text may stand in JSON, escaped or not.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> json)
    {
        foreach (byte[] odd in _odd)
        {
            if (json.IndexOf(odd) >= 0)
            {
                return true;
            }
        }

        return IsIn(json) || HasEscape(json);
    }

    /// <summary>
    /// The spellings of a character that are equal without case: its upper case, one that is as long in bytes, and any
    /// others. None where it is not certain which bytes it is.
    /// </summary>
    private static string[] SpellingsOf(string character)
    {
        if (character.Length == 2)
        {
            // Pictures have no case.
            bool isPicture = CharUnicodeInfo.GetUnicodeCategory(character, 0) == UnicodeCategory.OtherSymbol;
            return isPicture ? [character, character] : [];
        }

        char unit = character[0];
        if (char.IsControl(unit) || char.IsSurrogate(unit) || Uncertain.Contains(unit))
        {
            return [];
        }

        string upper = UpperCase[unit].ToString();
        List<string> others = [];
        for (int other = UpperCase.IndexOf(upper[0]); other >= 0; other = UpperCase.IndexOf(upper[0], other + 1))
        {
            others.Add(((char)other).ToString());
        }

        others.Remove(upper);
        int length = Encoding.UTF8.GetByteCount(upper);
        string lower = others.Find(other => Encoding.UTF8.GetByteCount(other) == length) ?? upper;
        others.Remove(lower);
        return [upper, lower, .. others];
    }

    private static int RarityOf(byte value) =>
        value >= 0xC0 ? Common.Length / 2
        : value >= 0x80 ? Common.Length
        : value is >= (byte)'0' and <= (byte)'9' ? Common.Length / 4
        : Common.IndexOf(char.ToLowerInvariant((char)value));

    /// <summary>Whether there is an escape of a character of the text.</summary>
    private bool HasEscape(ReadOnlySpan<byte> json)
    {
        // A backslash that is itself escaped may stand there, too.
        for (int at = json.IndexOf("\\u"u8); at >= 0;)
        {
            json = json.Slice(at + 2);
            if (!TryReadUnit(json, out char unit) || _units.Contains(unit))
            {
                return true;
            }

            at = json.IndexOf("\\u"u8);
        }

        return false;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, out char unit)
    {
        bool isRead = System.Buffers.Text.Utf8Parser.TryParse(
            json.Slice(0, Math.Min(4, json.Length)), out ushort value, out int read, 'x');
        unit = (char)value;
        return isRead && read == 4;
    }

    private bool IsAt(ReadOnlySpan<byte> json, int place)
    {
        for (int i = 0; i < _lower.Length; i++)
        {
            byte value = json[place + i];
            if (value != _lower[i] && value != _upper[i])
            {
                return false;
            }
        }

        return true;
    }

#if NETFRAMEWORK
    private bool IsIn(ReadOnlySpan<byte> json)
    {
        for (int place = 0; place <= json.Length - _lower.Length; place++)
        {
            int found = json.Slice(place + _second, json.Length - _lower.Length - place + 1)
                .IndexOfAny(_lower[_second], _upper[_second]);
            if (found < 0)
            {
                return false;
            }

            place += found;
            if (IsAt(json, place))
            {
                return true;
            }
        }

        return false;
    }
#else
    // A search is mostly over before the runtime would have compiled this well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsIn(ReadOnlySpan<byte> json)
    {
        ref byte start = ref MemoryMarshal.GetReference(json);
        var lower1 = Vector128.Create(_lower[_first]);
        var upper1 = Vector128.Create(_upper[_first]);
        var lower2 = Vector128.Create(_lower[_second]);
        var upper2 = Vector128.Create(_upper[_second]);
        int last = json.Length - _lower.Length;
        int place = 0;
        for (; place + _second + Vector128<byte>.Count <= json.Length; place += Vector128<byte>.Count)
        {
            var one = Vector128.LoadUnsafe(ref start, (nuint)(place + _first));
            var two = Vector128.LoadUnsafe(ref start, (nuint)(place + _second));
            Vector128<byte> both = (Vector128.Equals(one, lower1) | Vector128.Equals(one, upper1)) &
                (Vector128.Equals(two, lower2) | Vector128.Equals(two, upper2));
            for (uint bits = both.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                int found = place + BitOperations.TrailingZeroCount(bits);
                if (found <= last && IsAt(json, found))
                {
                    return true;
                }
            }
        }

        for (; place <= last; place++)
        {
            if (IsAt(json, place))
            {
                return true;
            }
        }

        return false;
    }
#endif
}
