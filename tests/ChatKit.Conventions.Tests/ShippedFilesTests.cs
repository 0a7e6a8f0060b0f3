// What ships: which files, of which version, and that nothing else lies among them.
using System.IO;
using System.Linq;
using System.Reflection;

namespace ChatKit.Tests;

public class ShippedFilesTests
{
    /// <summary>What System.Text.Json brings along on .NET Framework.</summary>
    private static readonly string[] JsonClosure =
    [
        "Microsoft.Bcl.AsyncInterfaces.dll",
        "System.Buffers.dll",
        "System.IO.Pipelines.dll",
        "System.Memory.dll",
        "System.Numerics.Vectors.dll",
        "System.Runtime.CompilerServices.Unsafe.dll",
        "System.Text.Encodings.Web.dll",
        "System.Text.Json.dll",
        "System.Threading.Tasks.Extensions.dll",
    ];

    private static string[] Projects => [.. Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file) + ".dll")];

    [Fact]
    public void Beside_the_two_builds_there_are_only_views()
    {
        string[] expected = [.. Names(Repository.PathOf("src", "ChatKit.PowerShell", "Module")).Where(name => Path.GetExtension(name) == ".ps1xml"), StagedBuild.Net472, StagedBuild.Net8];
        Assert.Equal(expected.Order(), Names(Repository.PathOf("bin")));
        Assert.Equal(3, expected.Length);
    }

    [Fact]
    public void The_build_for_PowerShell_7_is_the_assemblies_of_the_projects() =>
        Assert.Equal(Projects.Order(), Names(Repository.PathOf("bin", StagedBuild.Net8)));

    [Fact]
    public void The_build_for_Windows_PowerShell_has_the_closure_of_System_Text_Json_besides() =>
        Assert.Equal(Projects.Concat(JsonClosure).Order(), Names(Repository.PathOf("bin", StagedBuild.Net472)));

    [Fact]
    public void Every_file_that_the_manifest_names_is_there()
    {
        Assert.Equal(3, Manifest.Files.Length);
        Assert.All(Manifest.Files, file => Assert.True(File.Exists(Repository.PathOf(file)), file));
    }

    [Theory]
    [InlineData(StagedBuild.Net8)]
    [InlineData(StagedBuild.Net472)]
    public void The_assemblies_have_the_version_of_the_manifest(string framework) =>
        Assert.All(StagedBuild.Of(framework).Own, assembly =>
        {
            Assert.Equal(Manifest.ModuleVersion, assembly.GetName().Version!.ToString(3));
            CustomAttributeData informational = assembly.CustomAttributes.Single(
                attribute => attribute.AttributeType.Name == nameof(AssemblyInformationalVersionAttribute));
            Assert.Equal(Manifest.ModuleVersion, ((string)informational.ConstructorArguments[0].Value!).Split('+')[0]);
        });

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order()];
}
