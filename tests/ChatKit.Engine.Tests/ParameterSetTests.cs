// Every cmdlet, every parameter set and every parameter, on the emulator. What a script has in $folder is empty, and in
// $archive an archive of the sample project.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.Tests;

public sealed class ParameterSetTests
{
    /// <summary>A cmdlet's own parameters that no case can give, each with the reason.</summary>
    private static readonly Dictionary<string, string> NotGiven = [];

    public static TheoryData<EngineCase> Cases => [.. ParameterSetCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Does_what_the_case_says(EngineCase one)
    {
        using TemporaryFolder folder = new();
        using Engine engine = Engine.WithModule();
        engine.Set("folder", folder.Path);
        engine.Set("key", Engine.Key);
        engine.Run("Connect-ChatKit -Emulator").Succeeds();
        if (one.Script.Contains("$archive", System.StringComparison.Ordinal))
        {
            engine.Set("archive", Path.Combine(folder.Path, "archive"));
            engine.Run("Export-ChatKitThread $archive").Succeeds();
        }

        Said said = engine.Run(one.Script).Succeeds();

        Assert.Equal(one.Expected, said.Lines);
    }

    [Fact]
    public void Every_parameter_set_of_every_cmdlet_has_a_case_and_every_case_binds_the_set_that_it_names()
    {
        IReadOnlyDictionary<string, CommandInfo> cmdlets = Cmdlets();

        Assert.Equal(
            cmdlets.Values.SelectMany(cmdlet => cmdlet.ParameterSets.Select(set => Name(cmdlet, set.Name))).Order(),
            ParameterSetCases.All.Select(one => one.Set).Distinct().Order());
        Assert.All(ParameterSetCases.All, one =>
            Assert.Contains(one.Set, Call.In(one.Script, cmdlets).Select(call => Name(call.Cmdlet, call.Set))));
    }

    [Fact]
    public void Every_parameter_is_in_a_case()
    {
        IReadOnlyDictionary<string, CommandInfo> cmdlets = Cmdlets();
        HashSet<string> common = [.. Cmdlet.CommonParameters];
        var given = ParameterSetCases.All.SelectMany(one => Call.In(one.Script, cmdlets))
            .SelectMany(call => call.Parameters.Select(parameter => $"{call.Cmdlet.Name} -{parameter}"));

        Assert.Equal(
            NotGiven.Keys.Order(),
            cmdlets.Values.SelectMany(
                cmdlet => cmdlet.Parameters.Keys.Except(common).Select(name => $"{cmdlet.Name} -{name}"))
                .Except(given).Order());
    }

    private static string Name(CommandInfo cmdlet, string? set) =>
        cmdlet.ParameterSets.Count == 1 ? cmdlet.Name : $"{cmdlet.Name}/{set}";

    private static Dictionary<string, CommandInfo> Cmdlets()
    {
        using Engine engine = Engine.WithModule();
        Dictionary<string, CommandInfo> cmdlets = engine.Run("Get-Command -Module ChatKit").Output
            .Select(command => (CommandInfo)command.BaseObject).ToDictionary(command => command.Name);
        Assert.NotEmpty(cmdlets);

        // What a command knows of itself it asks its engine for.
        Assert.All(cmdlets.Values, cmdlet => Assert.NotEmpty(cmdlet.ParameterSets));
        return cmdlets;
    }
}
