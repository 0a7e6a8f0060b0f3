// Reads a file line by line, with the place of each line, and no more than one of them in memory.
using System;
using System.IO;

namespace ChatKit.Archive;

/// <param name="stream">The file; not closed.</param>
internal sealed class LineReader(Stream stream)
{
    private const int LongestLine = int.MaxValue - 64;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _position;

    /// <summary>The line that was read, without its line feed; good until the next is read.</summary>
    public ArraySegment<byte> Line { get; private set; }

    /// <summary>Where in the file the line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the line ends with a line feed, which only the last may lack.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">The file cannot be read, or a line is over 2 GiB.</exception>
    public bool Read()
    {
        int searched = _start;
        while (true)
        {
            int feed = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (feed >= 0)
            {
                Take(feed - _start, isWhole: true);
                return true;
            }

            int searchedOfLine = _end - _start;
            if (!Fill())
            {
                Take(_end - _start, isWhole: false);
                return Line.Count > 0;
            }

            searched = _start + searchedOfLine;
        }
    }

    private void Take(int length, bool isWhole)
    {
        Line = new(_buffer, _start, length);
        Offset = _position;
        IsWhole = isWhole;
        int taken = length + (isWhole ? 1 : 0);
        _start += taken;
        _position += taken;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end == LongestLine)
            {
                throw new IOException("A line is over 2 GiB.");
            }

            Array.Resize(ref _buffer, (int)Math.Min(2L * _end, LongestLine));
        }

        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
