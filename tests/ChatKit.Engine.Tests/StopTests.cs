// Ctrl+C at any moment: the command ends, asks for nothing more, and says what it cannot know.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed class StopTests(LoopbackServer server)
{
    private static readonly Dictionary<string, string> Wait = new() { ["retry-after"] = "200" };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    /// <summary>Scripts whose first request is never answered.</summary>
    public static TheoryData<string> Stalled =>
    [
        "Get-ChatKitThread cthr_1, cthr_2",
        "Get-ChatKitThread",
        "'cthr_1', 'cthr_2' | Get-ChatKitThread",
        "Get-ChatKitThreadItem cthr_1",
        "Find-ChatKitThreadItem zebra",
        "Remove-ChatKitThread cthr_1 -Confirm:$false",
        "Export-ChatKitThread $folder/out",
        "Export-ChatKitThread $folder/out -Format Html",
        "'cthr_1' | Export-ChatKitThread $folder/out",
        "New-ChatKitSession wf_1 user_1",
        "Stop-ChatKitSession cksess_1",
    ];

    [Theory]
    [MemberData(nameof(Stalled))]
    public async Task Ends_what_waits_for_a_request(string script)
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        await server.ReplyAsync(new { DelayMs = -1, Times = 1000 });

        Said said = engine.Run(script, running =>
        {
            server.WaitForRequests(1);
            Stop(running);
        });

        Assert.IsType<PipelineStoppedException>(said.Ended);
        Assert.Empty(said.Output);
        Assert.Empty(said.Errors);
    }

    [Fact]
    public async Task Ends_what_waits_to_send_a_request_again()
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        await server.ReplyAsync(new { Status = 429, Times = 1000, Headers = Wait, Body = "{}" });

        Said said = engine.Run("Get-ChatKitThread cthr_1", running =>
        {
            server.WaitForRequests(1);
            Stop(running);
        });

        Assert.IsType<PipelineStoppedException>(said.Ended);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Ends_a_list_at_any_of_its_threads(int moment)
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        string seed = string.Join(',', Enumerable.Range(1, 301).Select(i => $$"""
            {
                "id": "cthr_stop{{moment}}_{{i}}", "object": "chatkit.thread", "created_at": {{i}},
                "title": null, "status": {"type": "active"}, "user": "user_stop{{moment}}"
            }
            """));
        await server.SeedAsync($"[{seed}]");

        // With -First a list is read from one end, which takes four requests for it. The script says when the moment
        // has come, and goes no further until it is stopped.
        using ManualResetEventSlim reached = new();
        engine.Set("reached", reached);
        engine.Set("moment", moment);
        Said said = engine.Run(
            """
            $count = 0
            Get-ChatKitThread -User user_stop$moment -First 400 | ForEach-Object {
                $_
                if (++$count -eq $moment) { $reached.Set(); while ($true) { [Threading.Thread]::Yield() | Out-Null } }
            }
            """,
            running =>
            {
                Assert.True(reached.Wait(Long, TestContext.Current.CancellationToken));
                Stop(running);
            });

        Assert.IsType<PipelineStoppedException>(said.Ended);
        Assert.Equal(moment, said.Output.Count);
        Assert.Equal($"cthr_stop{moment}_301", said.Output[0].Properties["Id"].Value);

        // Nothing more is asked for: what is there now is all that there ever is. What another test had in flight when
        // it was stopped may yet come.
        Regex ofList = new($@"user=user_stop{moment}\b");
        Assert.InRange((await server.JournalAsync()).Count(ofList.IsMatch), 1, 4);
        Assert.Equal(301, engine.Run("Get-ChatKitThread -User user_stop$moment").Succeeds().Output.Count);
    }

    [Fact]
    public async Task A_deletion_that_was_sent_is_said_to_be_unknown()
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        await server.ReplyAsync(new { DelayMs = -1, Times = 1000 });

        Said said = engine.Run("Remove-ChatKitThread cthr_1, cthr_2 -Confirm:$false -ThrottleLimit 2", running =>
        {
            server.WaitForRequests(2);
            Stop(running);
        });

        Assert.Equal(
            "The command ended before it was known whether these threads were deleted: cthr_1, cthr_2",
            Assert.Single(said.Warnings));
    }

    [Fact]
    public async Task An_export_that_is_stopped_is_resumed_by_the_same_command()
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        await server.ReplyAsync(new { Target = "cthr_def456/items", DelayMs = -1, Times = 1000 });
        const string Again = "Export-ChatKitThread $folder/out -Id cthr_abc123, cthr_def456";
        Said stopped = engine.Run(Again, running =>
        {
            server.WaitForRequests(1, "cthr_def456/items");
            Stop(running);
        });
        Assert.IsType<PipelineStoppedException>(stopped.Ended);
        await server.ResetAsync();

        // The run that was stopped does not wait for its own end, so that its lock may be there for a moment.
        Said said = engine.Run(Again);
        Assert.True(SpinWait.SpinUntil(
            () => !said.ErrorIds.Contains("ArchiveLocked") || (said = engine.Run(Again)) is null, Long));

        PSObject export = Assert.Single(said.Succeeds().Output);
        Assert.Equal(2L, export.Properties["Threads"].Value);
        Assert.Equal(true, export.Properties["Complete"].Value);
    }

    [Fact]
    public async Task A_pipeline_that_ends_early_asks_for_no_more()
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);

        Said said = engine.Run("""
            $ids = 1..2000 | ForEach-Object { 'cthr_abc123' }
            try { $ids | Get-ChatKitThread | ForEach-Object { throw 'enough' } } catch { "$_" }
            """).Succeeds();

        Assert.Equal(["enough"], said.Lines);
        Assert.InRange((await server.JournalAsync()).Count, 1, 100);
    }

    [Theory]
    [InlineData("Test-ChatKitArchive $folder")]
    [InlineData("Get-ChatKitArchiveVersion $folder")]
    [InlineData("Repair-ChatKitArchive $folder -Confirm:$false")]
    [InlineData("Remove-ChatKitArchiveThread $folder cthr_1 -Confirm:$false")]
    [InlineData("Optimize-ChatKitArchive $folder -Confirm:$false")]
    [InlineData("Connect-ChatKit -Archive $folder")]
    public async Task Ends_what_reads_a_file_that_does_not_come(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such file.");
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync(folder);
        string manifest = Path.Combine(folder.Path, "manifest.json");
        using (Process made = Process.Start("mkfifo", manifest))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // It can be opened to be written once somebody reads it.
        FileStream? writer = null;
        Said said = engine.Run(script, running =>
        {
            writer = new FileStream(manifest, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            Stop(running);
        });
        writer!.Dispose();

        Assert.IsType<PipelineStoppedException>(said.Ended);
        Assert.Empty(said.Output);
        Assert.Empty(said.Errors);
    }

    private static void Stop(Running running) =>
        Assert.True(
            running.Shell.StopAsync(null, null).Wait(Long, TestContext.Current.CancellationToken), "It did not stop.");

    private async Task<Engine> ConnectedAsync(TemporaryFolder folder)
    {
        await server.ResetAsync();
        Engine engine = Engine.WithModule();
        engine.Set("folder", folder.Path);
        engine.Set("key", Engine.Key);
        engine.Set("server", server.BaseUri);
        engine.Run("Connect-ChatKit -ApiKey $key -BaseUri $server -MaximumRetryWaitSec 3600").Succeeds();
        return engine;
    }
}
