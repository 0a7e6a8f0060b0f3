// The PowerShell on PATH, where it is 7.4 or newer.
using System;
using System.ComponentModel;
using System.Diagnostics;
using ChatKit.Tests;

namespace ChatKit.Demo;

internal static class InstalledPowerShell
{
    public static bool IsThere
    {
        get
        {
            try
            {
                using Process process =
                    Process.Start(new ProcessStartInfo("pwsh", ["--version"]) { RedirectStandardOutput = true })!;
                string version = process.StandardOutput.ReadToEnd().Replace("PowerShell ", "", StringComparison.Ordinal)
                    .Split('-')[0];
                process.WaitForExit();
                return Version.TryParse(version.Trim(), out Version? found) && found >= new Version(7, 4);
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }

    /// <summary>Runs the commands in it, and gives its exit code.</summary>
    public static int Show(string module, string commands, string csv)
    {
        string script = Repository.PathOf("examples", "Demo", "Show-Command.ps1");
        using Process process =
            Process.Start("pwsh", ["-NoProfile", "-NonInteractive", "-File", script, module, commands, csv]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
