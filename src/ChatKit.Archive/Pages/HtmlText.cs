// The text of a message as it was written, in which fenced and inline code are shown as code.
using System;
using System.Collections.Generic;
using System.Text;

namespace ChatKit.Archive;

/// <summary>
/// Finds code as CommonMark does in what is not nested: a fence of three or more backticks or tildes on a line of its
/// own, up to one that closes it; and backticks, up to as many on the same line. The marks stay, so that whoever copies
/// the text has it as it was. What does not end is text.
/// </summary>
internal static class HtmlText
{
    /// <summary>The text as HTML that may stand in a paragraph which keeps white space.</summary>
    public static string Of(string? text)
    {
        string clean = PageText.Clean(text);
        if (clean.IndexOf('`') < 0 && clean.IndexOf("~~~", StringComparison.Ordinal) < 0)
        {
            return Html.Escape(clean);
        }

        string[] lines = clean.Split('\n');
        Dictionary<int, int> fences = FindFences(lines);
        StringBuilder html = new(clean.Length + 64);
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                html.Append('\n');
            }

            if (fences.TryGetValue(i, out int end))
            {
                html.Append("<code class=\"block\">").Append(FenceLine(lines[i])).Append('\n');
                for (i++; i < end; i++)
                {
                    html.Append(Html.Escape(lines[i])).Append('\n');
                }

                html.Append(FenceLine(lines[end])).Append("</code>");
            }
            else
            {
                AppendLine(html, lines[i]);
            }
        }

        return html.ToString();
    }

    private static string FenceLine(string line) => $"<span class=\"fence\">{Html.Escape(line)}</span>";

    /// <summary>The lines of the fences that are closed, each with the line that closes it.</summary>
    private static Dictionary<int, int> FindFences(string[] lines)
    {
        Fence[] fences = Array.ConvertAll(lines, Fence.Of);
        Dictionary<int, int> closed = [];

        // What an earlier fence has not found before the end, a later one that needs as much does not find either.
        int unclosedTicks = int.MaxValue;
        int unclosedTildes = int.MaxValue;
        for (int i = 0; i < lines.Length; i++)
        {
            Fence open = fences[i];
            ref int unclosed = ref (open.Mark == '`' ? ref unclosedTicks : ref unclosedTildes);
            if (open.Length == 0 || open.Length >= unclosed)
            {
                continue;
            }

            int end = Array.FindIndex(fences, i + 1, fence => fence.Closes(open));
            if (end < 0)
            {
                unclosed = open.Length;
            }
            else
            {
                closed.Add(i, end);
                i = end;
            }
        }

        return closed;
    }

    private static void AppendLine(StringBuilder html, string line)
    {
        List<(int Start, int Length)> runs = FindRuns(line);

        // For each run the next one of its length.
        int[] next = new int[runs.Count];
        Dictionary<int, int> last = [];
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            next[i] = last.TryGetValue(runs[i].Length, out int index) ? index : -1;
            last[runs[i].Length] = i;
        }

        int done = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            if (next[i] >= 0)
            {
                (int start, int length) = runs[next[i]];
                html.Append(Html.Escape(line.Substring(done, runs[i].Start - done)));
                done = start + length;
                html.Append("<code>");
                html.Append(Html.Escape(line.Substring(runs[i].Start, done - runs[i].Start)));
                html.Append("</code>");
                i = next[i];
            }
        }

        html.Append(Html.Escape(line.Substring(done)));
    }

    private static List<(int Start, int Length)> FindRuns(string line)
    {
        List<(int Start, int Length)> runs = [];
        for (int start = line.IndexOf('`'); start >= 0; start = line.IndexOf('`', start))
        {
            int end = start;
            while (end < line.Length && line[end] == '`')
            {
                end++;
            }

            runs.Add((start, end - start));
            if (end == line.Length)
            {
                break;
            }

            start = end;
        }

        return runs;
    }

    /// <summary>The marks of a line that opens or closes code; of a length of 0 for other lines.</summary>
    private readonly struct Fence(char mark, int length, bool hasInfo)
    {
        public char Mark => mark;

        public int Length => length;

        public static Fence Of(string line)
        {
            int start = 0;
            while (start < line.Length && start < 3 && line[start] == ' ')
            {
                start++;
            }

            char mark = start < line.Length ? line[start] : ' ';
            int end = start;
            while (end < line.Length && line[end] == mark)
            {
                end++;
            }

            // Backticks after backticks are code within a line.
            bool isFence = mark is '`' or '~' && end - start >= 3 && (mark == '~' || line.IndexOf('`', end) < 0);
            return isFence ? new(mark, end - start, line.Substring(end).Trim().Length > 0) : default;
        }

        public bool Closes(Fence open) => length >= open.Length && mark == open.Mark && !hasInfo;
    }
}
