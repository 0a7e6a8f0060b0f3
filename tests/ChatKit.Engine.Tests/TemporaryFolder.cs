// A folder of one test.
using System;
using System.IO;

namespace ChatKit.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatkit-").FullName;

    public void Dispose() => Directory.Delete(Path, true);
}
