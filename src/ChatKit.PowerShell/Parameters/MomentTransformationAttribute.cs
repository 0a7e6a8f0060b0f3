// Reads a date in ISO 8601 as the same moment in every culture: a bound that is misread decides what is deleted.
using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ChatKit.PowerShell;

/// <summary>
/// Makes a moment of text in ISO 8601, by the Gregorian calendar; without a zone it is local. Text that begins like ISO 8601 and is none is refused.
/// Other text and dates are left to PowerShell's own conversion. A number is refused: PowerShell would count ticks from the year 1.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class MomentTransformationAttribute : ArgumentTransformationAttribute
{
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

    private static readonly Regex IsoBeginning = new(@"^([0-9]{4}-|[0-9]{8})", RegexOptions.CultureInvariant);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            string text when IsoBeginning.IsMatch(text.Trim()) => Read(text.Trim()),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
                throw Refusal("a moment is a date, or text such as 2026-01-31 or 2026-01-31T12:00:00Z, not a number."),
            _ => inputData,
        };
    }

    private static DateTimeOffset Read(string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment)
            ? moment
            : throw Refusal($"'{PrintableText.OneLine(text)}' is not a date in ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z.");

    private static ArgumentTransformationMetadataException Refusal(string message) => new(message);
}
