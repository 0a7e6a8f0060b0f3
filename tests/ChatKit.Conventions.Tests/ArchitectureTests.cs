// The tour of the code names files that there are.
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

public partial class ArchitectureTests
{
    [Fact]
    public void Every_file_of_the_tour_is_there()
    {
        string[] files =
        [
            .. Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetFileNameWithoutExtension(file)),
        ];
        string[] named =
        [
            .. TypeName().Matches(File.ReadAllText(Repository.PathOf("docs", "architecture.md")))
                .Select(match => match.Groups[1].Value).Distinct(),
        ];

        Assert.InRange(named.Length, 30, 100);
        Assert.Equal([], named.Except(files));
    }

    // Two words at least: a folder has one.
    [GeneratedRegex(@"`(?!ChatKit\.)([A-Z][a-z]+[A-Z]\w*)(?:\.\w+)?`")]
    private static partial Regex TypeName();
}
