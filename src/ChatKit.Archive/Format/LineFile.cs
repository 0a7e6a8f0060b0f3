// Reads one line of a part, whose place is known.
using System;
using System.IO;
using System.Text.Json;

namespace ChatKit.Archive;

internal static class LineFile
{
    /// <param name="folder">The folder.</param>
    /// <param name="part">The part.</param>
    /// <param name="offset">Where in its text the line begins.</param>
    /// <param name="length">Its length without the line feed.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be read.</exception>
    public static byte[] Read(ArchiveFolder folder, ChatKitArchivePart part, long offset, int length)
    {
        byte[] line = new byte[length];
        Read(folder, part, offset, line, length);
        return line;
    }

    /// <summary>Reads a stretch of a part.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">The part.</param>
    /// <param name="offset">Where in its text the stretch begins.</param>
    /// <param name="into">Takes it, from its first byte on.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be read.</exception>
    public static void Read(ArchiveFolder folder, ChatKitArchivePart part, long offset, byte[] into, int length)
    {
        try
        {
            using Stream stream = ArchiveFolder.OpenToRead(folder.PathOf(part.Name));
            if (PartName.Of(part).IsCompressed)
            {
                GzipText.Read(stream, part, offset, into, length);
                return;
            }

            stream.Position = offset;
            Fill(stream, into, 0, length);
        }
        catch (InvalidDataException e)
        {
            throw Changed(e);
        }
        catch (FileNotFoundException e)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnreadable,
                $"{part.Name} in '{folder.Path}' is not there any more: it was written anew since the archive was " +
                "opened.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnreadable,
                $"{part.Name} in '{folder.Path}' cannot be read: {e.Message}",
                e);
        }
    }

    /// <summary>Fills a stretch of a buffer.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void Fill(Stream stream, byte[] into, int from, int to)
    {
        while (from < to)
        {
            int count = stream.Read(into, from, to - from);
            from += count > 0 ? count : throw new EndOfStreamException("The file ends before the line does.");
        }
    }

    /// <summary>Reads what a line says.</summary>
    /// <param name="line">The line, which could be read when the archive was opened.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be read any more.</exception>
    public static ParsedLine Parse(byte[] line)
    {
        try
        {
            return ParsedLine.Read(line, withItems: true);
        }
        catch (JsonException e)
        {
            throw Changed(e);
        }
    }

    /// <summary>The failure to find what was there when the archive was opened.</summary>
    public static ChatKitArchiveException Changed(Exception? e = null) =>
        new(ChatKitArchiveErrorKind.ArchiveDamaged, "A line of the archive has changed since it was opened.", e);
}
