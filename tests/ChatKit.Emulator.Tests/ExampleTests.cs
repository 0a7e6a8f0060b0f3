// The example from C#, run as its reader runs it.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed class ExampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatkit-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task It_gets_threads_by_id_and_writes_those_that_are_not_active_to_a_CSV()
    {
        (int exitCode, string output, string errors) =
            await RunAsync(null, "cthr_def456", "cthr_missing", "cthr_abc123");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("cthr_def456 is locked: Demo feedback\ncthr_abc123 is active: ", output);
        Assert.Contains("'cthr_missing'", errors);
        string[] lines = await File.ReadAllLinesAsync(
            Path.Combine(_folder.FullName, "inactive.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("Id,Title,Status,StatusReason,User,CreatedAt", lines[0]);
        Assert.Matches(
            @"^""cthr_ghi789"",""Refund.*"",""closed"",""Resolved"",""user_123"",""\d{4}-\d\d-\d\dT[\d:.]+Z""$",
            lines.Single(line => line.Contains("cthr_ghi789")));
        Assert.DoesNotContain(lines, line => line.Contains("\"active\""));
        Assert.EndsWith($"{lines.Length - 1} threads are in inactive.csv\n", output);
    }

    [Fact]
    public async Task With_a_key_it_asks_for_no_emulator()
    {
        // A key that no client takes, so that nothing is sent.
        (int exitCode, string output, string errors) = await RunAsync("no key");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("The API key has white space", errors);
    }

    [Fact]
    public void It_is_under_fifty_lines() =>
        Assert.InRange(File.ReadLines(Repository.PathOf("examples", "Sweep", "Program.cs")).Count(), 1, 49);

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string? key, params string[] ids)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("ChatKit.Emulator.Tests", "Sweep"), "Sweep.dll");
        ProcessStartInfo start = new(
            "dotnet",
            [program, .. ids]) { WorkingDirectory =
                _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENAI_API_KEY"] = key;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors);
    }
}
