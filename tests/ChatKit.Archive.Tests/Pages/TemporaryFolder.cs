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

    /// <summary>Those of HTML.</summary>
    public string[] Pages => [.. Files.Where(file => file.EndsWith(".html", StringComparison.Ordinal))];

    public string Read(params string[] parts) => File.ReadAllText(System.IO.Path.Combine([Path, .. parts]));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
