// A PowerShell on this machine: whether it is there and can test, and how to run it.
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace ChatKit.Tests;

internal sealed class Shell
{
    // Prints the version of PowerShell and that of the newest Pester it finds.
    private const string Versions =
        "\"$($PSVersionTable.PSVersion) $(Get-Module -ListAvailable Pester | Sort-Object Version | Select-Object " +
        "-Last 1 -ExpandProperty Version)\"";

    private static readonly Version OldestPester = new(5, 3);

    private readonly Version _oldest;
    private readonly Lazy<Task<string?>> _missing;

    private Shell(string command, Version oldest)
    {
        Command = command;
        _oldest = oldest;
        _missing = new Lazy<Task<string?>>(LookAsync);
    }

    /// <summary>The shells to test in: PowerShell everywhere, and Windows PowerShell where there is one.</summary>
    public static IReadOnlyList<Shell> All { get; } =
        OperatingSystem.IsWindows()
            ? [new("pwsh", new Version(7, 4)), new("powershell", new Version(5, 1))]
            : [new("pwsh", new Version(7, 4))];

    public string Command { get; }

    public static Shell Find(string command) => All.Single(shell => shell.Command == command);

    /// <summary>Why it cannot run the tests; null where it can.</summary>
    public Task<string?> WhatIsMissingAsync() => _missing.Value;

    /// <summary>Runs it, and gives its exit code and everything that it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Command, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        if (Command == "powershell")
        {
            // Inherited from a PowerShell 7 above, it would name modules that this edition cannot load.
            start.Environment.Remove("PSModulePath");
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private async Task<string?> LookAsync()
    {
        string printed;
        try
        {
            (_, printed) = await RunAsync("-Command", Versions);
        }
        catch (Win32Exception)
        {
            return $"There is no PowerShell here: '{Command}' is not on PATH.";
        }

        string[] versions = printed.Trim().Split(' ', '-');
        if (!Version.TryParse(versions[0], out Version? powerShell) || powerShell < _oldest)
        {
            return $"'{Command}' is older than PowerShell {_oldest}: {printed.Trim()}";
        }

        return Version.TryParse(versions[^1], out Version? pester) && versions.Length > 1 && pester >= OldestPester
            ? null
            : $"'{Command}' finds no Pester {OldestPester} or newer.";
    }
}
