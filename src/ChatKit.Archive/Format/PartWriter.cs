// Writes lines to one part, and its hash along with them.
using System;
using System.IO;
using System.Security.Cryptography;

namespace ChatKit.Archive;

internal sealed class PartWriter : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly ChatKitArchivePart _part;
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _buffered;
    private long _length;

    /// <summary>Opens a part to go on after its last whole line.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">The part, with what it has to have.</param>
    /// <param name="sha256">The hash that it has to have; null where that is not known.</param>
    /// <exception cref="ChatKitArchiveException">The part is not as it was written.</exception>
    public PartWriter(ArchiveFolder folder, ChatKitArchivePart part, string? sha256)
    {
        _folder = folder;
        _part = part;
        _stream = folder.Open(folder.PathOf(part.Name), part.Bytes == 0 ? FileMode.OpenOrCreate : FileMode.Open);
        try
        {
            Continue(sha256);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a line: the thread, and its items oldest first.</summary>
    /// <returns>The length of the line without its line feed, in bytes.</returns>
    public int WriteLine(FetchedThread thread)
    {
        Write("{\"thread\":"u8);
        Write(thread.Json);
        Write(",\"items\":["u8);
        bool isFirst = true;
        for (int i = thread.Pages.Count - 1; i >= 0; i--)
        {
            ItemChunk page = thread.Pages[i];
            for (int j = page.Count - 1; j >= 0; j--)
            {
                Write(isFirst ? default : ","u8);
                Write(page[j]);
                isFirst = false;
            }
        }

        Write("]}\n"u8);
        Send();
        int length = (int)(_length - _part.Bytes);
        _part.Bytes = _length;
        _part.Lines++;
        return length - 1;
    }

    /// <summary>Takes back what was written of a line that could not be written whole.</summary>
    public void Truncate()
    {
        try
        {
            _stream.SetLength(_part.Bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run does it.
        }
    }

    /// <summary>Brings the part to the disk, and notes its hash.</summary>
    public void Close()
    {
        _folder.Flush(_stream);
        _part.Sha256 = HashText.Of(_hash);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private void Continue(string? sha256)
    {
        // To ask for a hash ends it, so there are two.
        using var found = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count;
        while (_length < _part.Bytes && (count = _stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, _part.Bytes - _length))) > 0)
        {
            _hash.AppendData(_buffer, 0, count);
            found.AppendData(_buffer, 0, count);
            _length += count;
        }

        if (_length < _part.Bytes || (sha256 is not null && HashText.Of(found) != sha256))
        {
            throw new ChatKitArchiveException(ChatKitArchiveErrorKind.ArchiveDamaged, $"{_part.Name} in '{_folder.Path}' has been altered: its size or its SHA-256 is another.");
        }

        // What stands behind the last whole line is the end of a run that was cut off.
        _stream.SetLength(_length);
        _stream.Position = _length;
        _folder.Flush(_stream);
    }

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
        _length += _buffered;
        _buffered = 0;
    }
}
