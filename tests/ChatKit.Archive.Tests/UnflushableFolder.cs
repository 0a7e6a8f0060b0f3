// A disk that does not take what is flushed, once.
using System;
using System.IO;
using System.Threading;
using ChatKit.Archive;

namespace ChatKit.Tests;

/// <param name="path">The folder.</param>
/// <param name="good">How many flushes pass before the one that fails.</param>
internal sealed class UnflushableFolder(string path, int good) : ArchiveFolder(path)
{
    private int _done;

    public override void Flush(Stream stream) => Flush();

    public override void FlushFolder() => Flush();

    /// <summary>
    /// Runs; gives whether no flush failed. The error says rightly whether the archive is the new one.
    /// </summary>
    public static bool Passes(Action run, Func<bool> isReplaced)
    {
        try
        {
            run();
            return true;
        }
        catch (ChatKitArchiveException e)
        {
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, e.Kind);
            Assert.Equal(isReplaced(), e.Message.Contains("may still be there", StringComparison.Ordinal));
            return false;
        }
    }

    private void Flush()
    {
        if (Interlocked.Increment(ref _done) == good + 1)
        {
            throw new IOException("Input/output error");
        }
    }
}
