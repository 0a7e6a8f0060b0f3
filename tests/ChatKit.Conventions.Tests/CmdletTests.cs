// Cmdlets as their users meet them: names, exports, parameters, what comes out of them and how that looks.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ChatKit.Tests;

public partial class CmdletTests
{
    private static readonly StagedBuild Build = StagedBuild.Of(StagedBuild.Net8);
    private static XDocument Format => XDocument.Load(Repository.PathOf("bin", "ChatKit.format.ps1xml"));

    [Theory]
    [InlineData(StagedBuild.Net8)]
    [InlineData(StagedBuild.Net472)]
    public void The_manifest_exports_the_cmdlets_that_there_are(string framework)
    {
        Assert.NotEmpty(Manifest.CmdletsToExport);
        Assert.Equal(
            Manifest.CmdletsToExport.Order(), StagedBuild.Of(framework).Cmdlets.Select(cmdlet => cmdlet.Name).Order());
    }

    [Fact]
    public void A_cmdlet_is_named_by_an_approved_verb_and_a_noun_of_ours()
    {
        // The oldest PowerShell's verbs: newer ones have a few more.
        string[] approved = [.. Build.PowerShell.GetTypes()
            .Where(type => type.Namespace == "System.Management.Automation" &&
                type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields()).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Contains("Get", approved);
        Assert.All(Build.Cmdlets, cmdlet =>
        {
            Assert.Contains(cmdlet.Verb, approved);
            Assert.StartsWith("ChatKit", cmdlet.Noun, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_cmdlet_is_a_public_class_in_a_file_of_its_own_both_named_after_it() =>
        Assert.All(Build.Cmdlets, cmdlet =>
        {
            Assert.Equal($"ChatKit.PowerShell.Commands.{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.FullName);
            Assert.True(cmdlet.Type is { IsPublic: true, IsSealed: true }, cmdlet.Type.Name);
            Assert.True(
                File.Exists(Repository.PathOf("src", "ChatKit.PowerShell", "Commands", cmdlet.Type.Name + ".cs")),
                cmdlet.Name);
        });

    [Fact]
    public void A_cmdlet_says_what_comes_out_of_it_as_a_type_unless_nothing_does() =>
        Assert.All(Build.Cmdlets, cmdlet =>
        {
            Assert.Equal(cmdlet.Verb != "Disconnect", cmdlet.OutputTypes.Any());
            Assert.All(cmdlet.OutputTypes, output => Assert.IsType<Type>(output, exactMatch: false));
        });

    [Fact]
    public void What_comes_out_of_a_cmdlet_has_a_view_and_so_has_what_comes_out_of_a_job()
    {
        string[] viewed = [.. Format.Descendants("TypeName").Select(name => name.Value)];
        Type[] outputs = [.. Build.Cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes).OfType<Type>().Distinct()];
        Assert.NotEmpty(outputs);
        Assert.All(outputs, type => Assert.Contains(type.FullName, viewed));

        // A kind that the views do not name would look like its properties, and not like the others.
        Assert.All(
            Build.Types.Where(type => !type.IsAbstract && outputs.Contains(type.BaseType)),
            type => Assert.Contains(type.FullName, viewed));
        Assert.All(Format.Descendants("ViewSelectedBy"), view =>
        {
            string[] names = [.. view.Elements().Select(name => name.Value)];
            Assert.Equal(
                names.Where(name => !IsDeserialized(name)).SelectMany(name => new[] { name, "Deserialized." + name }),
                names);
        });
    }

    [Theory]
    [InlineData("TableControl")]
    [InlineData("ListControl")]
    [InlineData("WideControl")]
    public void What_has_a_view_has_one_in_every_format(string control)
    {
        string[] viewed =
            [.. Format.Descendants("ViewSelectedBy").Elements("TypeName").Select(name => name.Value).Distinct()];
        string[] covered = [.. Format.Descendants("View").Where(view => view.Element(control) is not null).Descendants("ViewSelectedBy").Elements("TypeName").Select(name => name.Value)];
        Assert.NotEmpty(viewed);
        Assert.All(viewed, name => Assert.Contains(name, covered));
    }

    [Fact]
    public void A_view_shows_no_text_and_no_date_but_through_ViewText()
    {
        foreach (XElement view in Format.Descendants("View"))
        {
            Type type = Named(view.Element("ViewSelectedBy")!.Elements().First().Value);
            Assert.All(
                view.Descendants("ScriptBlock"),
                script => Assert.StartsWith("[ChatKit.PowerShell.ViewText]::", script.Value, StringComparison.Ordinal));
            foreach (XElement raw in view.Descendants("PropertyName").Where(name => name.Parent!.Name != "ItemSelectionCondition"))
            {
                Type shown = type.GetProperty(raw.Value)!.PropertyType;
                Type plain = shown.GetGenericArguments() is [Type nullable] ? nullable : shown;
                Assert.True(
                    plain.FullName is "System.Boolean" or "System.Int32" or "System.Int64" or "System.TimeSpan",
                    $"{type.Name}.{raw.Value}");
            }
        }
    }

    [Fact]
    public void Views_name_types_and_properties_that_there_are()
    {
        Assert.All(
            Format.Descendants("TypeName").Where(name => !IsDeserialized(name.Value)), name => Named(name.Value));
        foreach (XElement entry in Format.Descendants("ListEntry").Concat(Format.Descendants("TableRowEntry")).Concat(Format.Descendants("WideEntry")))
        {
            // An entry for some types names them; one for all is of the first, which is what the others derive from.
            XElement selection =
                entry.Element("EntrySelectedBy") ?? entry.Ancestors("View").Single().Element("ViewSelectedBy")!;
            Type type = Named(selection.Elements().First().Value);
            string[] shown = [.. entry.Descendants("PropertyName").Select(name => name.Value), .. OwnProperty().Matches(entry.Value).Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(shown);
            Assert.All(shown, name => Assert.True(type.GetProperty(name) is not null, $"{type.Name}.{name}"));
        }
    }

    [Fact]
    public void Views_call_functions_that_there_are()
    {
        MatchCollection calls = StaticCall().Matches(Format.Root!.Value);
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Contains(Named(call.Groups[1].Value).GetMethods(), method => method.IsStatic && method.Name == call.Groups[2].Value));
    }

    [Fact]
    public void A_parameter_is_a_property_that_PowerShell_can_see_and_set()
    {
        IEnumerable<MemberInfo> parameters =
            Build.Types.SelectMany(Cmdlet.Parameters).Select(found => found.Member).Distinct();
        Assert.NotEmpty(parameters);
        Assert.All(parameters, member => Assert.True(
            member is PropertyInfo { GetMethod.IsPublic: true, SetMethod.IsPublic: true, GetMethod.IsStatic: false }, $"{member.DeclaringType!.Name}.{member.Name}"));
    }

    [Fact]
    public void The_pipeline_binds_threads_and_sessions_to_InputObject_and_folders_to_Path()
    {
        var bound = Build.Types.SelectMany(Cmdlet.Parameters).SelectMany(found => found.Parameter.NamedArguments
            .Where(argument => argument.MemberName.StartsWith("ValueFrom", StringComparison.Ordinal) &&
                argument.TypedValue.Value is true)
            .Select(argument => (Parameter: found.Member.Name, How: argument.MemberName))).Distinct().Order();
        Assert.Equal(
            [("InputObject", "ValueFromPipeline"), ("Path", "ValueFromPipeline"), ("Path", "ValueFromPipelineByPropertyName")], bound);
    }

    private static bool IsDeserialized(string name) => name.StartsWith("Deserialized.", StringComparison.Ordinal);

    private static Type Named(string name)
    {
        Type? type = Build.Types.SingleOrDefault(type => type.FullName == name);
        Assert.True(type is { IsPublic: true }, name);
        return type;
    }

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex OwnProperty();

    [GeneratedRegex(@"\[(ChatKit[\w.]*)\]::(\w+)")]
    private static partial Regex StaticCall();
}
