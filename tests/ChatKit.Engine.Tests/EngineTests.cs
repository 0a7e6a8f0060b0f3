// What only an engine shows: the module in pipelines, in other runspaces, in help, in completion, and imported twice.
using System;
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

public sealed class EngineTests
{
    public static TheoryData<string> Cmdlets
    {
        get
        {
            using Engine engine = Engine.WithModule();
            return [.. engine.Run("Get-Command -Module ChatKit").Lines];
        }
    }

    [Fact]
    public void Parallel_runspaces_share_the_connection()
    {
        using Engine engine = Emulated();
        engine.Set("module", Repository.PathOf("ChatKit.psd1"));

        Said said = engine.Run("""
            'cthr_abc123', 'cthr_def456', 'cthr_ghi789' |
                ForEach-Object -Parallel { Import-Module $using:module; (Get-ChatKitThread $_).Id }
            """).Succeeds();

        Assert.Equal(["cthr_abc123", "cthr_def456", "cthr_ghi789"], said.Lines.Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_explains_the_cmdlet_and_each_of_its_parameters(string cmdlet)
    {
        using Engine engine = Engine.WithModule();
        engine.Set("name", cmdlet);

        Said help = engine.Run("""
            $help = Get-Help $name -Full
            $help.Synopsis
            @($help.examples.example).Count -gt 0
            @($help.parameters.parameter | Where-Object { $_ -and -not $_.description[0].Text }).Count
            """).Succeeds();

        Assert.Matches(@"^[A-Z][^\[]+\.$", help.Lines.First());
        Assert.Equal(["True", "0"], help.Lines.Skip(1));
    }

    [Fact]
    public void Help_has_the_topics()
    {
        using Engine engine = Engine.WithModule();

        Assert.Equal(
            Directory.GetFiles(Repository.PathOf("en-US"), "about_*")
                .Select(file => Path.GetFileName(file).Split('.')[0]).Order(),
            engine.Run("Get-Help about_ChatKit* | ForEach-Object Name").Succeeds().Lines.Order());
    }

    [Theory]
    [InlineData("Get-ChatKitThread cthr_", "cthr_abc123")]
    [InlineData("Remove-ChatKitThread cthr_d", "cthr_def456")]
    [InlineData("Get-ChatKitThread -User user_1", "user_123")]
    [InlineData("Export-ChatKitThread x -Format M", "Markdown")]
    [InlineData("Get-ChatKitThreadItem -Ord", "-Order")]
    public void Completes_what_was_seen_and_what_there_is(string line, string expected)
    {
        using Engine engine = Emulated();
        engine.Set("line", line);

        Said said = engine.Run("""
            $null = Get-ChatKitThread
            $complete = [System.Management.Automation.CommandCompletion]
            $complete::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
            """).Succeeds();

        Assert.Contains(expected, said.Lines);
    }

    [Fact]
    public void What_comes_out_of_a_job_can_be_piped_in_again()
    {
        using Engine engine = Emulated();

        Said said = engine.Run("""
            $serializer = [System.Management.Automation.PSSerializer]
            $given = @(Get-ChatKitThread cthr_abc123) + @(Get-ChatKitThreadItem cthr_abc123 -First 1)
            $serializer::Deserialize($serializer::Serialize($given)) | Get-ChatKitThread | ForEach-Object Title
            """).Succeeds();

        Assert.Equal(["Customer escalation", "Customer escalation"], said.Lines);
    }

    [Fact]
    public void What_is_no_thread_is_an_error_and_not_its_text()
    {
        using Engine engine = Emulated();

        Assert.Equal(
            ["ParameterArgumentTransformationError"],
            engine.Run("[datetime]::Now | Get-ChatKitThread").ErrorIds);
    }

    [Theory]
    [InlineData("Get-ChatKitThread -CreatedBefore $null")]
    [InlineData("Get-ChatKitThread -User $null")]
    [InlineData("Get-ChatKitThread -Connection $null")]
    [InlineData("Remove-ChatKitThread cthr_abc123 -Confirm:$false -ProofPath $null")]
    [InlineData("Export-ChatKitThread $null")]
    [InlineData("New-ChatKitConnection -Emulator -Seed $null")]
    public void A_null_that_narrows_directs_or_protects_is_refused(string script)
    {
        using Engine engine = Emulated();

        Said said = engine.Run(script);

        Assert.Single(said.Errors);
        Assert.StartsWith("ParameterArgument", said.ErrorIds.Single(), StringComparison.Ordinal);
        Assert.Equal(12, engine.Run("Get-ChatKitThread").Output.Count);
    }

    [Fact]
    public void Can_be_imported_again_and_removed()
    {
        using Engine engine = Emulated();
        engine.Set("module", Repository.PathOf("ChatKit.psd1"));

        Said said = engine.Run("""
            Import-Module $module -Force
            (Get-ChatKitThread cthr_abc123).Id
            Remove-Module ChatKit
            @(Get-Command -Module ChatKit).Count
            Import-Module $module
            (Get-ChatKitThread cthr_abc123).Id
            """).Succeeds();

        Assert.Equal(["cthr_abc123", "0", "cthr_abc123"], said.Lines);
    }

    private static Engine Emulated()
    {
        Engine engine = Engine.WithModule();
        engine.Run("Connect-ChatKit -Emulator").Succeeds();
        return engine;
    }
}
