// One build of the staged module, read as metadata: nothing of it runs, so both can be looked at from here.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace ChatKit.Tests;

internal sealed class StagedBuild
{
    public const string Net8 = "net8.0";
    public const string Net472 = "net472";

    private static readonly Dictionary<string, Lazy<StagedBuild>> Builds = new()
    {
        [Net8] = new(() => new StagedBuild(Net8, "System.Runtime")),
        [Net472] = new(() => new StagedBuild(Net472, "mscorlib")),
    };

    private readonly Dictionary<string, string> _framework;

    private StagedBuild(string framework, string core)
    {
        string[] references = Directory.GetFiles(FolderOf(framework), "*.dll", SearchOption.AllDirectories);
        string powerShell = Path.Combine(FolderOf("PowerShell"), "System.Management.Automation.dll");
        string[] shipped = Directory.GetFiles(Repository.PathOf("bin", framework), "*.dll");
        MetadataLoadContext context = new(new PathAssemblyResolver([.. shipped, powerShell, .. references]), core);
        _framework = references.ToDictionary(file => Path.GetFileNameWithoutExtension(file));
        Shipped = [.. shipped.Select(context.LoadFromAssemblyPath)];
        PowerShell = context.LoadFromAssemblyPath(powerShell);
        Types = [.. Own.SelectMany(assembly => assembly.GetTypes())];
        Cmdlets = [.. Types.Select(Cmdlet.TryRead).OfType<Cmdlet>()];
    }

    /// <summary>All assemblies in the build's folder.</summary>
    public IReadOnlyList<Assembly> Shipped { get; }

    /// <summary>Those of this repository.</summary>
    public IEnumerable<Assembly> Own =>
        Shipped.Where(assembly => assembly.GetName().Name!.StartsWith("ChatKit.", StringComparison.Ordinal));

    /// <summary>What PowerShell offers to modules.</summary>
    public Assembly PowerShell { get; }

    /// <summary>The types of <see cref="Own"/>, public or not.</summary>
    public IReadOnlyList<Type> Types { get; }

    public IReadOnlyList<Cmdlet> Cmdlets { get; }

    public static StagedBuild Of(string framework) => Builds[framework].Value;

    /// <summary>The framework's own assembly of a name; null where it has none.</summary>
    public AssemblyName? InFramework(string name) =>
        _framework.TryGetValue(name, out string? file) ? AssemblyName.GetAssemblyName(file) : null;

    // The project file says where: in which package of which version is the build's to know.
    private static string FolderOf(string name) =>
        typeof(StagedBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == name).Value!;
}

/// <summary>A cmdlet as its attributes describe it.</summary>
internal sealed record Cmdlet(string Verb, string Noun, Type Type)
{
    private const string Namespace = "System.Management.Automation.";

    public string Name => $"{Verb}-{Noun}";

    /// <summary>What its <c>[OutputType]</c> attributes name: types, or strings where it is careless.</summary>
    public IEnumerable<object?> OutputTypes => Attributes(Type, "OutputTypeAttribute")
        .SelectMany(attribute => attribute.ConstructorArguments)
        .SelectMany(argument => argument.Value as IEnumerable<CustomAttributeTypedArgument> ?? [argument])
        .Select(argument => argument.Value);

    public static Cmdlet? TryRead(Type type) =>
        Attributes(type, "CmdletAttribute")
            .SingleOrDefault() is { ConstructorArguments: [{ Value: string verb }, { Value: string noun }] }
            ? new(verb, noun, type)
            : null;

    /// <summary>
    /// A type's parameters, each with one of its <c>[Parameter]</c> attributes; base classes have their own.
    /// </summary>
    public static IEnumerable<(MemberInfo Member, CustomAttributeData Parameter)> Parameters(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .SelectMany(member => Attributes(member, "ParameterAttribute").Select(attribute => (member, attribute)));

    private static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == Namespace + name);
}
