// Reads a date in ISO 8601 as the same moment in every culture: a bound that is misread decides what is deleted.
using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ChatKit.PowerShell;

/// <summary>
/// Makes a moment of text in ISO 8601, by the Gregorian calendar; without a zone it is local. Text that begins like ISO
/// 8601 and is none is refused. Other text is left to PowerShell's own conversion. What is neither text nor a date is
/// refused: PowerShell would make the year 1 of a number.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class MomentTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Example = "2026-01-31 or 2026-01-31T12:00:00Z";

    // A month or a day of one digit is not ISO 8601, but can mean nothing else.
    private static readonly string[] Formats =
    [
        "yyyy-M", "yyyy-M-d", "yyyyMMdd",
        .. from date in new[] { "yyyy-M-d'T'H:mm", "yyyy-M-d' 'H:mm", "yyyyMMdd'T'HHmm" }
           let seconds = date.EndsWith("H:mm", StringComparison.Ordinal) ? ":ss" : "ss"
           from time in new[] { "", seconds, seconds + ".FFFFFFF", seconds + ",FFFFFFF" }
           from zone in new[] { "", "K", "zz" }
           select date + time + zone,
    ];

    // As PowerShell writes a date into a text, such as "$date", in every culture.
    private const string Interpolated = "MM/dd/yyyy HH:mm:ss";

    private static readonly Regex IsoBeginning = new(@"^([0-9]{4}-|[0-9]{8})", RegexOptions.CultureInvariant);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            null or DateTime or DateTimeOffset => bare,
            string text when TryRead(text, [Interpolated], out DateTimeOffset moment) => moment,
            string text when IsoBeginning.IsMatch(text.Trim()) => TryRead(text, Formats, out DateTimeOffset moment)
                ? moment
                : throw Refusal($"'{PrintableText.OneLine(text)}' is not a date in ISO 8601, such as {Example}."),
            string text => OfCulture(text),
            _ => throw Refusal($"a moment is a date, or text such as {Example}, not a {bare.GetType().FullName}."),
        };
    }

    private static bool TryRead(string text, string[] formats, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(
            text.Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out moment);

    /// <summary>
    /// Leaves text to PowerShell, unless a calendar of other years makes a date of it that cannot be meant.
    /// </summary>
    private static string OfCulture(string text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        bool isFar = culture.DateTimeFormat.Calendar is not GregorianCalendar &&
            DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment) &&
            moment.Year is < 1970 or > 2200;
        return isFar
            ? throw Refusal($"'{PrintableText.OneLine(text)}' is of another time by the calendar of {culture.Name}. " +
                $"Write it as ISO 8601, such as {Example}.")
            : text;
    }

    private static ArgumentTransformationMetadataException Refusal(string message) => new(message);
}
