// The README's first command, where there is no PowerShell: every line of it is run or says why not.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed class DemoTests(LoopbackServer server)
{
    [Fact]
    public async Task Without_a_PowerShell_the_demo_runs_in_the_engine()
    {
        (int exitCode, string output) = await RunAsync(null);

        Assert.Equal(0, exitCode);
        string[] commands = [.. Commands("emulator.ps1")];
        string[] lines = output.Split('\n');
        Assert.Equal(
            commands, lines.Where(line => line.StartsWith("PS> ", StringComparison.Ordinal)).Select(line => line[4..]));
        Assert.Contains(
            "\ncthr_abc123                                           active Customer escalation ",
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\ncthr_def456                                           locked ", output, StringComparison.Ordinal);
        Assert.Contains(
            "What if: Performing the operation \"Delete from the emulator\"", output, StringComparison.Ordinal);
        Assert.Contains("it needs Export-Csv of PowerShell, which is not here", output, StringComparison.Ordinal);
        Assert.Contains("Thread 'cthr_missing': No thread found", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Live_it_asks_the_API_and_deletes_nothing()
    {
        await server.ResetAsync();

        (int exitCode, string output) = await RunAsync(Engine.Key, "--live");

        Assert.Equal(0, exitCode);
        Assert.Contains(
            "What if: Performing the operation \"Delete from http://127.0.0.1:", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Engine.Key, output, StringComparison.Ordinal);
        var journal = await server.JournalAsync();
        Assert.NotEmpty(journal);
        Assert.All(journal, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
        Assert.All(Commands("live.ps1").Where(line => line.Contains("Remove-", StringComparison.Ordinal)), line =>
            Assert.EndsWith(" -WhatIf", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Live_without_a_key_it_says_what_is_missing()
    {
        (int exitCode, string output) = await RunAsync(null, "--live");

        Assert.Equal((1, "--live needs a key in the environment variable OPENAI_API_KEY.\n"), (exitCode, output));
    }

    [Fact]
    public async Task An_argument_that_it_does_not_know_is_not_passed_over()
    {
        (int exitCode, string output) = await RunAsync(null, "--liev");

        Assert.Equal((1, "'--liev' is not known. The demo takes --live alone.\n"), (exitCode, output));
    }

    private static string[] Commands(string file) =>
        [.. File.ReadLines(Repository.PathOf("examples", "Demo", file)).Where(line => line.Length > 0 && line[0] != '#')];

    private async Task<(int ExitCode, string Output)> RunAsync(string? key, params string[] arguments)
    {
        // Where the suite brings its own .NET, there is none to start the demo with.
        string dotnet =
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        dotnet += OperatingSystem.IsWindows() ? ".exe" : "";
        Assert.SkipUnless(File.Exists(dotnet), "There is no .NET but the suite's own.");

        string program = Path.Combine(
            AppContext.BaseDirectory.Replace("ChatKit.Engine.Tests", "Demo", StringComparison.Ordinal), "Demo.dll");
        ProcessStartInfo start =
            new(dotnet, [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = "";
        start.Environment["OPENAI_API_KEY"] = key;
        start.Environment["OPENAI_BASE_URL"] = server.BaseUri;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output + await errors).ReplaceLineEndings("\n"));
    }
}
