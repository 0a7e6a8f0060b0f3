// An archive is opened by the beginnings of its lines, where a hash says that they are as they were written.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class HeadTests
{
    private const string Part = "threads-00001.jsonl";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_that_cannot_be_read_are_found_by_a_test_and_when_their_thread_is_read()
    {
        using Site site = await OfVersion1Async();
        Rewrite(site, line => line.Replace("\"id\":\"cthr_2_i1\",", "\"id\":cthr_2_i1__,", StringComparison.Ordinal));
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        Assert.Equal(["cthr_3", "cthr_2", "cthr_1"], index.Threads.Select(thread => thread.Id));
        Assert.Equal(3, index.Read(index.Threads[0]).Items.Count);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged,
            Assert.Throws<ChatKitArchiveException>(() => index.Read(index.Threads[1])).Kind);
        Assert.Contains(
            ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Problems,
            problem => problem is { Kind: ChatKitArchiveProblemKind.LineUnreadable, Line: 2 });
    }

    [Fact]
    public async Task A_thread_that_stands_behind_its_items_is_found()
    {
        using Site site = await OfVersion1Async();
        Rewrite(site, line =>
        {
            int items = line.IndexOf(",\"items\":", StringComparison.Ordinal);
            return $"{{{line.Substring(items + 1, line.Length - items - 2)},{line.Substring(1, items - 1)}}}";
        });
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        Assert.Equal(3, index.Read(index.Threads[0]).Items.Count);
        Assert.Equal(3, index.Threads.Count);
        Assert.Empty(index.Problems);
        Assert.True(ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Complete);
    }

    [Fact]
    public async Task Damage_is_told_once_and_what_can_be_read_comes_once()
    {
        using Site site = await OfVersion1Async();
        File.WriteAllText(
            Path.Combine(site.Folder, Part),
            site.Text(Part).Replace(
                "\"thread\":{\"id\":\"cthr_2\"", "\"thread\":[\"id\",\"cthr_\"", StringComparison.Ordinal));
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, skipDamage: true, cancellationToken: Token);
        Assert.Equal(["cthr_3", "cthr_1"], index.Threads.Select(thread => thread.Id));
        Assert.Equal(
            [
                ChatKitArchiveProblemKind.LineUnreadable,
                ChatKitArchiveProblemKind.PartAltered,
                ChatKitArchiveProblemKind.CountMismatch,
            ],
            index.Problems.Select(problem => problem.Kind));
    }

    private static async Task<Site> OfVersion1Async()
    {
        Site site = Site.Of(3);
        await site.ExportAsync();
        site.Downgrade();
        return site;
    }

    /// <summary>Changes each line, and the manifest so that its hash is right.</summary>
    private static void Rewrite(Site site, Func<string, string> rewrite)
    {
        string before = site.Text(Part);
        string after = string.Concat(before.TrimEnd('\n').Split('\n').Select(line => rewrite(line) + "\n"));
        Assert.Equal(before.Length, after.Length);
        Assert.NotEqual(before, after);
        File.WriteAllText(Path.Combine(site.Folder, Part), after);
        string manifest = site.Text("manifest.json");
        File.WriteAllText(
            Path.Combine(site.Folder, "manifest.json"),
            manifest.Replace(HashOf(before), HashOf(after), StringComparison.Ordinal));
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
