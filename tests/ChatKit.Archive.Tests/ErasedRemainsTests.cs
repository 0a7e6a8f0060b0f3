// What an erasure takes away besides the lines of the threads: whatever may name them.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ErasedRemainsTests
{
    /// <summary>The manifest that a repair kept may name any thread.</summary>
    [Fact]
    public async Task Wherever_it_is_killed_a_run_after_it_leaves_no_manifest_of_a_repair()
    {
        long most = (await ErasureTests.CutAsync(long.MaxValue, isKilled: true)).Used;
        for (long budget = most - 30; budget <= most; budget++)
        {
            (Site cut, _, _) = await ErasureTests.CutAsync(budget, isKilled: true, "{\"failed\":[\"cthr_3z\"]}");
            using Site site = cut;

            IReadOnlyList<ChatKitArchiveErasedVersions> left = [];
            using (ChatKitArchiveErasure erasure = ErasureTests.Open(site, ["cthr_3z"], []))
            {
                left = erasure.Threads;
                if (left.Count + erasure.LeftOver.Count > 0)
                {
                    erasure.Erase(tombstones: false, TestContext.Current.CancellationToken);
                }
            }

            Assert.All(
                Directory.GetFiles(site.Folder).Where(file => left.Count > 0 || !file.EndsWith("manifest.json", StringComparison.Ordinal)),
                file => Assert.DoesNotContain("cthr_3z", File.ReadAllText(file), StringComparison.Ordinal));
        }
    }

    /// <summary>There were systems that took the old one away first, and then stopped.</summary>
    [Fact]
    public async Task A_manifest_that_did_not_come_to_its_place_stays_where_there_is_no_other()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        string manifest = Path.Combine(site.Folder, "manifest.json");
        File.Move(manifest, manifest + ".new");

        using (ChatKitArchiveErasure erasure = ErasureTests.Open(site, ["cthr_unknown"], []))
        {
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
        }

        site.AssertWhole();
    }

    [Theory]
    [InlineData("cthr_1")]
    [InlineData("cthr_unknown")]
    public async Task What_was_cut_off_goes_whichever_thread_is_erased(string id)
    {
        using Site site = await KilledInALineAsync();
        using (ChatKitArchiveErasure erasure = ErasureTests.Open(site, [id], []))
        {
            Assert.True(erasure.HasTornEnd);
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
        }

        File.WriteAllText(Path.Combine(site.Folder, "manifest.json.new"), "{\"failed\":\"SECRET\"}");
        using (ChatKitArchiveErasure erasure = ErasureTests.Open(site, ["cthr_2"], []))
        {
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
        }

        ErasureTests.AssertForgotten(site, "SECRET");
        using ChatKitArchiveErasure next = ErasureTests.Open(site, [id], []);
        Assert.False(next.HasTornEnd);
    }

    /// <summary>An archive whose update was killed in the middle of its first line.</summary>
    private static async Task<Site> KilledInALineAsync()
    {
        for (long budget = 300; ; budget += 20)
        {
            Site site = Site.Of(2);
            await site.ExportAsync();
            site.Add("cthr_secret", 2_000_000, 3, title: "SECRET");
            site.Files = new FailingFolder(site.Folder, budget, isKilled: true);
            await site.FailAsync(options => options.Update = true);
            site.Files = null;
            string part = File.ReadAllText(Directory.GetFiles(site.Folder, "*.jsonl").Order().Last());
            if (part.Contains("SECRET", StringComparison.Ordinal))
            {
                Assert.False(part.EndsWith('\n'));
                return site;
            }

            site.Dispose();
        }
    }
}
