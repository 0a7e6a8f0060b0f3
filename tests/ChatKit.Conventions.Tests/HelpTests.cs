// The about topics, as far as they can be held to the code without a PowerShell; Help.Tests.ps1 does the rest.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

public partial class HelpTests
{
    private const int Columns = 80;

    private static readonly StagedBuild Build = StagedBuild.Of(StagedBuild.Net8);

    public static TheoryData<string> Topics =>
        [.. Directory.GetFiles(Repository.PathOf("en-US"), "about_*").Select(file => Path.GetFileName(file))];

    [Fact]
    public void About_ChatKit_Errors_has_every_error_id_and_none_that_there_is_not()
    {
        string[] ids =
        [
            .. Names("ChatKit.ChatKitErrorKind"),
            .. Names("ChatKit.Archive.ChatKitArchiveErrorKind"),
            .. IdPattern().Matches(
                    Source("ChatKit.PowerShell", "Output", "ErrorRecords.cs") +
                    Source("ChatKit.PowerShell", "Output", "UsageErrors.cs"))
                .Select(match => match.Groups[1].Value),
            .. Settings().Select(setting => "Invalid" + setting),
        ];
        Assert.Equal(ids.Distinct().Order(), Entries("about_ChatKit_Errors.help.txt").Order());
    }

    [Fact]
    public void About_ChatKit_Archive_has_every_kind_of_problem() =>
        Assert.Equal(
            Names("ChatKit.Archive.ChatKitArchiveProblemKind").Order(),
            Entries("about_ChatKit_Archive.help.txt").Order());

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_named_after_its_file_and_fits_any_window(string file)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("en-US", file));
        Assert.Equal(["TOPIC", "    " + file.Replace(".help.txt", "", StringComparison.Ordinal)], lines[..2]);
        Assert.Contains("SHORT DESCRIPTION", lines);

        // Windows PowerShell reads a text without a mark in the code page of the machine.
        Assert.All(lines, line => Assert.True(line.Length <= Columns && line.All(c => c is >= ' ' and <= '~'), line));
    }

    /// <summary>
    /// The settings that PowerShell passes on unchecked: those that the client names when it refuses one, and that are
    /// parameters without a range (what is out of range does not bind). The session's variables are a parameter in the
    /// singular.
    /// </summary>
    private static IEnumerable<string> Settings()
    {
        string[] refused =
        [
            .. SettingPattern().Matches(Source("ChatKit.Client", "ChatKitClientOptions.cs") + Source("ChatKit.Client", "Json", "SessionRequestWriter.cs"))
                .Select(match => match.Groups[1].Value.Replace("StateVariables", "StateVariable", StringComparison.Ordinal)),
        ];
        return Build.Types.Where(type => type.Name is "NewConnectionCommandBase" or "NewChatKitSessionCommand")
            .SelectMany(Cmdlet.Parameters)
            .Select(found => found.Member)
            .Where(member => refused.Contains(member.Name) &&
                !member.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ValidateRangeAttribute"))
            .Select(member => member.Name);
    }

    private static string[] Names(string type) => [.. Build.Types.Single(found => found.FullName == type).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.Name)];

    /// <summary>What a topic explains under a heading of one word.</summary>
    private static string[] Entries(string file) => [.. EntryPattern().Matches(File.ReadAllText(Repository.PathOf("en-US", file))).Select(match => match.Groups[1].Value)];

    private static string Source(params string[] path) => File.ReadAllText(Repository.PathOf(["src", .. path]));

    // An id stands before the category.
    [GeneratedRegex(@"""(\w+)"",\s*ErrorCategory\.")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"nameof\((?:\w+\.)?(\w+)\)")]
    private static partial Regex SettingPattern();

    [GeneratedRegex(@"(?m)^    (\w+)\r?\n        \S")]
    private static partial Regex EntryPattern();
}
