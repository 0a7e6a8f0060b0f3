// The texts of the views: layout stands in the XML, what is computed stands here.
using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>Used by the module's views; not meant to be called.</summary>
public static class ViewText
{
    /// <summary>The kind of an item, without the prefix that all of them have.</summary>
    /// <param name="type">The type; may be null.</param>
    /// <returns>Such as <c>user_message</c>.</returns>
    public static string Kind(string? type)
    {
        const string Prefix = "chatkit.";
        string text = OneLine(type);
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text.Substring(Prefix.Length) : text;
    }

    /// <summary>Several values, as PowerShell shows a list.</summary>
    /// <param name="values">The values; may be null.</param>
    /// <returns>Such as <c>{a.png, b.pdf}</c>, with each value on one line.</returns>
    public static string List(object? values)
    {
        IEnumerable list = LanguagePrimitives.GetEnumerable(values) ?? Array.Empty<object>();
        return $"{{{string.Join(", ", list.Cast<object?>().Select(value => OneLine(value?.ToString())))}}}";
    }

    /// <summary>The day of a date, by the Gregorian calendar whatever the culture's is.</summary>
    /// <param name="moment">The date; may be null.</param>
    /// <returns>Such as <c>2026-01-31</c>.</returns>
    public static string Day(object? moment) => Moment(moment, "yyyy-MM-dd");

    /// <summary>A date to the minute, by the Gregorian calendar.</summary>
    /// <param name="moment">The date; may be null.</param>
    /// <returns>Such as <c>2026-01-31 12:00</c>.</returns>
    public static string Minute(object? moment) => Moment(moment, "yyyy-MM-dd HH:mm");

    /// <summary>A date to the second, by the Gregorian calendar.</summary>
    /// <param name="moment">The date; may be null.</param>
    /// <returns>Such as <c>2026-01-31 12:00:00</c>.</returns>
    public static string Second(object? moment) => Moment(moment, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A text of several lines, with nothing else in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>What <see cref="PrintableText.Lines"/> makes of it.</returns>
    public static string Lines(string? text) => PrintableText.Lines(text);

    /// <summary>A text on one line, with nothing in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>What <see cref="PrintableText.OneLine"/> makes of it.</returns>
    public static string OneLine(string? text) => PrintableText.OneLine(text);

    /// <summary>The first characters of a text on one line, for a sentence.</summary>
    internal static string Excerpt(string? text) => PrintableText.Excerpt(text ?? "", 200);

    private static string Moment(object? moment, string format) =>
        (moment is PSObject wrapped ? wrapped.BaseObject : moment) switch
    {
        DateTime date => date.ToString(format, CultureInfo.InvariantCulture),
        DateTimeOffset date => date.LocalDateTime.ToString(format, CultureInfo.InvariantCulture),
        object other => OneLine(other.ToString()),
        null => "",
    };
}
