// The files of the repository's folders, without what a build leaves in them.
using System;
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

internal static class SourceFiles
{
    public static string[] In(string pattern, params string[] folders)
    {
        string[] files =
        [
            .. folders.Select(folder => Repository.PathOf(folder.Split('/')))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("node_modules")),
        ];
        Assert.NotEmpty(files);
        return files;
    }
}
