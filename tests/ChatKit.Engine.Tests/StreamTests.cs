// What goes to the other streams: verbose, debug, warning and progress; and that no secret is in any of them.
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed class StreamTests(LoopbackServer server)
{
    [Fact]
    public async Task Verbose_has_a_line_for_each_request()
    {
        using Engine engine = await ConnectedAsync();

        Said said = engine.Run("Get-ChatKitThread cthr_abc123, cthr_def456 -Verbose").Succeeds();

        string[] requests = [.. said.Verbose.Where(line => line.Contains("GET ", StringComparison.Ordinal))];
        Assert.Equal(2, requests.Length);
        Assert.Contains("/v1/chatkit/threads/cthr_abc123", requests[0], StringComparison.Ordinal);
        Assert.Contains("200", requests[0], StringComparison.Ordinal);
        Assert.Empty(engine.Run("Get-ChatKitThread cthr_abc123").Verbose);
    }

    [Fact]
    public async Task Verbose_says_which_bounds_count()
    {
        using Engine engine = await ConnectedAsync();

        Said said = engine.Run("Get-ChatKitThread -CreatedAfter 2026-01-31T12:00:00Z -Verbose").Succeeds();

        Assert.Contains("Only threads created after 2026-01-31T12:00:00.0000000+00:00", said.Verbose);
    }

    [Fact]
    public async Task Debug_has_the_body_and_neither_key_nor_client_secret_is_in_any_stream()
    {
        using Engine engine = await ConnectedAsync();

        Said said = engine.Run("""
            $DebugPreference = $VerbosePreference = 'Continue'
            Get-ChatKitThread cthr_abc123, cthr_none
            $session = New-ChatKitSession wf_1 user_1
            $session
            $session | Out-Default
            Get-ChatKitConnection | Out-Default
            """);

        Said secret = engine.Run("[Net.NetworkCredential]::new('', $session.ClientSecret).Password");
        string[] secrets = [Engine.Key, .. secret.Lines];
        Assert.Equal(2, secrets.Length);
        Assert.All(secrets, Assert.NotEmpty);
        Assert.Contains(said.Debug, text => text.Contains("Customer escalation", StringComparison.Ordinal));
        string[] everything =
        [
            .. said.Debug, .. said.Verbose, .. said.Warnings, .. said.Lines, engine.Host.Screen,
            .. said.Errors.Select(error => error + error.Exception.ToString()),
            .. said.Progress.Select(record => record.ToString()),
        ];
        Assert.All(
            secrets, one => Assert.DoesNotContain(everything, text => text.Contains(one, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_archive_that_is_not_complete_is_warned_of()
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync();
        engine.Set("folder", folder.Path);
        engine.Run("Export-ChatKitThread $folder -Id cthr_abc123, cthr_none -ErrorAction Ignore").Succeeds();

        Said said = engine.Run("Connect-ChatKit -Archive $folder").Succeeds();

        Assert.Contains(said.Warnings, warning => warning.Contains("not complete", StringComparison.Ordinal));
        Assert.Empty(engine.Run("Connect-ChatKit -Archive $folder -WarningAction SilentlyContinue").Warnings);
    }

    [Theory]
    [InlineData("Getting threads", "Get-ChatKitThread cthr_abc123")]
    [InlineData("Getting items", "Get-ChatKitThreadItem cthr_abc123")]
    [InlineData("Deleting threads", "Remove-ChatKitThread cthr_abc123 -Confirm:$false")]
    [InlineData("Exporting threads", "Export-ChatKitThread $folder/out")]
    public async Task Progress_is_shown_while_something_is_waited_for(string activity, string script)
    {
        using TemporaryFolder folder = new();
        using Engine engine = await ConnectedAsync();
        engine.Set("folder", folder.Path);
        await server.ReplyAsync(new { DelayMs = -1, Times = 1000 });

        Said said = engine.Run(script, running =>
        {
            Assert.True(SpinWait.SpinUntil(() => running.Shell.Streams.Progress.Count > 0, TimeSpan.FromSeconds(20)));
            running.Shell.Stop();
        });

        Assert.All(said.Progress, record => Assert.Equal(activity, record.Activity));
    }

    [Theory]
    [InlineData("-ErrorAction Stop", false, 1)]
    [InlineData("-ErrorAction Continue", true, 1)]
    [InlineData("-ErrorAction SilentlyContinue", true, 0)]
    [InlineData("-ErrorAction Ignore", true, 0)]
    public async Task ErrorAction_and_ErrorVariable_are_heeded(string how, bool goesOn, int errors)
    {
        using Engine engine = await ConnectedAsync();

        Said said = engine.Run($$"""
            try { (Get-ChatKitThread cthr_none, cthr_abc123 {{how}} -ErrorVariable failed).Id } catch { throw }
            """);

        Assert.Equal(goesOn ? ["cthr_abc123"] : [], said.Lines);
        Assert.Equal(errors, said.Errors.Count);
        Said noted = engine.Run("$failed.Count -gt 0");
        Assert.Equal(how.EndsWith("Ignore", StringComparison.Ordinal) ? ["False"] : ["True"], noted.Lines);
    }

    private async Task<Engine> ConnectedAsync()
    {
        await server.ResetAsync();
        Engine engine = Engine.WithModule();
        engine.Set("key", Engine.Key);
        engine.Set("server", server.BaseUri);
        engine.Run("Connect-ChatKit -ApiKey $key -BaseUri $server").Succeeds();
        return engine;
    }
}
