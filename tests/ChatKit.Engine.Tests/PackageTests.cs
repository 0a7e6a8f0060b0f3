// Installs the module as a gallery lays it out, once from the checkout's build and once from the package, and tries it
// there.
using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed partial class PackageTests
{
    private static string Version =>
        VersionPattern().Match(File.ReadAllText(Repository.PathOf("ChatKit.psd1"))).Groups[1].Value;

    [Fact]
    public async Task The_build_works_where_nothing_of_the_checkout_is()
    {
        using TemporaryFolder folder = new();
        string module = Path.Combine(folder.Path, "Modules", "ChatKit", Version);
        foreach (string part in (string[])["bin", "en-US"])
        {
            foreach (string file in Directory.GetFiles(Repository.PathOf(part), "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(module, Path.GetRelativePath(Repository.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        File.Copy(Repository.PathOf("ChatKit.psd1"), Path.Combine(module, "ChatKit.psd1"));

        await TryAsync(module);
    }

    [Fact]
    public async Task The_package_works_where_nothing_of_the_checkout_is()
    {
        using TemporaryFolder folder = new();
        string packages = Path.Combine(folder.Path, "packages");
        (int exitCode, string output)? pack = await RunAsync(
            new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", Repository.PathOf("build.ps1"), "pack", "-NoBuild", "-Destination", packages]));
        Assert.SkipWhen(pack is null, "There is no PowerShell here to make the package: 'pwsh' is not on PATH.");
        Assert.True(pack.Value.exitCode == 0, pack.Value.output);

        // What NuGet puts into every package, and an installer takes out.
        string module = Path.Combine(folder.Path, "Modules", "ChatKit", Version);
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(packages, $"ChatKit.{Version}.nupkg"), module, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(module, "[Content_Types].xml"));
        File.Delete(Path.Combine(module, "ChatKit.nuspec"));
        Directory.Delete(Path.Combine(module, "_rels"), true);
        Directory.Delete(Path.Combine(module, "package"), true);

        await TryAsync(module);
    }

    /// <summary>Runs InstalledModuleTests in a process of their own.</summary>
    private static async Task TryAsync(string module)
    {
        string suite =
            Path.ChangeExtension(typeof(PackageTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        ProcessStartInfo start = new(suite, ["-class", typeof(InstalledModuleTests).FullName!, "-noColor"]);
        start.Environment["PSModulePath"] = Path.GetDirectoryName(Path.GetDirectoryName(module));
        start.Environment[InstalledModuleTests.Folder] = module;
        start.WorkingDirectory = Path.GetDirectoryName(module);

        (int exitCode, string output) = (await RunAsync(start))!.Value;

        Match total = Totals().Match(output);
        Assert.True(exitCode == 0 && total.Success && total.Groups[1].Value == "5", output);
    }

    private static async Task<(int ExitCode, string Output)?> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"ModuleVersion\s+= '([^']+)'")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: 0, Skipped: 0, Not Run: 0")]
    private static partial Regex Totals();
}
