// Files and folders for their owner alone: what customers said is not for every account of a machine.
using System.IO;
#if !NETFRAMEWORK
using System;
#endif

namespace ChatKit.Archive;

/// <summary>
/// On Unix, folders of mode 0700 and files of mode 0600; on Windows what the folder above passes on. What is there
/// keeps the mode that it has.
/// </summary>
internal static class PrivateFile
{
    /// <summary>Makes a folder where it is not there; those above it are made with the usual mode.</summary>
    public static void CreateFolder(string path)
    {
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file to read and write, not buffered.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share, FileOptions other = FileOptions.None)
    {
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            FileStreamOptions options = new()
            {
                Mode = mode,
                Access = FileAccess.ReadWrite,
                Share = share,
                BufferSize = 1,
                Options = other,
            };
            if (mode != FileMode.Open)
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
        }
#endif
        return new FileStream(path, mode, FileAccess.ReadWrite, share, 1, other);
    }
}
