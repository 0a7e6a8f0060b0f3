// Runs the suites as Windows runs them, where Wine is there to do it: built for win-x64 with a .NET of their own. Wine
// is no Windows: what it shows is .NET's and PowerShell's code for Windows, its paths, file sharing and names, and not
// NTFS.
using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed partial class WindowsTests
{
    // Below the checkout, where the suites look for the module, and apart from what other builds read.
    private static readonly string Artifacts = Repository.PathOf("artifacts", "windows");

    private static readonly Lazy<Task<string?>> Missing = new(LookAsync);

    /// <summary>A suite, and the arguments that leave out what cannot pass there.</summary>
    public static TheoryData<string, string[]> Suites => new()
    {
        // The matrix only computes, with a virtual clock.
        { "ChatKit.Client.Tests", ["-class-", "ChatKit.Tests.MatrixTests"] },
        { "ChatKit.Emulator.Tests", ["-class-", "ChatKit.Tests.ExampleTests"] }, // They run "dotnet", which is not there.
        // They end a run at every byte, which takes Wine minutes; compare texts at random, which only computes; or
        // make pages for a browser that is not there.
        {
            "ChatKit.Archive.Tests",
            [
                "-method-", "*_anywhere_*", "-method-", "*Whenever_it_is_killed*", "-class-", "ChatKit.Tests.NeedleTests",
                "-class-", "ChatKit.Tests.FuzzTests", "-class-", "ChatKit.Tests.BrowserTests",
            ]
        },
        {
            "ChatKit.Engine.Tests", // The same: packages and the demo are made by "dotnet".
            ["-class-", "ChatKit.Tests.PackageTests", "-class-", "ChatKit.Tests.InstalledModuleTests", "-class-", "ChatKit.Tests.DemoTests"]
        },
    };

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task The_suite_passes_on_Windows(string suite, string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows runs the suites itself.");
        string? missing = await Missing.Value;
        Assert.SkipWhen(missing is not null, missing ?? "");
        string program = await BuildAsync(suite);

        // Prints what fails, and the counts.
        (int exitCode, string output) =
            await Command.RunAsync("wine", [program, "-noColor", .. arguments], Environment());

        Match total = Total().Match(output);
        TestContext.Current.TestOutputHelper?.WriteLine(total.Value);
        Assert.True(exitCode == 0 && total.Success && total.Groups[1].Value != "0", output);
    }

    private static async Task<string?> LookAsync()
    {
        if (!await Command.IsThereAsync("wine", "--version"))
        {
            return "Wine is not installed.";
        }

        // A folder of its own, as Windows 10: .NET runs on nothing older.
        (int exitCode, string output) = await Command.RunAsync("wine", ["winecfg", "-v", "win10"], Environment());
        return exitCode == 0 ? null : $"Wine does not start: {output}";
    }

    private static (string, string)[] Environment() =>
    [
        ("WINEPREFIX", Prefix),
        ("WINEDEBUG", "-all"),
        ("WINEDLLOVERRIDES", "mshtml="),       // Nothing asks to install a browser.
        ("DOTNET_EnableWriteXorExecute", "0"), // Wine does not map memory twice.
        ("CHATKIT_LOOPBACK_SERVER", $"Z:{Program("LoopbackServer", "debug_win-x64").Replace('/', '\\')}"),
    ];

    private static async Task<string> BuildAsync(string suite)
    {
        string definition = await File.ReadAllTextAsync(
            Repository.PathOf("tests", suite, suite + ".csproj"), TestContext.Current.CancellationToken);
        bool hasTwoBuilds = definition.Contains("<TargetFrameworks>", StringComparison.Ordinal);
        foreach (string project in (string[])(suite == "ChatKit.Engine.Tests" ? ["LoopbackServer", suite] : [suite]))
        {
            (int exitCode, string output) = await Command.RunAsync(
                "dotnet",
                [
                    "build", Repository.PathOf("tests", project), "--runtime", "win-x64", "--self-contained",
                    "--nologo", "--verbosity", "quiet", "--disable-build-servers", $"-p:ArtifactsPath={Artifacts}",
                    "-p:RunAnalyzers=false", // The build that runs this test has run them.
                    .. hasTwoBuilds ? ["--framework", "net10.0"] : (string[])[],
                ],
                []);
            Assert.True(exitCode == 0, output);
        }

        return Program(suite, hasTwoBuilds ? "debug_net10.0_win-x64" : "debug_win-x64");
    }

    // Not among the artifacts: it has a link to the root, and what looks through the project would go on through
    // everything.
    private static string Prefix => Path.Combine(Path.GetTempPath(), $"chatkit-wine-{System.Environment.UserName}");

    private static string Program(string project, string build) =>
        Path.Combine(Artifacts, "bin", project, build, project + ".exe");

    [GeneratedRegex(@"Total: (\d+), Errors: 0, Failed: 0, .*")]
    private static partial Regex Total();
}
