// Reads every line of one part once. Parts are scanned side by side, so nothing here knows of the others.
using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;

namespace ChatKit.Archive;

/// <param name="folder">The folder.</param>
/// <param name="part">What the part is to have.</param>
/// <param name="isLast">Whether it is the last part, which alone may be open.</param>
/// <param name="version">The version of the format that the manifest has.</param>
internal sealed class PartScan(ArchiveFolder folder, ChatKitArchivePart part, bool isLast, int version)
{
    /// <summary>Whether to find the hash of each line.</summary>
    public bool WithHashes { get; set; }

    /// <summary>
    /// Whether the lines of a part that is as it was written are read only as far as their items, which then are not
    /// counted: a third of the time.
    /// </summary>
    public bool HeadsOnly { get; set; }

    /// <summary>
    /// The lines that can be read, in order, where each begins, its length without the line feed, and its hash where
    /// that is wanted.
    /// </summary>
    public List<(ParsedLine Line, long Offset, int Length, string? Sha256)> Found { get; } = [];

    /// <summary>What is not as it should be.</summary>
    public List<ChatKitArchiveProblem> Problems { get; } = [];

    /// <summary>How many whole lines there are.</summary>
    public long Lines { get; private set; }

    /// <summary>Where in the text of the part the last whole line ends.</summary>
    public long Length { get; private set; }

    /// <summary>The hash of what was read: of an open part, of the beginning that the manifest has one of.</summary>
    public string Sha256 { get; private set; } = HashText.Empty;

    /// <summary>How many lines were read, good or not.</summary>
    public long LinesRead { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many bytes at the end of an open part are no whole line.</summary>
    public long Torn { get; private set; }

    private bool MayBeOpen => part.IsOpen && isLast;

    /// <summary>Reads the part.</summary>
    /// <param name="read">Is told how many bytes more have been read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>This.</returns>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public PartScan Run(Action<long> read, CancellationToken cancellationToken)
    {
        Scan(read, cancellationToken);
        if (HeadsOnly && Problems.Count > 0)
        {
            // What is not as it was written is looked at whole.
            HeadsOnly = false;
            Found.Clear();
            Problems.Clear();
            (Lines, Length, Torn) = (0, 0, 0);
            Scan(_ => { }, cancellationToken);
        }

        return this;
    }

    private void Scan(Action<long> read, CancellationToken cancellationToken)
    {
        using Stream? stream = ArchiveFolder.TryOpenToRead(folder.PathOf(part.Name));
        if (stream is null)
        {
            // The manifest names a part before the part is made.
            if (!MayBeOpen || part.Bytes > 0)
            {
                Add(ChatKitArchiveProblemKind.PartMissing, "The part is not there.");
            }

            return;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long hashed = 0;
        using TappedStream bytes = new(stream, (buffer, offset, count) =>
        {
            // Of an open part the hash is of its beginning.
            int part1 = (int)Math.Max(0, Math.Min(count, part.Bytes - hashed));
            hash.AppendData(buffer, offset, MayBeOpen ? part1 : count);
            hashed += count;
            read(count);
        });
        bool isCompressed = PartName.Of(part).IsCompressed;
        using GzipReader? compressed = isCompressed ? new(bytes) : null;
        LineReader reader = new(compressed ?? (Stream)bytes);
        long number = 0;
        long linesOfHash = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            bool isHashed = isCompressed ? part.Bytes > 0 : reader.Offset < part.Bytes;
            string? fault = ReadLine(reader, isHashed);
            if (fault is null)
            {
                Lines++;
                Length = reader.Offset + reader.Line.Count + 1;
            }
            else if (MayBeOpen && !isHashed)
            {
                Torn = stream.Length - reader.Offset;
                Add(
                    ChatKitArchiveProblemKind.LineTorn,
                    $"The last {Torn} bytes are no whole line, since a run was cut off.",
                    number);
                break;
            }
            else
            {
                Add(ChatKitArchiveProblemKind.LineUnreadable, fault, number);
            }

            linesOfHash += isHashed || !MayBeOpen ? 1 : 0;
        }

        bytes.Drain();
        part.Members = compressed?.Members;
        if (compressed?.Damage is { } damage)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, $"A stretch of the part cannot be decompressed: {damage}");
        }

        (Sha256, LinesRead, BytesRead) = (HashText.Of(hash), number, hashed);
        Compare(stream.Length, linesOfHash, Sha256);
    }

    private void Compare(long length, long lines, string sha256)
    {
        if (MayBeOpen ? length < part.Bytes : length != part.Bytes)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, $"The part has {length} bytes; {part.Bytes} were written.");
        }
        else if (lines != part.Lines)
        {
            Add(ChatKitArchiveProblemKind.PartAltered, $"The part has {lines} lines; {part.Lines} were written.");
        }
        else if (part.Sha256 is null ? !MayBeOpen : sha256 != part.Sha256)
        {
            Add(
                ChatKitArchiveProblemKind.PartAltered,
                part.Sha256 is null
                    ? "The manifest has no SHA-256 of the part."
                    : "The part has been altered: its SHA-256 is another.");
        }
    }

    /// <summary>Reads a line; gives what is wrong with it.</summary>
    private string? ReadLine(LineReader reader, bool isHashed)
    {
        if (!reader.IsWhole)
        {
            return "The line is cut off.";
        }

        try
        {
            ParsedLine line = HeadsOnly
                ? ParsedLine.ReadHead(reader.Line)
                : ParsedLine.Read(reader.Line, withItems: false);
            if (!isHashed && version > 1 && !LineSeal.IsWhole(reader.Line))
            {
                return "The line has been altered: its SHA-256 is another.";
            }

            Found.Add((line, reader.Offset, reader.Line.Count, WithHashes ? HashText.Of(reader.Line) : null));
            return null;
        }
        catch (JsonException e)
        {
            // Its text may quote the line.
            return PrintableText.Excerpt(e.Message, 200);
        }
    }

    private void Add(ChatKitArchiveProblemKind kind, string message, long? line = null) =>
        Problems.Add(new(kind, message, part.Name, line));
}
