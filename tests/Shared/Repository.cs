// Where the checkout is.
using System;
using System.IO;

namespace ChatKit.Tests;

internal static class Repository
{
    /// <summary>The folder that holds the manifest; test assemblies are built below it.</summary>
    public static string Root { get; } = FindRoot(AppDomain.CurrentDomain.BaseDirectory);

    /// <summary>A file or folder of the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot(string start)
    {
        DirectoryInfo? folder = new(start);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatKit.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"There is no ChatKit.psd1 above {start}.");
    }
}
