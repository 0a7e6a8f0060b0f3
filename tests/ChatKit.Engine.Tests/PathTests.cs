// Folders as people name them, on Windows too: each cmdlet that writes or reads files takes them.
using System.IO;
using System.Linq;

namespace ChatKit.Tests;

public sealed class PathTests
{
    public static TheoryData<string> Names =>
    [
        "with spaces and 'quotes'",
        "brackets [1]",
        "日本語 é",
        "trailing dot.",
        "UPPER/lower",
        Path.Combine([.. Enumerable.Repeat(new string('n', 90), 4)]), // Longer than 260 characters.
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_archive_its_pages_and_a_proof_may_lie_in(string name)
    {
        using TemporaryFolder folder = new();
        using Engine engine = Engine.WithModule();
        engine.Set("folder", Path.Combine(folder.Path, name));

        Said said = engine.Run("""
            Connect-ChatKit -Emulator
            (Export-ChatKitThread "$folder/archive").Complete
            (Export-ChatKitThread "$folder/archive" -Update).Complete
            (Export-ChatKitThread "$folder/pages" -Format Html).Threads
            (Test-ChatKitArchive "$folder/archive").Complete
            Remove-ChatKitThread cthr_abc123 -Confirm:$false -ProofPath "$folder/proof.csv"
            [IO.File]::ReadAllLines("$folder/proof.csv").Count
            Connect-ChatKit -Archive "$folder/archive"
            (Get-ChatKitThread cthr_abc123).Id
            """).Succeeds();

        Assert.Equal(["True", "True", "12", "True", "2", "cthr_abc123"], said.Lines);
    }

    [Fact]
    public void Another_case_is_the_same_archive_where_the_file_system_says_so()
    {
        using TemporaryFolder folder = new();
        using Engine engine = Engine.WithModule();
        engine.Set("folder", folder.Path);
        engine.Run("Connect-ChatKit -Emulator; Export-ChatKitThread $folder/archive -User user_123").Succeeds();
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder.Path, "ARCHIVE")), "The file system here tells a from A.");

        // The same query goes on; another is refused.
        engine.Run("Export-ChatKitThread $folder/ARCHIVE -User user_123").Succeeds();
        Assert.Equal(["ArchiveMismatch"], engine.Run("Export-ChatKitThread $folder/ARCHIVE").ErrorIds);
    }
}
