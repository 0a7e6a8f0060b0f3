// Each Pester file in a PowerShell of its own: one test per file and edition, with Pester's output where it fails. Two
// run at a time beside those under Wine, on however few processors, since much of their time is spent waiting; xunit
// runs the tests of a class one after the other, so there are two classes.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace ChatKit.Tests;

public sealed class PesterTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Files() => PesterFile.EverySecond(0);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Passes(string shell, string file) => PesterFile.PassesAsync(shell, file);
}

public sealed class OtherPesterTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Files() => PesterFile.EverySecond(1);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Passes(string shell, string file) => PesterFile.PassesAsync(shell, file);
}

internal static class PesterFile
{
    // The machine's own; then calendars of other years, another order of digits and dates, and another lower case of I.
    private const string Cultures = ",fa-IR,th-TH,ar-SA,tr-TR";

    private static readonly string[] InEveryCulture =
        ["Archive.Tests.ps1", "Thread.Tests.ps1", "ThreadList.Tests.ps1", "ThreadRemoval.Tests.ps1"];

    /// <summary>Half of the runs.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> EverySecond(int first) =>
        (from shell in Shell.All
         from path in Directory.EnumerateFiles(Repository.PathOf("tests", "Pester"), "*.Tests.ps1").Order()
         select new TheoryDataRow<string, string>(shell.Command, Path.GetFileName(path)))
        .Where((_, index) => index % 2 == first);

    public static async Task PassesAsync(string shell, string file)
    {
        string? missing = await Shell.Find(shell).WhatIsMissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");

        (int exitCode, string output) = await Shell.Find(shell).RunAsync(
            "-File",
            Repository.PathOf("tests", "Pester", "Invoke-PesterFile.ps1"),
            Repository.PathOf("tests", "Pester", file),
            InEveryCulture.Contains(file) ? Cultures : "");

        Assert.True(exitCode == 0, output);
    }
}
