// Runs the .NET Framework build of this very suite, where Mono is there to run it. Windows runs that build itself.
#if !NETFRAMEWORK
using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class MonoTests
{
    [Fact]
    public async Task The_suite_passes_on_mono()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows runs the .NET Framework build of this suite itself.");
        string suite = Path.Combine(
            AppContext.BaseDirectory.TrimEnd('/').Replace("_net10.0", "_net472"),
            typeof(MonoTests).Assembly.GetName().Name + ".exe");
        Assert.True(File.Exists(suite), $"There is no {suite}: build the suite for both frameworks.");

        using Process? mono = Start("mono", [suite, "-noColor"]);
        Assert.SkipWhen(mono is null, "Mono is not installed.");
        Task<string> output = mono.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = mono.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await mono.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            mono.Kill(true);
        }

        string said = await output + await errors;
        Match total = Regex.Match(said, @"Total: (\d+), Errors: 0, Failed: 0,");

        // Mono 6.8 may abort its own timer thread while it sorts, and so end with an error after every test has passed.
        bool isAbortedTimer =
            said.Contains("System.Threading.Timer+Scheduler") && said.Contains("System.Threading.ThreadAbortException");
        Assert.True((mono.ExitCode == 0 || isAbortedTimer) && total.Success && total.Groups[1].Value != "0", said);
    }

    private static Process? Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
#endif
