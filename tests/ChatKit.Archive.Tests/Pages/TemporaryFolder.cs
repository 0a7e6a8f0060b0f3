// A folder for one test, gone with it.
using System;
using System.IO;

namespace ChatKit.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatkit-pages-").FullName;

    public string[] Files => [.. System.Linq.Enumerable.Order(System.Linq.Enumerable.Select(Directory.GetFiles(Path, "*", SearchOption.AllDirectories), file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/')))];

    public string Read(params string[] parts) => File.ReadAllText(System.IO.Path.Combine([Path, .. parts]));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
