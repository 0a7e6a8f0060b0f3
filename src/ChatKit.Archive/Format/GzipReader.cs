// Reads the text of a compressed part, and notes where each of its members is.
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace ChatKit.Archive;

/// <param name="file">The file, read from where it is; not closed.</param>
/// <param name="offset">Where in the part that is.</param>
internal sealed class GzipReader(Stream file, long offset = 0) : ReadingStream
{
    private readonly byte[] _header = new byte[GzipMember.HeaderLength];
    private byte[] _text = [];
    private int _taken;
    private long _offset = offset;
    private long _position;
    private Stream? _foreign;
    private bool _isOver;

    /// <summary>The members that were read.</summary>
    public List<GzipMember> Members { get; } = [];

    /// <summary>
    /// What is wrong with the first member that could not be decompressed; null where all could. In its place stands a
    /// line feed, so that what is cut off before it and behind it does not look like one line.
    /// </summary>
    public string? Damage { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            int read = ReadMember(buffer, offset, count);
            if (read > 0)
            {
                _position += read;
                return read;
            }

            if (_taken == _text.Length && (_isOver || !Open()))
            {
                return 0;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _foreign?.Dispose();
    }

    private int ReadMember(byte[] buffer, int offset, int count)
    {
        if (_foreign is null)
        {
            int copied = Math.Min(count, _text.Length - _taken);
            Array.Copy(_text, _taken, buffer, offset, copied);
            _taken += copied;
            return copied;
        }

        try
        {
            int read = _foreign.Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }
        }
        catch (InvalidDataException e)
        {
            // Where the next member begins only this one could tell.
            _isOver = true;
            Fail(e.Message);
        }

        _foreign.Dispose();
        _foreign = null;
        return 0;
    }

    /// <summary>Opens the next member; gives whether there is one.</summary>
    private bool Open()
    {
        int count = Fill(_header, 0);
        int length = GzipMember.LengthOf(_header.AsSpan(0, count));
        if (count == 0)
        {
            return false;
        }

        if (Members.Count == 0 || Members[Members.Count - 1].Length > 0)
        {
            Members.Add(new(_position, _offset, length));
        }

        if (length == 0)
        {
            _foreign = new GZipStream(
                new Prefixed(_header, count, file), CompressionMode.Decompress);
            return true;
        }

        byte[] member = new byte[length];
        _header.CopyTo(member, 0);
        int end = Fill(member, _header.Length);
        _offset += length;
        _taken = 0;
        try
        {
            _text = end == length
                ? GzipMember.Decompress(member)
                : throw new InvalidDataException("The file ends within a member of gzip.");
        }
        catch (InvalidDataException e)
        {
            Fail(e.Message);
        }

        return true;
    }

    private void Fail(string message)
    {
        Damage ??= message;
        (_text, _taken) = ([(byte)'\n'], 0);
    }

    /// <summary>Fills a buffer from a place on; gives up to where it is filled.</summary>
    private int Fill(byte[] buffer, int from)
    {
        int read;
        while (from < buffer.Length && (read = file.Read(buffer, from, buffer.Length - from)) > 0)
        {
            from += read;
        }

        return from;
    }

    /// <summary>What was read of a file already, and the rest of it.</summary>
    private sealed class Prefixed(byte[] prefix, int length, Stream rest) : ReadingStream
    {
        // What .NET Framework reads ahead at the end of a member is lost to the next, which .NET reads on its own.
#if NETFRAMEWORK
        private const int AtOnce = 1;
#else
        private const int AtOnce = int.MaxValue;
#endif
        private readonly byte[] _prefix = (byte[])prefix.Clone();
        private int _taken;

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, AtOnce);
            if (_taken == length)
            {
                return rest.Read(buffer, offset, count);
            }

            int copied = Math.Min(count, length - _taken);
            Array.Copy(_prefix, _taken, buffer, offset, copied);
            _taken += copied;
            return copied;
        }
    }
}
