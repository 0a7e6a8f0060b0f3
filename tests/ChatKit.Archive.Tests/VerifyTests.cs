// What is wrong with an archive is found, and what can be read is read.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class VerifyTests
{
    private const string First = "threads-00001.jsonl";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_archive_has_no_problems()
    {
        using Site site = await ArchivedAsync();
        long read = 0;
        long size = 0;
        ChatKitArchiveVerification found =
            ChatKitArchiveVerifier.Verify(site.Folder, (count, all) => (read, size) = (read + count, all), Token);
        Assert.Empty(found.Problems);
        Assert.Equal((6, 21, 21, true), (found.Threads, found.Items, found.Attachments, found.Complete));
        Assert.Equal((found.Manifest.Bytes, found.Manifest.Bytes), (read, size));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_byte_that_is_altered_is_noticed(int seed)
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, First);
        byte[] part = File.ReadAllBytes(file);
        for (int i = seed; i < part.Length; i += 37)
        {
            byte[] altered = [.. part];
            altered[i] ^= 1;
            File.WriteAllBytes(file, altered);
            Assert.Contains(Problems(site), problem => problem.Kind is ChatKitArchiveProblemKind.PartAltered or ChatKitArchiveProblemKind.LineUnreadable && problem.Part == First);
        }
    }

    [Fact]
    public async Task A_part_that_is_cut_off_or_longer_is_altered()
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, First);
        byte[] part = File.ReadAllBytes(file);
        foreach (byte[] other in new byte[][] { part[..^1], part[..100], [], [.. part, (byte)'\n'], [.. part, .. part] })
        {
            File.WriteAllBytes(file, other);
            Assert.Contains(Problems(site), problem => problem.Kind == ChatKitArchiveProblemKind.PartAltered);
            Assert.Equal(
                ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
            Assert.Equal(other, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public async Task A_part_that_is_missing_or_too_many_is_named()
    {
        using Site site = await ArchivedAsync();
        File.Move(Path.Combine(site.Folder, First), Path.Combine(site.Folder, "threads-00077.jsonl"));
        ChatKitArchiveProblem[] problems = Problems(site);
        Assert.Contains(problems, problem => problem is { Kind: ChatKitArchiveProblemKind.PartMissing, Part: First });
        Assert.Contains(
            problems,
            problem => problem is { Kind: ChatKitArchiveProblemKind.PartUnexpected, Part: "threads-00077.jsonl" });
        Assert.Contains(problems, problem => problem.Kind == ChatKitArchiveProblemKind.CountMismatch);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
    }

    [Theory]
    [InlineData("""{"thread":{"id":"x"},"items":[]""")]
    [InlineData("""{"thread":{"id":"x"},"items":{}}""")]
    [InlineData("""{"thread":{"id":"x"}}""")]
    [InlineData("""{"thread":{"id":""},"items":[]}""")]
    [InlineData("""{"thread":{"id":7},"items":[]}""")]
    [InlineData("""{"thread":["id"],"items":[]}""")]
    [InlineData("""{"thread":{"id":"x"},"items":[1]}""")]
    [InlineData("""{"thread":{"id":"x"},"items":[]}{}""")]
    [InlineData("""["thread"]""")]
    [InlineData("")]
    [InlineData("\0\0\0")]
    public async Task A_line_that_is_no_thread_is_named(string line)
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, First);
        string[] lines = File.ReadAllLines(file);
        lines[1] = line;
        File.WriteAllText(file, string.Join("\n", lines) + "\n");
        ChatKitArchiveProblem problem =
            Assert.Single(Problems(site), problem => problem.Kind == ChatKitArchiveProblemKind.LineUnreadable);
        Assert.Equal((First, 2), (problem.Part, problem.Line));
        Assert.NotEmpty(problem.Message);

        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token)).Kind);
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, skipDamage: true, cancellationToken: Token);
        Assert.Equal(5, index.Threads.Count);
        Assert.All(index.Threads, thread => Assert.NotEmpty(index.Read(thread).Items));
    }

    [Fact]
    public async Task A_manifest_that_counts_otherwise_is_noticed()
    {
        using Site site = await ArchivedAsync();
        string sound = site.Text("manifest.json");
        foreach (string count in new[] { "threads", "items", "attachments", "bytes" })
        {
            // What is behind the parts is of the archive itself.
            site.RewriteManifest(_ => Regex.Replace(sound, $"(?m)^  \"{count}\": [0-9]+", $"  \"{count}\": 4"));
            Assert.Equal(ChatKitArchiveProblemKind.CountMismatch, Assert.Single(Problems(site)).Kind);
        }
    }

    [Fact]
    public async Task An_archive_that_is_not_complete_says_so_and_which_threads_failed()
    {
        using Site site = Site.Of(3);
        site.Fault = path =>
            Task.FromResult(path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync();
        Assert.Equal(
            [(ChatKitArchiveProblemKind.FailedThread, "cthr_2"), (ChatKitArchiveProblemKind.Incomplete, null)],
            Problems(site).Select(problem => (problem.Kind, problem.ThreadId)));
        Assert.StartsWith("FailedThread, cthr_2: The thread could not be fetched: ", Problems(site)[0].ToString());
        Assert.Equal(2, ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token).Threads.Count);
    }

    [Fact]
    public void Where_there_is_no_archive_none_is_read()
    {
        using Site site = Site.Of(0);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveNotFound,
            Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveVerifier.Verify(site.Folder, null, Token)).Kind);
        Directory.CreateDirectory(site.Folder);
        Assert.Equal(ChatKitArchiveErrorKind.NotAnArchive, Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token)).Kind);
    }

    [Fact]
    public async Task An_index_has_what_threads_are_listed_by_and_reads_them_as_they_came()
    {
        using Site site = new();
        site.Add(
            "cthr_iso",
            3,
            "u",
            """{"id":"cthr_iso","created_at":"2026-01-02T03:04:05+01:00","user":"u"}""",
            """{"id":"i1","a":" b "}""",
            """{"b":1, "id":"i2"}""",
            """{"id":"i3","thread_id":"cthr_iso"}""");
        site.Add("cthr_none", 2, null, """{"user":null,"created_at":null,"id":"cthr_none"}""");
        site.Add("cthr_1", 1, 1, "ü");
        site.Change(
            "cthr_1", json: json => json.Replace("\"title\"", "\"user\":\"ü\",\"title\"", StringComparison.Ordinal));
        await site.ExportAsync();

        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        Assert.Equal(
            [("cthr_iso", 1767319445L, "u"), ("cthr_none", 0, null), ("cthr_1", 1, "ü")],
            index.Threads.Select(thread => (thread.Id, thread.CreatedAt, thread.User)));
        ChatKitArchiveLine line = index.Read(index.Threads[0]);
        Assert.Equal(["i1", "i2", "i3"], line.Items.Select(item => item.Id));
        Assert.Equal("""{"b":1,"id":"i2"}""", Encoding.UTF8.GetString(line.Items[1].Json.Span));
    }

    [Fact]
    public async Task A_line_that_has_changed_since_the_index_was_made_is_not_given()
    {
        using Site site = await ArchivedAsync();
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        string file = Path.Combine(site.Folder, First);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"cthr_6\"", "\"cthr_7\"", StringComparison.Ordinal));
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged,
            Assert.Throws<ChatKitArchiveException>(() => index.Read(index.Threads[0])).Kind);
        File.Delete(file);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveUnreadable,
            Assert.Throws<ChatKitArchiveException>(() => index.Read(index.Threads[0])).Kind);
    }

    /// <summary>Six threads with 21 items, in two parts.</summary>
    private static async Task<Site> ArchivedAsync()
    {
        Site site = Site.Of(6);
        site.PartSize = 2500;
        await site.ExportAsync();
        Assert.Equal(2, ChatKitArchiveManifest.Read(site.Folder).Parts.Count);
        return site;
    }

    private static ChatKitArchiveProblem[] Problems(Site site)
    {
        ChatKitArchiveVerification found = ChatKitArchiveVerifier.Verify(site.Folder, null, Token);
        Assert.Equal(found.Problems.Count == 0, found.Complete);
        return [.. found.Problems];
    }
}
