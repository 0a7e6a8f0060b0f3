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
        try
        {
            using Stream stream = ArchiveFolder.OpenToRead(folder.PathOf(name));
            stream.Position = offset;
            byte[] line = new byte[length];
            for (int read = 0; read < length;)
            {
                int count = stream.Read(line, read, length - read);
                read += count > 0 ? count : throw new EndOfStreamException("The file ends before the line does.");
            }

            return line;
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
