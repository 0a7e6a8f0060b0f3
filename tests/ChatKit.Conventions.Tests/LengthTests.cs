// A file can be read at one sitting, and a line without scrolling.
using System;
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

public class LengthTests
{
    private const int LongestFile = 260;
    private const int LongestCmdlet = 120;
    private const int LongestLine = 120;

    /// <summary>The folders that keep to these lengths. A folder is added once it does, and never taken away.</summary>
    private static readonly string[] Folders =
    [
        "src/ChatKit.Archive",
        "src/ChatKit.Client",
        "src/ChatKit.Emulator",
        "src/ChatKit.PowerShell",
        "examples",
    ];

    /// <summary>Files that are still longer. None is added; one that is split is taken away.</summary>
    private static readonly string[] LongFiles =
    [
        "src/ChatKit.Archive/Format/ParsedLine.cs",
        "src/ChatKit.Archive/Writing/ArchiveWriter.cs",
        "src/ChatKit.Archive/Writing/ChatKitArchiveCompaction.cs",
        "src/ChatKit.Archive/Writing/ChatKitArchiveErasure.cs",
        "src/ChatKit.Archive/Writing/ChatKitArchiveExport.cs",
        "src/ChatKit.Client/Pacing/Pace.cs",
        "src/ChatKit.Client/Pacing/RequestGate.cs",
        "src/ChatKit.Client/Streams/OrderedMerge.cs",
        "src/ChatKit.PowerShell/Commands/ChatKitCommand.cs",
        "src/ChatKit.PowerShell/Commands/ExportChatKitThreadCommand.cs",
        "src/ChatKit.PowerShell/Commands/GetChatKitThreadCommand.cs",
        "src/ChatKit.PowerShell/Commands/NewChatKitSessionCommand.cs",
        "src/ChatKit.PowerShell/Commands/RemoveChatKitArchiveThreadCommand.cs",
        "src/ChatKit.PowerShell/Commands/RemoveChatKitThreadCommand.cs",
    ];

    [Fact]
    public void No_file_is_long() =>
        Assert.Equal(
            LongFiles.Order(StringComparer.Ordinal),
            Files().Where(IsLong).Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void No_line_is_long() => Assert.Equal([], Files().SelectMany(LongLines));

    private static bool IsLong(string file) =>
        File.ReadLines(file).Count() > (file.EndsWith("Command.cs", StringComparison.Ordinal)
            ? LongestCmdlet
            : LongestFile);

    private static string[] LongLines(string file) =>
    [
        .. File.ReadLines(file)
            .Select((line, index) => (Text: line, Number: index + 1))
            .Where(line => line.Text.Length > LongestLine)
            .Select(line => $"{Name(file)}:{line.Number}"),
    ];

    private static string[] Files()
    {
        Assert.All(Folders, folder => Assert.True(Directory.Exists(Repository.PathOf(folder)), folder));
        return [.. Folders.SelectMany(folder => SourceFiles.In("*.cs", folder))];
    }

    private static string Name(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
