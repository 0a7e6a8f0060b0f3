// Writes lines to one part, and its hash along with them.
using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Archive;

internal sealed class PartWriter : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly ChatKitArchivePart _part;
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _lineHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _buffered;
    private long _length;
    private long _lines;

    /// <summary>
    /// Opens a part to go on after its last whole line. Once this returns, the manifest's hash of the part is that of
    /// all that is there.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">The part, with what it has to have.</param>
    /// <param name="length">Where its last whole line ends.</param>
    /// <param name="lines">How many lines there are up to there.</param>
    /// <exception cref="ChatKitArchiveException">The part is not as it was written.</exception>
    public PartWriter(ArchiveFolder folder, ChatKitArchivePart part, long length, long lines)
    {
        _folder = folder;
        _part = part;
        _stream = folder.Open(folder.PathOf(part.Name), part.Bytes == 0 ? FileMode.OpenOrCreate : FileMode.Open);
        try
        {
            Resume(length, lines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The length of the part with all of its lines, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Writes a line: when the thread was captured, the thread, its items oldest first, and the hash of all that.
    /// </summary>
    /// <returns>The length of the line without its line feed, in bytes.</returns>
    public int WriteLine(FetchedThread thread)
    {
        Write(Encoding.ASCII.GetBytes($"{{\"capturedAt\":\"{LineSeal.Text(thread.CapturedAt)}\",\"thread\":"));
        Write(thread.Json);
        Write(",\"items\":["u8);
        bool isFirst = true;
        for (int i = thread.Pages.Count - 1; i >= 0; i--)
        {
            ItemPage page = thread.Pages[i];
            for (int j = page.Count - 1; j >= 0; j--)
            {
                Write(isFirst ? default : ","u8);
                Write(page[j]);
                isFirst = false;
            }
        }

        Write("]"u8);
        Send();
        Write(LineSeal.Of(HashText.Of(_lineHash)));
        Write("\n"u8);
        Send();

        // What follows a seal is no part of the next line's.
        _lineHash.GetHashAndReset();
        int length = (int)(_length - Length);
        Length = _length;
        _lines++;
        return length - 1;
    }

    /// <summary>Takes back what was written of a line that could not be written whole.</summary>
    public void Truncate()
    {
        try
        {
            _stream.SetLength(Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The next run does it.
        }
    }

    /// <summary>Brings the part to the disk, reads it back, and notes its hash.</summary>
    /// <exception cref="IOException">It cannot be written, or what the disk has is not what was written.</exception>
    public void Close()
    {
        _folder.Flush(_stream);
        string sha256 = HashText.Of(_hash);
        _stream.Dispose();
        CheckIsWritten(_folder, _part.Name, sha256);

        Note(sha256);
        _part.IsOpen = false;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        _lineHash.Dispose();
    }

    /// <summary>Reads a part back from the disk.</summary>
    /// <exception cref="IOException">What the disk has is not what was written.</exception>
    public static void CheckIsWritten(ArchiveFolder folder, string name, string sha256)
    {
        if (Hash(folder.PathOf(name)) != sha256)
        {
            throw new IOException($"{name} was read back from the disk, and is not what was written.");
        }
    }

    private static string Hash(string file)
    {
        using Stream stream = ArchiveFolder.OpenToRead(file);
        DiskSync.Forget((FileStream)stream);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[256 * 1024];
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            hash.AppendData(buffer, 0, count);
        }

        return HashText.Of(hash);
    }

    private void Resume(long length, long lines)
    {
        // To ask for a hash ends it, so there is one for each place that is asked for.
        using IncrementalHash verified = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash found = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Read(_part.Bytes, verified, found);
        if (_length < _part.Bytes || (_part.Sha256 is not null && HashText.Of(verified) != _part.Sha256))
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveDamaged,
                $"{_part.Name} in '{_folder.Path}' has been altered: its size or its SHA-256 is another.");
        }

        Read(length, found);

        // What stands behind the last whole line is the end of a run that was cut off.
        _stream.SetLength(_length);
        _stream.Position = _length;
        _folder.Flush(_stream);
        Length = _length;
        _lines = lines;
        Note(HashText.Of(found));
        _part.IsOpen = true;
    }

    private void Read(long end, params IncrementalHash[] hashes)
    {
        int count;
        while (_length < end && (count = _stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, end - _length))) > 0)
        {
            _hash.AppendData(_buffer, 0, count);
            foreach (IncrementalHash hash in hashes)
            {
                hash.AppendData(_buffer, 0, count);
            }

            _length += count;
        }
    }

    private void Note(string sha256) => (_part.Bytes, _part.Lines, _part.Sha256) = (Length, _lines, sha256);

    private void Write(ArraySegment<byte> bytes) => Write(bytes.AsSpan());

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_buffered == _buffer.Length)
            {
                Send();
            }

            int count = Math.Min(bytes.Length, _buffer.Length - _buffered);
            bytes.Slice(0, count).CopyTo(_buffer.AsSpan(_buffered));
            _buffered += count;
            bytes = bytes.Slice(count);
        }
    }

    private void Send()
    {
        _stream.Write(_buffer, 0, _buffered);
        _hash.AppendData(_buffer, 0, _buffered);
        _lineHash.AppendData(_buffer, 0, _buffered);
        _length += _buffered;
        _buffered = 0;
    }
}
