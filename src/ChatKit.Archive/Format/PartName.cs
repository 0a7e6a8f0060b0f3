// The name of a part: which places of the archive it has, in which generation, and whether it is compressed.
using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatKit.Archive;

/// <summary>
/// The name of a part. Parts that were merged have the places of all of them, so that there is never a gap, and it is
/// certain which part another took the place of.
/// </summary>
internal sealed class PartName
{
    private const string Extension = ".gz";

    private static readonly Regex Form = new(
        @"\Athreads-([0-9]{5,9})(-([0-9]{5,9})(?=-))?(-([1-9][0-9]{0,8}))?\.jsonl(\.gz)?\z",
        RegexOptions.CultureInvariant);

    private PartName(string text, int first, int last, int generation, bool isCompressed) =>
        (Text, First, Last, Generation, IsCompressed) = (text, first, last, generation, isCompressed);

    /// <summary>The name of the file.</summary>
    public string Text { get; }

    /// <summary>Its first place, from 1.</summary>
    public int First { get; }

    /// <summary>Its last place.</summary>
    public int Last { get; }

    /// <summary>How many times it was written anew.</summary>
    public int Generation { get; }

    /// <summary>Whether it is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>Whether it is of several parts that were merged.</summary>
    public bool IsMerged => Last > First;

    /// <summary>The name of a part that has yet to be written.</summary>
    public static PartName New(int number) => Make(number, number, 0, false);

    /// <summary>The name of the file of a part; null of what is none.</summary>
    public static PartName? TryParse(string text)
    {
        if (Form.Match(text) is not { Success: true } match)
        {
            return null;
        }

        int first = Number(match.Groups[1]);
        bool isMerged = match.Groups[3].Success;
        int last = isMerged ? Number(match.Groups[3]) : first;
        int generation = match.Groups[5].Success ? Number(match.Groups[5]) : 0;
        return first < 1 || (isMerged && last <= first)
            ? null
            : new(text, first, last, generation, match.Groups[6].Success);
    }

    /// <summary>The name of a part that the manifest lists.</summary>
    public static PartName Of(ChatKitArchivePart part) =>
        TryParse(part.Name) ?? throw new FormatException($"{part.Name} is no part.");

    /// <summary>The name of what takes the place of this part, and of those up to another.</summary>
    /// <param name="last">The last of them.</param>
    /// <param name="generation">The highest generation among them.</param>
    /// <param name="isCompressed">Whether the new part is gzip.</param>
    public PartName Next(PartName last, int generation, bool isCompressed) =>
        Make(First, last.Last, generation + 1, isCompressed);

    private static PartName Make(int first, int last, int generation, bool isCompressed)
    {
        string range = last > first ? $"{Digits(first)}-{Digits(last)}" : Digits(first);
        string times = generation > 0 ? "-" + generation.ToString(CultureInfo.InvariantCulture) : "";
        return new(
            $"threads-{range}{times}.jsonl{(isCompressed ? Extension : "")}", first, last, generation, isCompressed);
    }

    private static string Digits(int number) => number.ToString("00000", CultureInfo.InvariantCulture);

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
}
