// Reads every line of an archive once: for the index, for the verifier, and for a writer that goes on.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;

namespace ChatKit.Archive;

/// <param name="folder">The folder.</param>
/// <param name="manifest">What the folder is to hold.</param>
/// <param name="withHashes">Whether to compare the hashes of the parts.</param>
internal sealed class ArchiveScan(ArchiveFolder folder, ChatKitArchiveManifest manifest, bool withHashes)
{
    private long _size;

    /// <summary>Is told of every line that can be read, in order; may be null.</summary>
    public Action<ParsedLine, KnownThread>? Found { get; set; }

    /// <summary>Is told how many bytes more have been read, and how many there are in all; may be null.</summary>
    public Action<long, long>? Advanced { get; set; }

    /// <summary>The last line of each thread.</summary>
    public KnownThreads Threads { get; } = new();

    /// <summary>What is not as it should be in the parts.</summary>
    public List<ChatKitArchiveProblem> Problems { get; } = [];

    /// <summary>How many whole lines each part has.</summary>
    public List<long> Lines { get; } = [];

    /// <summary>How long each part is up to its last whole line, in bytes.</summary>
    public List<long> Lengths { get; } = [];

    /// <summary>How many bytes at the end of the open part are no whole line.</summary>
    public long Torn { get; private set; }

    /// <exception cref="ChatKitArchiveException">A part is there and cannot be read.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            string[] parts = folder.FindParts();
            _size = parts.Sum(part => new FileInfo(folder.PathOf(part)).Length);
            for (int i = 0; i < manifest.Parts.Count; i++)
            {
                ReadPart(i, cancellationToken);
            }

            foreach (string name in parts.Except(manifest.Parts.Select(part => part.Name)))
            {
                Add(ChatKitArchiveProblemKind.PartUnexpected, "The manifest does not know this part.", name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(ChatKitArchiveErrorKind.ArchiveUnreadable, $"The archive '{folder.Path}' cannot be read: {e.Message}", e);
        }
    }

    private void ReadPart(int index, CancellationToken cancellationToken)
    {
        ChatKitArchivePart part = manifest.Parts[index];
        bool isOpen = part.Sha256 is null && index == manifest.Parts.Count - 1;
        Lines.Add(0);
        Lengths.Add(0);
        string file = folder.PathOf(part.Name);
        if (!File.Exists(file))
        {
            // The manifest names a part before the part is made.
            if (!isOpen || part.Bytes > 0)
            {
                Add(ChatKitArchiveProblemKind.PartMissing, "The part is not there.", part.Name);
            }

            return;
        }

        using Stream stream = ArchiveFolder.OpenToRead(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        LineReader reader = new(stream, (buffer, offset, count) => Note(withHashes ? hash : null, buffer, offset, count));
        long number = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            string? fault = ReadLine(index, reader);
            if (fault is null)
            {
                Lines[index]++;
                Lengths[index] = reader.Offset + reader.Line.Count + 1;
            }
            else if (isOpen && reader.Offset >= part.Bytes)
            {
                Torn = stream.Length - reader.Offset;
                Add(ChatKitArchiveProblemKind.LineTorn, $"The last {Torn} bytes are no whole line, since a run was cut off.", part.Name, number);
                return;
            }
            else
            {
                Add(ChatKitArchiveProblemKind.LineUnreadable, fault, part.Name, number);
            }
        }

        Compare(part, isOpen, stream.Length, number, withHashes ? hash : null);
    }

    private void Compare(ChatKitArchivePart part, bool isOpen, long length, long lines, IncrementalHash? hash)
    {
        if (isOpen ? length < part.Bytes : length != part.Bytes)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, $"The part has {length} bytes; {part.Bytes} were written.", part.Name);
        }
        else if (isOpen ? lines < part.Lines : lines != part.Lines)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, $"The part has {lines} lines; {part.Lines} were written.", part.Name);
        }
        else if (hash is not null && !isOpen && HashText.Of(hash) != part.Sha256)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, "The part has been altered: its SHA-256 is another.", part.Name);
        }
    }

    /// <summary>Reads a line; gives what is wrong with it.</summary>
    private string? ReadLine(int part, LineReader reader)
    {
        if (!reader.IsWhole)
        {
            return "The line is cut off.";
        }

        try
        {
            var line = ParsedLine.Read(reader.Line, withItems: false);
            KnownThread thread = Threads[line.Id];
            Threads.Place(thread, part, reader.Offset, reader.Line.Count, line.ItemCount, line.Attachments);
            Found?.Invoke(line, thread);
            return null;
        }
        catch (JsonException e)
        {
            // Its text may quote the line.
            return PrintableText.Excerpt(e.Message, 200);
        }
    }

    private void Note(IncrementalHash? hash, byte[] buffer, int offset, int count)
    {
        hash?.AppendData(buffer, offset, count);
        Advanced?.Invoke(count, _size);
    }

    private void Add(ChatKitArchiveProblemKind kind, string message, string part, long? line = null) => Problems.Add(new(kind, message, part, line));
}
