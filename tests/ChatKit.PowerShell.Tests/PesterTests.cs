// Each Pester file in a PowerShell of its own: one test per file and edition, with Pester's output where it fails.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed class PesterTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Files() =>
        from shell in Shell.All
        from file in Directory.EnumerateFiles(Repository.PathOf("tests", "Pester"), "*.Tests.ps1").Order()
        select new TheoryDataRow<string, string>(shell.Command, Path.GetFileName(file));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Passes(string shell, string file)
    {
        string? missing = await Shell.Find(shell).WhatIsMissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");

        (int exitCode, string output) = await Shell.Find(shell).RunAsync(
            "-File", Repository.PathOf("tests", "Pester", "Invoke-PesterFile.ps1"), Repository.PathOf("tests", "Pester", file));

        Assert.True(exitCode == 0, output);
    }
}
