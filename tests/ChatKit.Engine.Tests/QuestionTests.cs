// Every question that a cmdlet asks, word for word, what each answer does, and what is said in place of it with
// -WhatIf.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.Tests;

public sealed class QuestionTests
{
    private const string Three = "'cthr_abc123', 'cthr_def456', 'cthr_ghi789'";
    private const string LeftOfThree = $"Get-ChatKitThread {Three} -ErrorAction Ignore | ForEach-Object Id";

    /// <summary>An archive with a thread in two versions.</summary>
    private const string Grow = """
        $grown = [IO.Path]::Combine($archive, 'grown')
        $seed = [IO.Path]::Combine($archive, 'seed.json')
        foreach ($title in 'a', 'b') {
            [IO.File]::WriteAllText($seed, "[{`"id`":`"cthr_1`",`"title`":`"$title`",`"created_at`":1}]")
            $null = Export-ChatKitThread $grown -Update -Connection (New-ChatKitConnection -Emulator -Seed $seed)
        }
        """;

    /// <summary>
    /// What asks, of which target, and to do what; <c>*</c> stands for the folder of the test, <c>@</c> for an archive.
    /// </summary>
    public static TheoryData<string, string, string> Questions => new()
    {
        { "Remove-ChatKitThread cthr_abc123", "thread cthr_abc123", "Delete from the emulator" },
        {
            "Get-ChatKitThread cthr_abc123 | Remove-ChatKitThread",
            "thread cthr_abc123 'Customer escalation' of user_123",
            "Delete from the emulator"
        },
        {
            "Remove-ChatKitThread cthr_1 -Connection $live",
            "thread cthr_1",
            "Delete from https://example.com/v1, project proj_1, key …wxyz"
        },
        { "New-ChatKitSession wf_1 user_1 -Confirm", "workflow wf_1 for user_1", "Create a session at the emulator" },
        { "Stop-ChatKitSession cksess_1 -Confirm", "session cksess_1", "End at the emulator" },
        { "Remove-ChatKitArchiveThread $archive cthr_abc123", "@", "Erase 1 thread in 1 version" },
        { "Remove-ChatKitArchiveThread $archive -User user_123", "@", "Erase 4 threads in 4 versions" },
        { "Optimize-ChatKitArchive $archive -KeepVersions -Compress -Confirm", "@", "Compress 1 part" },
        { "Optimize-ChatKitArchive $grown", "grown", "Drop 1 superseded version of 181 bytes" },
        { "Repair-ChatKitArchive $folder -Confirm", "*", "Make the manifest anew" },
        { "Export-ChatKitThread $folder -Confirm", "*", "Export all threads of the emulator" },
        {
            "Export-ChatKitThread $folder -User user_123, user_456 -Confirm",
            "*",
            "Export the threads of user_123, user_456 of the emulator"
        },
        { "Export-ChatKitThread $folder -Id cthr_abc123 -Confirm", "*", "Export threads of the emulator" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Is_asked_word_for_word_and_no_means_that_nothing_happens(string script, string target, string action)
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder archive = new();
        using Engine engine = Connected(folder);
        engine.Set("archive", archive.Path);
        engine.Run("$null = Export-ChatKitThread $archive").Succeeds();
        engine.Run(Grow).Succeeds();
        engine.Answer("No");

        Said said = engine.Run(script).Succeeds();

        string what = target switch
        {
            "*" => folder.Path,
            "@" => archive.Path,
            "grown" => Path.Combine(archive.Path, "grown"),
            _ => target,
        };
        string doing = $"Performing the operation \"{action}\" on target \"{what}\".";
        string question = Assert.Single(said.Questions);
        Assert.EndsWith($"{doing} | 0 written, 0 failed", question, StringComparison.Ordinal);
        Assert.Empty(said.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        // -WhatIf says the same, and asks nothing.
        Said whatIf = engine.Run(script.Replace(" -Confirm", "", StringComparison.Ordinal) + " -WhatIf").Succeeds();
        Assert.Empty(whatIf.Questions);
        Assert.Empty(whatIf.Output);
        Assert.Contains($"What if: {doing}", engine.Host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cmdlet_that_can_ask_has_a_question()
    {
        using Engine engine = Engine.WithModule();
        IEnumerable<string> asking = engine.Run("Get-Command -Module ChatKit").Output
            .Select(command => (CommandInfo)command.BaseObject)
                .Where(command => command.Parameters.ContainsKey("Confirm")).Select(command => command.Name);

        Assert.Equal(asking.Order(), Questions.SelectMany(row => row.Data.Item1.Split(' ', '|'))
            .Where(word => word.Contains("-ChatKit", StringComparison.Ordinal) && word != "Get-ChatKitThread")
            .Distinct().Order());
    }

    [Theory]
    [InlineData(new[] { "Yes", "Yes", "Yes" }, new string[0])]
    [InlineData(new[] { "Yes", "No", "Yes" }, new[] { "cthr_def456" })]
    [InlineData(new[] { "Yes to All" }, new string[0])]
    [InlineData(new[] { "No", "Yes to All" }, new[] { "cthr_abc123" })]
    [InlineData(new[] { "Yes", "No to All" }, new[] { "cthr_def456", "cthr_ghi789" })]
    public void Each_answer_does_what_it_says(string[] answers, string[] left)
    {
        using TemporaryFolder folder = new();
        using Engine engine = Connected(folder);
        engine.Answer(answers);

        Said said = engine.Run($"{Three} | Remove-ChatKitThread -PassThru").Succeeds();

        Assert.Equal(answers.Length, said.Questions.Count);
        Assert.Equal(3 - left.Length, said.Output.Count);
        Assert.Equal(left, engine.Run(LeftOfThree).Lines);
    }

    [Fact]
    public void The_outcome_of_one_deletion_is_written_before_the_next_is_asked_for()
    {
        using TemporaryFolder folder = new();
        using Engine engine = Connected(folder);
        engine.Answer("Yes", "Yes", "Yes", "Yes");

        Said said = engine.Run("""
            'cthr_abc123', 'cthr_none', 'cthr_def456', 'cthr_ghi789' | Remove-ChatKitThread -PassThru
            """);

        Assert.Equal(
            ["0 written, 0 failed", "1 written, 0 failed", "1 written, 1 failed", "2 written, 1 failed"],
            said.Questions.Select(question => question.Split(" | ")[^1]));
    }

    [Theory]
    [InlineData($"Remove-ChatKitThread {Three} -Confirm:$false")]
    [InlineData($"$ConfirmPreference = 'None'; Remove-ChatKitThread {Three}")]
    [InlineData($"$PSDefaultParameterValues['Remove-ChatKitThread:Confirm'] = $false; Remove-ChatKitThread {Three}")]
    public void Is_not_asked_where_that_was_said(string script)
    {
        using TemporaryFolder folder = new();
        using Engine engine = Connected(folder);
        Assert.Equal(3, engine.Run(LeftOfThree).Output.Count);

        Assert.Empty(engine.Run(script).Succeeds().Questions);

        Assert.Empty(engine.Run(LeftOfThree).Output);
    }

    [Fact]
    public void What_loses_nothing_is_asked_for_only_by_who_wants_to_be_asked()
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder archive = new();
        using Engine engine = Connected(folder);
        engine.Set("archive", archive.Path);
        engine.Run("$null = Export-ChatKitThread $archive").Succeeds();
        engine.Run(Grow).Succeeds();
        engine.Answer("No", "No");
        Assert.Empty(engine.Run("Optimize-ChatKitArchive $archive -Compress -WhatIf").Succeeds().Questions);
        Assert.Single(engine.Run(
            "$ConfirmPreference = 'Low'; Optimize-ChatKitArchive $archive -Compress").Succeeds().Questions);
        Assert.Single(engine.Run(
            "$ConfirmPreference = 'High'; Optimize-ChatKitArchive $grown -Compress").Succeeds().Questions);
        Said said = engine.Run("Optimize-ChatKitArchive $archive -Compress").Succeeds();
        Assert.Empty(said.Questions);
        Assert.Equal(true, Assert.Single(said.Output).Properties["Changed"].Value);
    }

    [Fact]
    public void What_has_no_id_is_an_error_and_no_question()
    {
        using TemporaryFolder folder = new();
        using Engine engine = Connected(folder);

        Said said = engine.Run("'', $null, ' ' | Remove-ChatKitThread");

        Assert.Empty(said.Questions);
        Assert.Equal(["InvalidId", "InvalidId", "InvalidId"], said.ErrorIds);
    }

    private static Engine Connected(TemporaryFolder folder)
    {
        Engine engine = Engine.WithModule();
        engine.Set("folder", folder.Path);
        engine.Set("key", Engine.Key);
        engine.Run("""
            Connect-ChatKit -Emulator
            $live = New-ChatKitConnection -ApiKey $key -BaseUri https://example.com/v1 -Project proj_1
            """).Succeeds();
        return engine;
    }
}
