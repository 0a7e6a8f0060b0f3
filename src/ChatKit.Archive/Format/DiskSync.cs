// Waits until files are on the disk, and says where the disk refused: the framework's own flush swallows errors.
using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace ChatKit.Archive;

internal static class DiskSync
{
    private const int Interrupted = 4;
    private const int Invalid = 22;
    private const int FullSyncOfMacOS = 51;
    private const int NotNeeded = 4;

    // ENOTSUP: Linux, macOS. Some file systems cannot wait, for a folder least of all.
    private static readonly int[] NotSupported = [Invalid, 95, 45];

    /// <summary>Waits until a file is on the disk.</summary>
    /// <exception cref="IOException">The disk refused some of it.</exception>
    public static void Flush(FileStream file)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            file.Flush(true);
            return;
        }

        file.Flush();
        Flush((int)file.SafeFileHandle.DangerousGetHandle(), file.Name);
        GC.KeepAlive(file);
    }

    /// <summary>Waits until the names in a folder are on the disk; on Windows they are where the files are.</summary>
    /// <exception cref="IOException">The disk refused them.</exception>
    public static void FlushFolder(string path)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return;
        }

        int folder = open(path, 0);
        if (folder < 0)
        {
            throw Failure(path);
        }

        try
        {
            Flush(folder, path);
        }
        finally
        {
            _ = close(folder);
        }
    }

    /// <summary>
    /// Lets go of what the system keeps of a file in memory, so that it is read from the disk. Only a hint, and only on
    /// Linux.
    /// </summary>
    public static void Forget(FileStream file)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            _ = posix_fadvise((int)file.SafeFileHandle.DangerousGetHandle(), 0, 0, NotNeeded);
            GC.KeepAlive(file);
        }
    }

    private static void Flush(int descriptor, string path)
    {
        bool isMacOS = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

        // On macOS fsync does not wait for the disk itself.
        if (isMacOS && fcntl(descriptor, FullSyncOfMacOS) == 0)
        {
            return;
        }

        while (fsync(descriptor) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (Array.IndexOf(NotSupported, error) >= 0)
            {
                return;
            }

            if (error != Interrupted)
            {
                throw Failure(path);
            }
        }
    }

    private static IOException Failure(string path) =>
        new($"The disk did not take '{path}': {new Win32Exception(Marshal.GetLastWin32Error()).Message}");

#pragma warning disable CA2101, IDE1006 // The names are the system's, and its paths are UTF-8.
    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int descriptor, int command);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_fadvise(int descriptor, long offset, long length, int advice);
#pragma warning restore CA2101, IDE1006
}
