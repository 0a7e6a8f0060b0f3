// Writes a page under another name first, so that none is ever there by half.
using System;
using System.IO;
using System.Text;

namespace ChatKit.Archive;

internal static class PageFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file whole, or leaves what was there.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        string unfinished = path + ".tmp";
        try
        {
            using (StreamWriter writer = new(unfinished, append: false, Utf8))
            {
                writer.NewLine = "\n";
                write(writer);
            }

            if (File.Exists(path))
            {
                File.Replace(unfinished, path, null);
            }
            else
            {
                File.Move(unfinished, path);
            }
        }
        catch
        {
            TryDelete(unfinished);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what matters.
        }
    }
}
