// The texts of the views: layout stands in the XML, what is computed stands here.
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

    /// <summary>A text on one line, with nothing in it that a terminal would obey.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <returns>The text with line breaks and tabs as spaces, and other control characters as U+FFFD.</returns>
    public static string OneLine(string? text)
    {
        if (text is null)
        {
            return "";
        }

        StringBuilder? line = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                line ??= new StringBuilder(text);
                line[i] = text[i] is '\n' or '\r' or '\t' ? ' ' : '\uFFFD';
            }
        }

        return line?.ToString() ?? text;
    }
}
