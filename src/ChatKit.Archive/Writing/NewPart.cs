// A part that is written anew, plain or compressed: its lines, its hash, and that the disk has it.
using System;
using System.IO;
using System.Security.Cryptography;

namespace ChatKit.Archive;

internal sealed class NewPart : IDisposable
{
    private readonly ArchiveFolder _folder;
    private readonly PartName _name;
    private readonly Stream _file;
    private readonly byte[] _buffer = new byte[GzipMember.TextLength];
    private readonly IncrementalHash _textHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _buffered;
    private long _length;
    private long _lines;

    public NewPart(ArchiveFolder folder, PartName name)
    {
        (_folder, _name) = (folder, name);
        _file = folder.Open(folder.PathOf(name.Text), FileMode.Create);
    }

    /// <summary>Writes a line, which ends with its line feed.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        _lines++;
        while (!line.IsEmpty)
        {
            int count = Math.Min(line.Length, _buffer.Length - _buffered);
            line.Slice(0, count).CopyTo(_buffer.AsSpan(_buffered));
            _buffered += count;
            line = line.Slice(count);
            if (_buffered == _buffer.Length)
            {
                Send();
            }
        }
    }

    /// <summary>Brings the part to the disk, and reads it back: what it is made of will be deleted.</summary>
    /// <param name="isOpen">Whether lines are to follow.</param>
    /// <returns>The part as the manifest lists it.</returns>
    /// <exception cref="IOException">It cannot be written, or what the disk has is not what was written.</exception>
    public ChatKitArchivePart Close(bool isOpen)
    {
        // A file of gzip has one member at least.
        if (_buffered > 0 || (_name.IsCompressed && _length == 0))
        {
            Send();
        }

        _folder.Flush(_file);
        _file.Dispose();
        ChatKitArchivePart part = new(_name.Text, _lines, _length, HashText.Of(_hash)) { IsOpen = isOpen };
        if (_name.IsCompressed)
        {
            CheckText(part, HashText.Of(_textHash));
        }
        else
        {
            PartWriter.CheckIsWritten(_folder, part.Name, part.Sha256!);
        }

        return part;
    }

    public void Dispose()
    {
        _file.Dispose();
        _textHash.Dispose();
        _hash.Dispose();
    }

    private void Send()
    {
        _textHash.AppendData(_buffer, 0, _buffered);
        byte[] bytes = _name.IsCompressed ? GzipMember.Compress(_buffer, _buffered) : _buffer;
        int count = _name.IsCompressed ? bytes.Length : _buffered;
        _file.Write(bytes, 0, count);
        _hash.AppendData(bytes, 0, count);
        _length += count;
        _buffered = 0;
    }

    /// <summary>Reads the part back from the disk, and decompresses it.</summary>
    private void CheckText(ChatKitArchivePart part, string text)
    {
        using Stream stream = ArchiveFolder.OpenToRead(_folder.PathOf(part.Name));
        DiskSync.Forget((FileStream)stream);
        using TappedStream bytes = new(stream, _hash.AppendData);
        using GzipReader reader = new(bytes);
        using TappedStream read = new(reader, _textHash.AppendData);
        read.Drain();
        if (HashText.Of(_hash) != part.Sha256 || HashText.Of(_textHash) != text)
        {
            throw new IOException($"{part.Name} was read back from the disk, and is not what was written.");
        }
    }
}
