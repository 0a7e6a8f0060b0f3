// A folder of one test.
using System;
using System.IO;
using System.Threading;

namespace ChatKit.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatkit-").FullName;

    // What was stopped may still be closing a file.
    public void Dispose() =>
        Assert.True(SpinWait.SpinUntil(TryDelete, TimeSpan.FromSeconds(20)), $"{Path} cannot be deleted.");

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Path, true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
