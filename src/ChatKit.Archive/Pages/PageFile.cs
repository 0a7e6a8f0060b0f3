// Writes a page under another name first, so that none is ever there by half.
using System;
using System.IO;
using System.Text;

namespace ChatKit.Archive;

internal static class PageFile
{
    /// <summary>What ends the name of a page that is not finished.</summary>
    public const string Unfinished = ".tmp";

    private const int BufferSize = 32 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file whole, or leaves what was there, whenever the process is killed.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        string unfinished = path + Unfinished;
        try
        {
            using (FileStream stream = PrivateFile.Open(unfinished, FileMode.Create, FileShare.Read | FileShare.Delete))
            using (StreamWriter writer = new(stream, Utf8, BufferSize))
            {
                writer.NewLine = "\n";
                write(writer);
            }

            FileReplacement.Replace(unfinished, path);
        }
        catch
        {
            TryDelete(unfinished);
            throw;
        }
    }

    /// <summary>Deletes what a run left behind that was killed in the middle of a page.</summary>
    public static void DeleteUnfinished(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*" + Unfinished))
        {
            TryDelete(file);
        }
    }

    public static void TryDelete(string path)
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
