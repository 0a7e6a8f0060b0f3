// Text of the data as Markdown that says just this text: no markup, HTML or link comes of it.
using System;
using System.Text;

namespace ChatKit.Archive;

internal static class MarkdownText
{
    /// <summary>The text on one line.</summary>
    public static string Line(string? text)
    {
        StringBuilder line = new();
        AppendLine(line, PageText.Line(text));
        return line.ToString();
    }

    /// <summary>The text with its lines and paragraphs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">What each line begins with, such as the mark of a quotation.</param>
    public static string Block(string? text, string prefix = "")
    {
        StringBuilder block = new();
        string[] lines = PageText.Clean(text).TrimEnd().Split('\n', '\u2028', '\u2029');
        for (int i = 0; i < lines.Length; i++)
        {
            bool blank = string.IsNullOrWhiteSpace(lines[i]);
            block.Append(blank ? prefix.TrimEnd() : prefix);
            if (!blank)
            {
                AppendLine(block, lines[i].TrimEnd());

                // A line break that the page shows, unless a paragraph ends.
                if (i + 1 < lines.Length && !string.IsNullOrWhiteSpace(lines[i + 1]))
                {
                    block.Append('\\');
                }
            }

            block.Append('\n');
        }

        return block.ToString();
    }

    /// <summary>A text in a fence that is longer than any that it holds.</summary>
    public static string Fence(string text, string language = "")
    {
        int longest = 2;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        return $"{fence}{language}\n{text}\n{fence}\n";
    }

    private static void AppendLine(StringBuilder to, string line)
    {
        int start = line.Length - line.TrimStart().Length;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (i == 0 && start > 0)
            {
                // An indented line would be code. As a reference, a blank is only a blank.
                to.Append("&#").Append((int)c).Append(';');
            }
            else if (c is '<' or '>' or '&')
            {
                to.Append(c switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            }
            else
            {
                if (IsSpecial(c) || (i == start && IsSpecialAtStart(c)) || EndsNumber(line, start, i) ||
                    IsDoubled(line, i) || MakesLink(line, i))
                {
                    to.Append('\\');
                }

                to.Append(c);
            }
        }
    }

    /// <summary>
    /// What may begin or end something anywhere in a line, in CommonMark or in the dialects of GitHub and Pandoc.
    /// </summary>
    private static bool IsSpecial(char c) =>
        c is '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '|' or '~' or '$' or '^' or '@';

    /// <summary>
    /// What is something only where a line begins with it: a heading, a list, the underline of a heading, a definition,
    /// a comment.
    /// </summary>
    private static bool IsSpecialAtStart(char c) => c is '#' or '+' or '-' or '=' or ':' or '%';

    /// <summary>What some dialects mark text with, where there are two of them.</summary>
    private static bool IsDoubled(string line, int i) =>
        line[i] is '=' or '+' or '"' &&
            ((i > 0 && line[i - 1] == line[i]) || (i + 1 < line.Length && line[i + 1] == line[i]));

    /// <summary>
    /// Whether a line up to here reads as the number of a list: "1.", "12)", and for Pandoc "a." or "iv)".
    /// </summary>
    private static bool EndsNumber(string line, int start, int i)
    {
        if (line[i] is not ('.' or ')') || i == start)
        {
            return false;
        }

        for (int j = start; j < i; j++)
        {
            bool mayNumber = line[j] is (>= '0' and <= '9') or 'i' or 'v' or 'x' or 'l' or 'c' or 'd' or 'm' or
                'I' or 'V' or 'X' or 'L' or 'C' or 'D' or 'M';
            if (!mayNumber && (i > start + 1 || !char.IsLetter(line[j])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether GitHub and others would make a link, or an emoji, of what is around here: <c>http://…</c>, <c>www.…</c>,
    /// <c>:name:</c>.
    /// </summary>
    private static bool MakesLink(string line, int i) => line[i] switch
    {
        ':' => i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1]),
        '.' => i >= 3 && string.Compare(line, i - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0,
        _ => false,
    };
}
