// Which lines of an archive later ones of the same thread have superseded.
using System;
using System.Collections.Generic;

namespace ChatKit.Archive;

/// <summary>The lines of an archive, in their order, each with the one of the same thread that is before it.</summary>
internal sealed class VersionHistory
{
    private readonly List<Line> _lines = [];
    private readonly Dictionary<ThreadLocation, int> _last = [];

    /// <summary>Notes a line.</summary>
    /// <param name="thread">Its thread, placed at the line.</param>
    /// <param name="capturedAt">When it was captured.</param>
    public void Add(ThreadLocation thread, DateTimeOffset capturedAt)
    {
        int before = _last.TryGetValue(thread, out int index) ? index : -1;
        _last[thread] = _lines.Count;
        _lines.Add(new(thread.Part, thread.Offset, thread.Length + 1L, capturedAt, before));
    }

    /// <summary>How many bytes of text the lines of each part have, as many as there are parts.</summary>
    public long[] TextOf(int parts)
    {
        long[] bytes = new long[parts];
        _lines.ForEach(line => bytes[line.Part] += line.Length);
        return bytes;
    }

    /// <summary>
    /// The lines that were superseded before a moment: of each thread those before the last that was captured by then.
    /// </summary>
    /// <param name="moment">The moment; null for all that are superseded.</param>
    /// <returns>The lines, and the moment from which on nothing of what the archive was is lost without them.</returns>
    public (List<Line> Lines, DateTimeOffset? Since) SupersededBefore(DateTimeOffset? moment)
    {
        List<Line> superseded = [];
        DateTimeOffset? since = null;
        foreach (int last in _last.Values)
        {
            int kept = last;
            while (kept >= 0 && _lines[kept].CapturedAt >= moment)
            {
                kept = _lines[kept].Before;
            }

            for (int line = kept < 0 ? -1 : _lines[kept].Before; line >= 0; line = _lines[line].Before)
            {
                superseded.Add(_lines[line]);
                since = since > _lines[kept].CapturedAt ? since : _lines[kept].CapturedAt;
            }
        }

        return (superseded, since);
    }

    /// <summary>A line: in which part, where in its text, how long with its line feed, and when captured.</summary>
    internal readonly struct Line(int part, long offset, long length, DateTimeOffset capturedAt, int before)
    {
        public int Part { get; } = part;

        public long Offset { get; } = offset;

        public long Length { get; } = length;

        public DateTimeOffset CapturedAt { get; } = capturedAt;

        /// <summary>The index of the thread's line before it; below zero where there is none.</summary>
        public int Before { get; } = before;
    }
}
