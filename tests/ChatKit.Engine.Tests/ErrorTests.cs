// Every error: its id, category and target, what to do about it, and whether the command ends.
using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public sealed partial class ErrorTests(LoopbackServer server)
{
    private const string Helpers = """
        function Connect { Connect-ChatKit -ApiKey $key -BaseUri $server -MaximumRetryCount 0 -MaximumRetryWaitSec 0 }
        function Save($Name, $Text) { [IO.File]::WriteAllText("$folder/$Name", $Text); $folder }
        Connect-ChatKit -Emulator
        """;

    public static TheoryData<EngineError> Cases => [.. ErrorCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Comes_with_its_id_its_category_its_target_and_what_to_do(EngineError one)
    {
        await server.ResetAsync();
        if (one.Reply is not null)
        {
            await server.ReplyAsync(one.Reply);
        }

        using TemporaryFolder folder = new();
        using Engine engine = Engine.WithModule();
        engine.Set("folder", folder.Path);
        engine.Set("archive", Path.Combine(folder.Path, "archive"));
        engine.Set("key", Engine.Key);
        engine.Set("server", server.BaseUri);
        engine.Run(Helpers).Succeeds();
        if (one.Script.Contains("$archive", StringComparison.Ordinal))
        {
            engine.Run("Export-ChatKitThread $archive").Succeeds();
        }

        // An error that ends a command, but not a script, is one that can be caught.
        Said said = engine.Run($"try {{\n{one.Script}\n}} catch {{ throw }}");

        Assert.Equal([one.Id], said.ErrorIds);
        Assert.Equal(one.Ends, said.Ended is not null);
        ErrorRecord error = said.Errors[0];
        Assert.Equal(one.Category, error.CategoryInfo.Category);
        if (one.Target == "*")
        {
            Assert.Contains(folder.Path, (string)error.TargetObject, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(one.Target, error.TargetObject);
        }

        Assert.NotEmpty(error.ErrorDetails.Message);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain(Engine.Key, error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_that_the_help_explains_has_a_case_or_a_reason()
    {
        string help = File.ReadAllText(Repository.PathOf("en-US", "about_ChatKit_Errors.help.txt"));
        string[] explained = [.. HelpEntry().Matches(help).Select(match => match.Groups[1].Value)];
        string[] provoked = [.. ErrorCases.All.Select(one => one.Id).Distinct()];

        Assert.Equal(explained.Order(), provoked.Concat(ErrorCases.NotProvoked.Keys).Order());
    }

    [GeneratedRegex(@"(?m)^    (\w+)\r?\n        \S")]
    private static partial Regex HelpEntry();
}
