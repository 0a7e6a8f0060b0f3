// The field's own terms, in code and in what its users read.
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

public partial class WordTests
{
    private static readonly string[] Folders = ["src", "tests", "benchmarks", "examples", "docs", "en-US"];
    private static readonly string[] Pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
    private static readonly string[] Endings = [".cs", ".ps1", ".psm1", ".ps1xml", ".md", ".txt", ".xml", ".js"];

    /// <summary>What was said once, where the field has a word: "resumed" for "gone on with", and so on.</summary>
    [Fact]
    public void Retired_words_stand_nowhere() =>
        Assert.Equal(
            [],
            Folders.SelectMany(folder => SourceFiles.In("*", folder))
                .Where(file => Endings.Contains(Path.GetExtension(file)))
                .Concat(Pages.Select(page => Repository.PathOf(page)))
                .Where(file => Path.GetFileName(file) != $"{nameof(WordTests)}.cs")
                .SelectMany(Found));

    [Theory]
    [InlineData("an export is gone on with")]
    [InlineData("what fails is made up for")]
    [InlineData("Requests under way")]
    [InlineData("// under\n    /// way")]
    [InlineData("class SeenCompleter")]
    public void A_retired_word_is_found(string text) => Assert.Matches(Retired(), text);

    private static string[] Found(string file) =>
    [
        .. Retired().Matches(File.ReadAllText(file))
            .Select(match => $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}"),
    ];

    // A sentence may go on in the next line of a comment.
    [GeneratedRegex(
        """
        \b(?:
        (?:go|goes|going|gone|went)[\s/]+on[\s/]+with | (?:make|makes|making|made)[\s/]+up[\s/]+for | under[\s/]+way |
        refused[\s/]+for[\s/]+(?:its[\s/]+|the[\s/]+)?rate | half[\s/]+pairs? | half[\s/]+a[\s/]+character | kept[\s/]+objects? | known[\s/]+threads |
        HalfPairs | ItemChunk | KeptObject | KnownThreads? | Seen(?:Thread|User|Session)?Completer | UnicodeText
        )\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex Retired();
}
