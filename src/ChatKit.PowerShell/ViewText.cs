// The texts of the views: layout stands in the XML, what is computed stands here.
using System;
using System.Text;

namespace ChatKit.PowerShell;

/// <summary>Used by the module's views; not meant to be called.</summary>
public static class ViewText
{
    /// <summary>A status with its reason.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">The reason; may be null.</param>
    /// <returns>Such as <c>locked: Policy review</c>.</returns>
    public static string Status(string? status, string? reason) =>
        OneLine(string.IsNullOrEmpty(reason) ? status : $"{status}: {reason}");

    /// <summary>The kind of an item, without the prefix that all of them have.</summary>
    /// <param name="type">The type; may be null.</param>
    /// <returns>Such as <c>user_message</c>.</returns>
    public static string Kind(string? type)
    {
        const string Prefix = "chatkit.";
        string text = OneLine(type);
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text.Substring(Prefix.Length) : text;
    }

    /// <summary>A text of several lines, with nothing else in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>The text with control characters but line breaks and tabs as U+FFFD.</returns>
    public static string Lines(string? text) => Clean(text, keepLines: true);

    /// <summary>A text on one line, with nothing in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>The text with line breaks and tabs as spaces, and other control characters as U+FFFD.</returns>
    public static string OneLine(string? text) => Clean(text, keepLines: false);

    private static string Clean(string? text, bool keepLines)
    {
        if (text is null)
        {
            return "";
        }

        StringBuilder? line = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isSpace = text[i] is '\n' or '\r' or '\t';
            if (char.IsControl(text[i]) && !(keepLines && isSpace))
            {
                line ??= new StringBuilder(text);
                line[i] = isSpace ? ' ' : '\uFFFD';
            }
        }

        return line?.ToString() ?? text;
    }
}
