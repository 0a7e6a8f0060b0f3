// Every view, at 80 and 120 columns (that of threads at 100 and 160, too), against the text that is kept in Views. With
// CHATKIT_WRITE_EXPECTED=1 it is written anew.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace ChatKit.Tests;

public sealed class ViewTests
{
    /// <summary>The view that PowerShell takes by itself, and the first of each kind.</summary>
    private static readonly string[] Controls = ["", "TableControl", "ListControl", "WideControl"];

    private static XDocument Format => XDocument.Load(Repository.PathOf("bin", "ChatKit.format.ps1xml"));

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string name, string script) in ViewCases.All)
            {
                cases.Add(name, script);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_as_it_was_and_is_the_same_for_what_comes_out_of_a_job(string name, string script)
    {
        StringBuilder shown = new();
        foreach (string control in Controls)
        {
            using TemporaryFolder folder = new();
            using Engine engine = Prepared(folder, control);
            engine.Run($"$objects = @({script})").Succeeds();
            foreach (int columns in (int[])(name == "thread" ? [80, 100, 120, 160] : [80, 120]))
            {
                string view = Show(engine, columns, "$objects");
                string again = Show(engine, columns, "$serializer::Deserialize($serializer::Serialize($objects, 3))");
                Assert.Equal(view, again);
                shown.Append("# ").Append(control.Length == 0 ? "As it comes" : control).Append(", ").Append(columns)
                    .Append(" columns\n\n").Append(view).Append("\n\n");
            }
        }

        string file = Repository.PathOf("tests", "ChatKit.Engine.Tests", "Views", name + ".txt");
        string text = shown.ToString().TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("CHATKIT_WRITE_EXPECTED") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(Comparable(File.ReadAllText(file)), Comparable(text));
    }

    [Fact]
    public void Every_type_that_has_a_view_has_a_case()
    {
        HashSet<string> shown = [];
        foreach ((_, string script) in ViewCases.All)
        {
            using TemporaryFolder folder = new();
            using Engine engine = Prepared(folder, "");
            shown.UnionWith(engine.Run($"@({script}) | ForEach-Object {{ $_.psobject.TypeNames }}").Succeeds().Lines);
        }

        string[] viewed = [.. Format.Descendants("TypeName").Select(type => type.Value).Distinct()];
        Assert.NotEmpty(viewed);
        Assert.Empty(viewed.Where(type => !type.StartsWith("Deserialized.", StringComparison.Ordinal)).Except(shown));
    }

    /// <summary>
    /// On Windows PowerShell wraps a text one column earlier, so that there only what is not blank is compared.
    /// </summary>
    private static string Comparable(string text) =>
        OperatingSystem.IsWindows() ? string.Concat(text.Split()) : text.ReplaceLineEndings("\n");

    private static string Show(Engine engine, int columns, string objects)
    {
        engine.Host.UI.RawUI.BufferSize = new(columns, 50);
        int before = engine.Host.Screen.Length;
        engine.Run($"{objects} | Out-Default").Succeeds();
        string text = engine.Host.Screen[before..].ReplaceLineEndings("\n");

        // The colours of PowerShell's own; another escape would be the server's, and is to be seen.
        string plain = text.Replace("\u001b[32;1m", "", StringComparison.Ordinal)
            .Replace("\u001b[0m", "", StringComparison.Ordinal);
        return string.Join('\n', plain.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
    }

    private static Engine Prepared(TemporaryFolder folder, string control)
    {
        string? views = control.Length == 0 ? null : Path.Combine(folder.Path, "only.format.ps1xml");
        if (views is not null)
        {
            Only(control).Save(views);
        }

        Engine engine = Engine.WithModule(views);
        engine.Set("seed", Repository.PathOf("tests", "ChatKit.Engine.Tests", "Views", "seed.json"));
        engine.Set("folder", folder.Path);
        engine.Set("key", Engine.Key);
        engine.Run(ViewCases.Pin).Succeeds();
        return engine;
    }

    /// <summary>
    /// The module's views of one kind: PowerShell takes the first that fits, and the cmdlets that choose are not in the
    /// engine.
    /// </summary>
    private static XDocument Only(string control)
    {
        XDocument format = Format;
        format.Descendants("View").Where(view => view.Element(control) is null).Remove();
        Assert.NotEmpty(format.Descendants("View"));
        return format;
    }
}
