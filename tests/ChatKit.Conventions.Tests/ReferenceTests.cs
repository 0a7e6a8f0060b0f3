// Which assembly may know which: the arrows of the house, and that whatever is referred to is there on the user's
// machine.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace ChatKit.Tests;

public class ReferenceTests
{
    private const string PowerShell = "System.Management.Automation";

    /// <summary>Each may know those after it.</summary>
    private static readonly string[] House =
        ["ChatKit.PowerShell", "ChatKit.Archive", "ChatKit.Emulator", "ChatKit.Client"];

    [Theory]
    [InlineData(StagedBuild.Net8)]
    [InlineData(StagedBuild.Net472)]
    public void Arrows_between_our_assemblies_point_one_way(string framework)
    {
        StagedBuild build = StagedBuild.Of(framework);
        Assert.Empty(build.Own.Select(assembly => assembly.GetName().Name).Except(House));
        Assert.Empty(Offenders(build.Own, (from, to) => IsOurs(to) && Array.IndexOf(House, to.Name) <= Array.IndexOf(House, from.Name)));
    }

    [Theory]
    [InlineData(StagedBuild.Net8)]
    [InlineData(StagedBuild.Net472)]
    public void The_cmdlets_know_neither_HTTP_nor_JSON(string framework) =>
        Assert.Empty(Offenders(StagedBuild.Of(framework).Own, (from, to) => from.Name == House[0] && to.Name is "System.Net.Http" or "System.Net.Http.Json" or "System.Text.Json"));

    [Theory]
    [InlineData(StagedBuild.Net8)]
    [InlineData(StagedBuild.Net472)]
    public void Only_the_cmdlets_know_PowerShell_as_the_oldest_one_has_it(string framework) =>
        Assert.Empty(Offenders(StagedBuild.Of(framework).Shipped, (from, to) => to.Name == PowerShell && (from.Name != House[0] || to.Version != new Version(3, 0, 0, 0))));

    [Fact]
    public void The_build_for_PowerShell_7_needs_nothing_but_dotnet_8()
    {
        StagedBuild build = StagedBuild.Of(StagedBuild.Net8);
        Assert.Equal("8.0.0.0", build.InFramework("System.Runtime")!.Version!.ToString());
        Assert.Empty(Offenders(build.Own, (_, to) => !IsOurs(to) && to.Name != PowerShell && !Serves(build.InFramework(to.Name!), to)));
    }

    /// <summary>
    /// A module cannot have binding redirects, so a file of another version would not do: it is the one that was asked
    /// for.
    /// </summary>
    [Fact]
    public void The_build_for_Windows_PowerShell_has_each_file_in_the_very_version_that_the_others_ask_for()
    {
        StagedBuild build = StagedBuild.Of(StagedBuild.Net472);
        Dictionary<string, AssemblyName> files =
            build.Shipped.Select(assembly => assembly.GetName()).ToDictionary(name => name.Name!);
        Assert.Empty(Offenders(build.Shipped, (_, to) => files.TryGetValue(to.Name!, out AssemblyName? file) ? file.FullName != to.FullName : !IsInFramework472(build, to)));
    }

    [Fact]
    public void No_file_for_Windows_PowerShell_is_there_for_nothing()
    {
        IReadOnlyList<Assembly> shipped = StagedBuild.Of(StagedBuild.Net472).Shipped;
        IEnumerable<string?> wanted =
            shipped.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name);
        Assert.Equal([House[0]], shipped.Select(assembly => assembly.GetName().Name).Except(wanted));
    }

    /// <remarks>
    /// System.Text.Json asks for System.ValueTuple 4.0.5.0, whose package is empty for 4.7.1 and later: the runtime
    /// unifies every version of it with its own
    /// (github.com/dotnet/maintenance-packages/issues/243), which its reference assembly, 4.0.2.0, does not show.
    /// </remarks>
    private static bool IsInFramework472(StagedBuild build, AssemblyName wanted) =>
        wanted.Name is PowerShell or "System.ValueTuple" || Serves(build.InFramework(wanted.Name!), wanted);

    private static bool Serves(AssemblyName? found, AssemblyName wanted) =>
        found is not null && found.Version >= wanted.Version &&
            found.GetPublicKeyToken().AsSpan().SequenceEqual(wanted.GetPublicKeyToken());

    private static bool IsOurs(AssemblyName name) => name.Name!.StartsWith("ChatKit.", StringComparison.Ordinal);

    private static IEnumerable<string> Offenders(
        IEnumerable<Assembly> assemblies, Func<AssemblyName, AssemblyName, bool> isWrong) =>
        from assembly in assemblies
        from to in assembly.GetReferencedAssemblies()
        where isWrong(assembly.GetName(), to)
        select $"{assembly.GetName().Name} -> {to.Name} {to.Version}";
}
