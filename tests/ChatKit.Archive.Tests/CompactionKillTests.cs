// A compaction that ends at any moment: there is the old archive or the new one, even if the manifest is lost then.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class CompactionKillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whenever_it_is_killed_there_is_the_old_archive_or_the_new_one_and_the_next_run_leaves_nothing(
        bool compress)
    {
        using Site site = await SiteAsync();
        long most = Cut(site, long.MaxValue, compress, isKilled: true);
        int old = 0;
        int anew = 0;
        bool isOver = false;
        for (long budget = 0; !isOver; budget += budget < 20 || budget > most - 160 ? 1 : 97)
        {
            using Site cut = await SiteAsync();
            isOver = Cut(cut, budget, compress, isKilled: true) < budget;
            bool isOld = Manifest(cut).VersionsSince is null;
            (old, anew) = isOld ? (old + 1, anew) : (old, anew + 1);
            cut.AssertHolds([.. cut.Ids]);
            Assert.Equal(isOld ? 9 : 6, ChatKitArchiveHistory.Read(cut.Folder, null, null, Token).Count);
            ChatKitArchiveVerification found = Verify(cut);
            bool isLeft = Directory.GetFiles(cut.Folder, "threads-*").Length > found.Manifest.Parts.Count;
            Assert.All(found.Problems, problem => Assert.Equal(ChatKitArchiveProblemKind.PartLeftOver, problem.Kind));
            Assert.Equal(isLeft, found.Problems.Count > 0);

            AssertRepairs(cut, isOld);
            Assert.False(isOver && isOld);
            Cut(cut, long.MaxValue, compress, isKilled: true);
            Assert.Equal(Manifest(cut).Parts.Count, Directory.GetFiles(cut.Folder, "threads-*").Length);
            cut.AssertWhole();
        }

        Assert.True(old > 20 && anew > 0, $"{old} old, {anew} new");
    }

    [Fact]
    public async Task A_full_disk_leaves_the_archive_as_it_was_and_nothing_more()
    {
        int refused = 0;
        bool isOver = false;
        for (long budget = 0; !isOver; budget += 211)
        {
            using Site site = await SiteAsync();
            isOver = Cut(site, budget, compress: false, isKilled: false) < budget;
            site.AssertWhole();
            refused++;
        }

        Assert.True(refused > 10);
    }

    [Fact]
    public async Task Whichever_flush_fails_there_is_the_old_archive_or_the_new_one_and_the_next_run_leaves_nothing()
    {
        int failures = 0;
        for (bool isOver = false; !isOver; failures++)
        {
            using Site site = await SiteAsync();
            using (var compaction = ChatKitArchiveCompaction.Open(
                new UnflushableFolder(site.Folder, failures), new() { Compress = true, PartSize = 2000 }, null, Token))
            {
                isOver = UnflushableFolder.Passes(
                    () => compaction.Run(Token), () => Manifest(site).VersionsSince is not null);
            }

            site.AssertHolds([.. site.Ids]);
            Cut(site, long.MaxValue, compress: true, isKilled: true);
            Assert.Equal(Manifest(site).Parts.Count, Directory.GetFiles(site.Folder, "threads-*").Length);
            site.AssertWhole();
        }

        // Two parts or more, the folder, the manifest and its folder, the folder again.
        Assert.True(failures > 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_deletion_it_is_killed_at_the_archive_is_the_new_one_and_a_repair_loses_nothing(
        bool compress)
    {
        int deleted = 0;
        for (bool isOver = false; !isOver; deleted++)
        {
            using Site site = await SiteAsync();
            using (var compaction = ChatKitArchiveCompaction.Open(
                new Undeletable(site.Folder, deleted), new() { Compress = compress, PartSize = 2000 }, null, Token))
            {
                isOver = Record.Exception(() => compaction.Run(Token)) is null;
            }

            Assert.NotNull(Manifest(site).VersionsSince);
            site.AssertHolds([.. site.Ids]);
            Assert.Equal(isOver, Verify(site).Complete);
            AssertRepairs(site, isOld: false);
            Cut(site, long.MaxValue, compress, isKilled: true);
            site.AssertWhole();
        }

        Assert.True(deleted > 4);
    }

    [Fact]
    public void Of_what_lies_there_a_repair_takes_each_place_once_and_the_oldest_that_is_whole()
    {
        AssertTakes("1 2 3", "1", "2", "3");
        AssertTakes("1 2 3", "1", "2", "2-1", "3");
        AssertTakes("1 2-1 3", "1", "2-1", "2-2", "3");
        AssertTakes("1 2 3 4", "1", "2", "3", "4", "2-4-1");
        AssertTakes("1 2-4-1 5", "1", "2", "4", "2-4-1", "5");
        AssertTakes("1 2-4-1 5", "1", "2", "3", "2-4-1", "5");
        AssertTakes("1 2-4-1 5", "1", "3", "4", "2-4-1", "5");
        AssertTakes("1-3-1 4-6-1", "3", "1-3-1", "4", "6", "4-6-1");
        AssertTakes("1-3-1 4 5 6", "1-3-1", "4", "5", "6", "4-6-1");
        AssertTakes("1-6-2", "1-3-1", "1-6-2");
        AssertTakes("1-3-1 4", "1-3-1", "4", "1-4-2");
    }

    /// <summary>A manifest that is lost then costs no thread, and gives none twice.</summary>
    private static void AssertRepairs(Site site, bool isOld)
    {
        string copy = site.Folder + "-copy";
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(site.Folder, "threads-*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        ChatKitArchiveVerification repaired = ChatKitArchiveRepair.Repair(copy, null, Token);
        Assert.DoesNotContain(repaired.Problems, problem => problem.IsDamage);
        int versions = ChatKitArchiveHistory.Read(copy, null, null, Token).Count;
        Assert.True(isOld ? versions == 9 : versions is >= 6 and <= 9);
        var index = ChatKitArchiveIndex.Open(copy, cancellationToken: Token);
        Assert.Equal(site.Ids.Order(), index.Threads.Select(thread => thread.Id).Order());
        Assert.All(index.Threads, thread => Assert.Equal(
            site.LineOf(thread.Id), Site.LineOf(index.Read(thread))));
        Directory.Delete(copy, true);
    }

    private static void AssertTakes(string expected, params string[] lie)
    {
        using Site site = new();
        Directory.CreateDirectory(site.Folder);
        foreach (string name in lie)
        {
            File.WriteAllText(Path.Combine(site.Folder, NameOf(name)), "");
        }

        ChatKitArchiveRepair.Repair(site.Folder, null, Token);
        Assert.Equal(expected.Split(' ').Select(NameOf), Manifest(site).Parts.Select(part => part.Name));
    }

    /// <summary>The name of a part in short: its place, or its first and last and its generation.</summary>
    private static string NameOf(string name)
    {
        string[] numbers = name.Split('-');
        return numbers.Length switch
        {
            1 => $"threads-0000{numbers[0]}.jsonl",
            2 => $"threads-0000{numbers[0]}-{numbers[1]}.jsonl",
            _ => $"threads-0000{numbers[0]}-0000{numbers[1]}-{numbers[2]}.jsonl",
        };
    }

    /// <summary>Compacts with a budget; gives what of it was used.</summary>
    private static long Cut(Site site, long budget, bool compress, bool isKilled)
    {
        FailingFolder files = new(site.Folder, budget, isKilled);
        using var compaction = ChatKitArchiveCompaction.Open(
            files, new() { Compress = compress, PartSize = 2000 }, null, Token);
        try
        {
            compaction.Run(Token);
            return Math.Min(files.Used, budget - 1);
        }
        catch (ChatKitArchiveException e) when (e.Kind == ChatKitArchiveErrorKind.ArchiveUnwritable)
        {
            return budget;
        }
    }

    /// <summary>Six threads in nine versions, in parts of which some become one.</summary>
    private static async Task<Site> SiteAsync()
    {
        Site site = Site.Of(6);
        site.PartSize = 1000;
        await site.ExportAsync();
        foreach (string id in site.Ids.ToArray().Where(id => id is "cthr_2" or "cthr_3" or "cthr_6"))
        {
            site.Change(id, json => json.Replace("\"t\"", "\"other\"", StringComparison.Ordinal));
        }

        await site.ExportAsync(options => options.Update = true);
        return site;
    }

    private static ChatKitArchiveManifest Manifest(Site site) => ChatKitArchiveManifest.Read(site.Folder);

    private static ChatKitArchiveVerification Verify(Site site) =>
        ChatKitArchiveVerifier.Verify(site.Folder, null, Token);

    /// <summary>Deletes so many files, and then no more.</summary>
    private sealed class Undeletable(string path, int most) : ArchiveFolder(path)
    {
        private int _deleted;

        public override void Delete(string file)
        {
            if (_deleted++ >= most)
            {
                throw new IOException("Killed.");
            }

            base.Delete(file);
        }
    }
}
