// A folder for one test, gone with it.
using System;
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatkit-pages-").FullName;

    public string[] Files =>
        [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/')).Order()];

    public string Read(params string[] parts) => File.ReadAllText(System.IO.Path.Combine([Path, .. parts]));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
