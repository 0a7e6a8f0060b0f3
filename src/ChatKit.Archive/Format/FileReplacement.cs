// Puts a file in the place of another at once: whoever opens the name finds the old one or the new one, never none.
using System;
using System.IO;
using System.Threading;
#if NETFRAMEWORK
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace ChatKit.Archive;

internal static class FileReplacement
{
    // About two seconds in all: virus scanners and indexers open a new file for some milliseconds.
    private const int Attempts = 40;
    private const int LongestPauseMs = 50;

    /// <summary>Replaces a file; where somebody has either open just now, tries again for about two seconds.</summary>
    /// <exception cref="IOException">It cannot be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be replaced.</exception>
    public static void Replace(string from, string to)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            Replace(() => Move(from, to), Thread.Sleep);
        }
        else
        {
            Move(from, to);
        }
    }

    /// <summary><see cref="Replace(string, string)"/>, with the move and the pause of a test.</summary>
    internal static void Replace(Action move, Action<int> pause)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                move();
                return;
            }
            catch (Exception e) when (attempt < Attempts && IsInUse(e))
            {
                pause(Math.Min(attempt, LongestPauseMs));
            }
        }
    }

    /// <summary>
    /// What Windows says where somebody has the file open: access denied, a sharing or a lock violation.
    /// </summary>
    private static bool IsInUse(Exception e) =>
        e is IOException or UnauthorizedAccessException && (uint)e.HResult is 0x8007_0005 or 0x8007_0020 or 0x8007_0021;

#if NETFRAMEWORK
    private const int ReplaceExisting = 1;
    private const int WriteThrough = 8;

    private static void Move(string from, string to)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            if (!MoveFileEx(from, to, ReplaceExisting | WriteThrough))
            {
                int error = Marshal.GetLastWin32Error();
                throw new IOException(new Win32Exception(error).Message, unchecked((int)0x8007_0000 | error));
            }
        }
        else if (rename(from, to) != 0)
        {
            throw new IOException(
                $"The file '{from}' cannot take the place of '{to}': error {Marshal.GetLastWin32Error()}.");
        }
    }

    [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);

#pragma warning disable CA2101 // On Unix the characters are UTF-8.
    // Mono, where Windows PowerShell's edition is tested.
    [DllImport("libc", CharSet = CharSet.Ansi, SetLastError = true)]
    private static extern int rename(string from, string to);
#pragma warning restore CA2101
#else
    private static void Move(string from, string to) => File.Move(from, to, overwrite: true);
#endif
}
