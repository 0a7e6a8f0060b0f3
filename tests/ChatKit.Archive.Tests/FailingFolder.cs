// A disk that is full after so many bytes, or a process that is killed there.
using System;
using System.IO;
using ChatKit.Archive;

namespace ChatKit.Tests;

/// <param name="path">The folder.</param>
/// <param name="budget">
/// What may be done before it fails: each byte written counts one, and so does each file opened, cut, replaced or
/// deleted.
/// </param>
/// <param name="isKilled">Whether nothing reaches the disk afterwards; else only what needs room fails.</param>
internal sealed class FailingFolder(string path, long budget, bool isKilled) : ArchiveFolder(path)
{
    private long _left = budget;

    /// <summary>What of the budget was used.</summary>
    public long Used { get; private set; }

    public override Stream Open(string file, FileMode mode)
    {
        Spend();
        return new FailingStream(base.Open(file, mode), this);
    }

    /// <summary>
    /// Nothing is lost with the power here, and to wait for the disk would take the time of the tests.
    /// </summary>
    public override void Flush(Stream stream)
    {
    }

    public override void FlushFolder()
    {
    }

    public override void Replace(string from, string to)
    {
        Spend();
        base.Replace(from, to);
    }

    public override void Delete(string file)
    {
        Spend();
        base.Delete(file);
    }

    private void Spend()
    {
        if (isKilled && Take(1) == 0)
        {
            throw new IOException("Killed.");
        }
    }

    private int Take(int count)
    {
        // Parts are written side by side.
        lock (this)
        {
            int taken = (int)Math.Min(count, _left);
            _left -= taken;
            Used += taken;
            return taken;
        }
    }

    private sealed class FailingStream(Stream inner, FailingFolder folder) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            int taken = folder.Take(count);
            inner.Write(buffer, offset, taken);
            if (taken < count)
            {
                throw new IOException("There is not enough space on the disk.");
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value)
        {
            folder.Spend();
            inner.SetLength(value);
        }

        public override void Flush() => inner.Flush();

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            inner.Dispose();
        }
    }
}
