// The module as users get it: in a folder of the module path, found by its name or a cmdlet's. PackageTests runs these
// tests in a process of its own, where nothing of the checkout is loaded; CHATKIT_MODULE names the folder of the module
// there.
using System;
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

public sealed class InstalledModuleTests
{
    public const string Folder = "CHATKIT_MODULE";

    private static string? Installed => Environment.GetEnvironmentVariable(Folder);

    public InstalledModuleTests() =>
        Assert.SkipWhen(Installed is null, "PackageTests run it, where the module is installed.");

    [Fact]
    public void Is_loaded_by_the_name_of_a_cmdlet_and_comes_from_where_it_is_installed()
    {
        using Engine engine = Engine.Bare();

        Said said = engine.Run("Connect-ChatKit -Emulator; (Get-Module ChatKit).ModuleBase; (Get-Command " +
            "Get-ChatKitThread).DLL").Succeeds();

        Assert.Equal(
            [Installed!, Path.Combine(Installed!, "bin", "net8.0", "ChatKit.PowerShell.dll")],
            said.Lines.Select(Path.GetFullPath));
    }

    [Fact]
    public void Is_imported_by_its_name_with_help_and_views()
    {
        using Engine engine = Engine.Bare();

        Said said = engine.Run("""
            Import-Module ChatKit
            (Get-Help Get-ChatKitThread).Synopsis
            Connect-ChatKit -Emulator
            Get-ChatKitThread cthr_abc123 | Out-Default
            """).Succeeds();

        Assert.Matches(@"^[A-Z][^\[]+\.$", Assert.Single(said.Lines));
        Assert.Matches("cthr_abc123 +active +Customer escalation +[0-9-]{10} +user_123", engine.Host.Screen);
    }

    [Theory]
    [InlineData("'cthr_abc123', 'cthr_def456' | ForEach-Object -Parallel { (Get-ChatKitThread $_).Id }")]
    [InlineData("'cthr_abc123', 'cthr_def456' | ForEach-Object -Parallel { (Get-ChatKitThread $_).Id } -AsJob | Receive-Job -Wait")]
    public void Is_loaded_in_parallel_runspaces_and_in_jobs_of_threads(string script)
    {
        using Engine engine = Engine.Bare();
        engine.Run("Connect-ChatKit -Emulator").Succeeds();

        Assert.Equal(["cthr_abc123", "cthr_def456"], engine.Run(script).Succeeds().Lines.Order());
    }

    [Fact]
    public void Does_the_main_job_from_the_first_cmdlet_to_the_last()
    {
        using TemporaryFolder folder = new();
        using Engine engine = Engine.Bare();
        engine.Set("folder", folder.Path);

        Said said = engine.Run("""
            Connect-ChatKit -Emulator
            (Get-ChatKitConnection).Kind
            @(Get-ChatKitThread -User user_123 | Where-Object Status -ne active).Count
            @(Get-ChatKitThread cthr_abc123 | Get-ChatKitThreadItem).Count
            (Export-ChatKitThread $folder/archive).Complete
            (Test-ChatKitArchive $folder/archive).Complete
            (Export-ChatKitThread $folder/pages -Format Html).Threads
            (New-ChatKitSession wf_1 user_1 | Stop-ChatKitSession).Status
            Get-ChatKitThread | Remove-ChatKitThread -Confirm:$false -ProofPath $folder/proof.csv
            @(Get-ChatKitThread).Count
            @(Get-ChatKitThread -Connection (New-ChatKitConnection -Archive $folder/archive)).Count
            Disconnect-ChatKit
            """).Succeeds();

        Assert.Equal(["Emulator", "3", "12", "True", "True", "12", "cancelled", "0", "12"], said.Lines);
    }
}
