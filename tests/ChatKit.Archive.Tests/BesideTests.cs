// An archive is read while it is written: nothing is taken for damage that is none, and the writer does not notice.
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class BesideTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_beside_a_writer_finds_no_damage_and_breaks_nothing()
    {
        using Site site = Site.Of(60);
        site.PartSize = 3000;
        await site.ExportAsync();
        int scans = 0;
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task reading = Task.Run(
            () =>
            {
                do
                {
                    Assert.DoesNotContain(
                        ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Problems, problem => problem.IsDamage);
                    scans++;
                }
                while (!ending.IsCancellationRequested);
            },
            Token);
        for (int i = 0; i < 12; i++)
        {
            site.Add($"cthr_new{i}", 2_000_000 + i, 3);
            site.Change("cthr_60", items: items => items.Append(Site.Item("cthr_60", 100 + i)));
            await site.ExportAsync(options => options.Update = true);
        }

        await ending.CancelAsync();
        await reading;
        Assert.True(scans > 0);
        site.AssertWhole();
    }

    /// <summary>The old parts of an optimization and an erasure go while the reader reads.</summary>
    [Fact]
    public async Task A_reader_beside_optimizations_and_erasures_finds_no_damage_and_is_not_disturbed()
    {
        using Site site = Site.Of(40);
        site.PartSize = 3000;
        await site.ExportAsync();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] reading = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                int scans = 0;
                do
                {
                    Assert.DoesNotContain(
                        ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Problems, problem => problem.IsDamage);
                    scans++;
                }
                while (!ending.IsCancellationRequested);
                return scans;
            },
            Token))];
        for (int i = 1; i <= 12; i++)
        {
            site.Change($"cthr_{i}", items: items => items.Append(Site.Item($"cthr_{i}", 100)));
            await site.ExportAsync(options => options.Update = true);
            using (var compaction = ChatKitArchiveCompaction.Open(site.Folder, new() { Compress = i % 3 == 0 }, null, Token))
            {
                compaction.Run(Token);
            }

            using var erasure = ChatKitArchiveErasure.Open(site.Folder, [$"cthr_{i}"], [], null, Token);
            erasure.Erase(cancellationToken: Token);
        }

        await ending.CancelAsync();
        Assert.All(await Task.WhenAll(reading), scans => Assert.True(scans > 0));
    }

    /// <summary>Many archives that are read at once do not wait for each other's threads of the pool.</summary>
    [Fact]
    public async Task One_part_is_read_by_who_asks_for_it()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        HashSet<int> readers = [];
        ArchiveScan scan = new(new(site.Folder), ChatKitArchiveManifest.Read(site.Folder))
        {
            Advanced = (_, _) => readers.Add(System.Environment.CurrentManagedThreadId),
        };

        scan.Run(Token);

        Assert.Equal(System.Environment.CurrentManagedThreadId, Assert.Single(readers));
    }

    [Theory]
    [InlineData("threads-00001.jsonl")]
    [InlineData("threads-00009.jsonl")]
    public async Task A_part_that_goes_while_the_others_are_read_is_no_problem(string other)
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        Rewrite(site);
        string file = System.IO.Path.Combine(site.Folder, other);
        System.IO.File.WriteAllText(file, "{}\n");
        ArchiveFolder files = new(site.Folder);
        ArchiveScan scan = new(files, ChatKitArchiveManifest.Read(site.Folder))
        {
            Advanced = (_, _) => System.IO.File.Delete(file),
        };

        scan.Run(Token);

        Assert.Empty(scan.Problems);

        static void Rewrite(Site site)
        {
            using var erasure = ChatKitArchiveErasure.Open(site.Folder, ["cthr_1"], [], null, Token);
            erasure.Erase(cancellationToken: Token);
        }
    }

    /// <summary>What a reader finds that began before a run and ended in the middle of it.</summary>
    [Fact]
    public async Task What_was_appended_since_the_manifest_was_read_is_no_damage()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Add("cthr_new", 2_000_000, 3);
        ChatKitArchiveManifest? before = null;
        ArchiveFolder files = new(site.Folder);
        (_, ChatKitArchiveManifest manifest) = ArchiveScan.Read(
            files,
            read =>
            {
                if (before is null)
                {
                    before = read;
                    site.ExportAsync(options => options.Update = true).GetAwaiter().GetResult();
                }

                return new(files, read);
            },
            Token);
        Assert.Equal((3, 4), (before!.Threads, manifest.Threads));
    }
}
