// What the manifest says, as far as a look at its text tells; the Pester suite reads it with PowerShell.
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

internal static partial class Manifest
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("ChatKit.psd1"));

    public static string ModuleVersion => VersionPattern().Match(Text).Groups[1].Value;

    public static string[] CmdletsToExport =>
        [.. Quoted().Matches(CmdletsPattern().Match(Text).Groups[1].Value).Select(match => match.Groups[1].Value)];

    /// <summary>The files that it names.</summary>
    public static string[] Files => [.. Quoted().Matches(Text).Select(match => match.Groups[1].Value).Where(value => value.StartsWith("bin/", System.StringComparison.Ordinal))];

    [GeneratedRegex(@"(?m)^\s*ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"(?ms)^\s*CmdletsToExport\s*=\s*@\((.*?)\)")]
    private static partial Regex CmdletsPattern();

    [GeneratedRegex("'([^'\r\n]+)'")]
    private static partial Regex Quoted();
}
