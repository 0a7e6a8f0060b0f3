// Reads one line of a part, whose place is known.
using System;
using System.IO;
using System.Text.Json;

namespace ChatKit.Archive;

internal static class LineFile
{
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="offset">Where in it the line begins.</param>
    /// <param name="length">Its length without the line feed.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be read.</exception>
    public static byte[] Read(ArchiveFolder folder, string name, long offset, int length)
    {
        byte[] line = new byte[length];
        Read(folder, name, offset, line, length);
        return line;
    }

    /// <summary>Reads a stretch of a part.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="offset">Where in it the stretch begins.</param>
    /// <param name="into">Takes it, from its first byte on.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="ChatKitArchiveException">It cannot be read.</exception>
    public static void Read(ArchiveFolder folder, string name, long offset, byte[] into, int length)
    {
        try
        {
            using Stream stream = ArchiveFolder.OpenToRead(folder.PathOf(name));
            stream.Position = offset;
            for (int read = 0; read < length;)
            {
                int count = stream.Read(into, read, length - read);
                read += count > 0 ? count : throw new EndOfStreamException("The file ends before the line does.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(ChatKitArchiveErrorKind.ArchiveUnreadable, $"{name} in '{folder.Path}' cannot be read: {e.Message}", e);
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
