// Conventions that only the source shows.
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ChatKit.Tests;

public partial class SourceTests
{
    private const int LongestFile = 400;

    private static readonly string ErrorRecords =
        Repository.PathOf("src", "ChatKit.PowerShell", "Output", "ErrorRecords.cs");

    [Fact]
    public void Only_one_file_makes_error_records() =>
        Assert.Equal(
            [ErrorRecords], Files("*.cs", "src").Where(file => NewErrorRecord().IsMatch(File.ReadAllText(file))));

    /// <summary>
    /// Otherwise there are soon two rules about a list that does not advance. Whoever makes a page knows what is in it.
    /// </summary>
    [Fact]
    public void Only_one_file_follows_the_cursors_of_a_list() =>
        Assert.Equal(
            [Repository.PathOf("src", "ChatKit.Client", "Json", "ChatKitJson.cs"), Repository.PathOf("src", "ChatKit.Client", "Streams", "PageStream.cs")],
            Files("*.cs", "src").Where(file => File.ReadLines(file).Any(line => Cursor().IsMatch(line))).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_of_failure_has_its_category_and_its_advice()
    {
        string text = File.ReadAllText(
            Repository.PathOf("src", "ChatKit.PowerShell", "Output", "ErrorAdvice.cs"));
        string[] kinds = [.. StagedBuild.Of(StagedBuild.Net8).Types.Single(type => type.FullName == "ChatKit.ChatKitErrorKind").GetFields().Where(field => field.IsLiteral).Select(field => field.Name)];
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.Contains($"ChatKitErrorKind.{kind} =>", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_begins_by_saying_what_it_is_for() =>
        Assert.All(
            Files("*.cs", "src", "tests", "benchmarks", "examples"),
            file => Assert.True(Purpose().IsMatch(File.ReadLines(file).FirstOrDefault("")), file));

    [Fact]
    public void A_source_file_has_one_type_and_its_name() =>
        Assert.All(Files("*.cs", "src"), file => Assert.Equal([Path.GetFileNameWithoutExtension(file)], TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)));

    [Fact]
    public void No_file_is_long() =>
        Assert.All(
            Files("*.cs", "src", "tests", "benchmarks", "examples"),
            file => Assert.True(File.ReadLines(file).Count() <= LongestFile, file));

    [Fact]
    public void The_solution_has_every_project()
    {
        string solution = File.ReadAllText(Repository.PathOf("ChatKit.PowerShell.sln"));
        Assert.Equal(
            Files("*.csproj", "src", "tests", "benchmarks", "examples")
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('/', '\\')).Order(),
            ProjectPath().Matches(solution).Select(match => match.Groups[1].Value).Order());
    }

    private static string[] Files(string pattern, params string[] folders)
    {
        string[] files = [.. folders.Select(folder => Repository.PathOf(folder)).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories))];
        Assert.NotEmpty(files);
        return files;
    }

    // Spelled out, as the value of something declared to be one, or handed over at once.
    [GeneratedRegex(@"\bnew\s+([\w.]+\.)?ErrorRecord\b|\bErrorRecord\b[^;{]*=>?\s*new\s*\(|\b(WriteError|ThrowTerminatingError)\s*\(\s*new\b")]
    private static partial Regex NewErrorRecord();

    // Anywhere but in a comment.
    [GeneratedRegex(@"^(?!\s*//).*\.(LastId|HasMore)\b")]
    private static partial Regex Cursor();

    // Namespaces are of a whole file, so that what is nested is indented.
    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|enum|interface|record|delegate [\w<>?,. ]+?)(?: struct| class)? (\w+)[\s<(:]", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^// \S")]
    private static partial Regex Purpose();

    [GeneratedRegex(@"""([^""]+\.csproj)""")]
    private static partial Regex ProjectPath();
}
