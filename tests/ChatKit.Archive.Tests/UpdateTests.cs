// An archive is brought up to date.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class UpdateTests
{
    [Fact]
    public async Task A_thread_that_has_not_changed_costs_one_request_and_no_byte()
    {
        using Site site = Site.Of(5);
        site.Add("cthr_long", 5, 250);
        await site.ExportAsync();
        string part = site.Text("threads-00001.jsonl");
        site.Requests.Clear();

        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Equal((6, 0, true), (result.Run.Unchanged, result.Run.Written, result.Manifest.Complete));
        Assert.Equal(7, site.Requests.Count);
        Assert.Equal(part, site.Text("threads-00001.jsonl"));
        site.AssertWhole();
    }

    [Fact]
    public async Task What_is_new_or_has_changed_is_appended_and_counts_once()
    {
        using Site site = Site.Of(4);
        await site.ExportAsync();
        string before = site.Text("threads-00001.jsonl");
        site.Add("cthr_new", 2_000_000, 7);
        site.Change("cthr_1", items: items => items.Append(Site.Item("cthr_1", 2)));
        site.Change("cthr_2", json: json => json.Replace("\"t\"", "\"another\"", StringComparison.Ordinal));
        site.Change("cthr_3", items: items => items.Take(2));

        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Equal((4, 3, 1), (result.Run.Written, result.Run.Updated, result.Run.Unchanged));
        Assert.Equal((5, 2 + 2 + 2 + 4 + 7), (result.Manifest.Threads, result.Manifest.Items));
        Assert.StartsWith(before, site.Text("threads-00001.jsonl"), StringComparison.Ordinal);
        Assert.Equal(8, result.Manifest.Parts[0].Lines);
        site.AssertWhole();
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 1)]
    [InlineData(100, -1)]
    [InlineData(101, -1)]
    [InlineData(250, 1)]
    [InlineData(1, -1)]
    [InlineData(0, 1)]
    public async Task A_change_of_the_newest_items_is_noticed_at_any_length(int items, int more)
    {
        using Site site = new();
        site.Add("cthr_1", 1, items);
        await site.ExportAsync();
        site.Change(
            "cthr_1",
            items: before => more > 0 ? before.Append(Site.Item("cthr_1", items + 1)) : before.Take(items - 1));
        Assert.Equal(1, (await UpdateAsync(site)).Run.Updated);
        site.AssertWhole();
    }

    /// <summary>An item that was in progress ends.</summary>
    [Fact]
    public async Task A_change_within_an_item_is_noticed()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Change("cthr_3", items: items => items.Select((item, index) => index == 1 ? item.Replace(" say 2 ", " say 3 ", StringComparison.Ordinal) : item));
        Assert.Equal(1, (await UpdateAsync(site)).Run.Updated);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_that_the_list_has_no_more_stays_and_is_gone_until_it_is_back()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        string line = site.LineOf("cthr_2");
        site.Remove("cthr_2");

        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Equal((1, true), (result.NewlyGone, result.Manifest.Complete));
        Assert.Equal(["cthr_2"], ChatKitArchiveManifest.Read(site.Folder).Gone);
        Assert.Contains(line, site.Lines());
        Assert.Equal(3, result.Manifest.Threads);

        result = await UpdateAsync(site);
        Assert.Equal(0, result.NewlyGone);
        Assert.Equal(["cthr_2"], result.Manifest.Gone);

        site.Add("cthr_2", 1_000_002, 2);
        result = await UpdateAsync(site);
        Assert.Empty(result.Manifest.Gone);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_that_is_deleted_after_it_was_listed_is_gone()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Fault = path =>
            Task.FromResult(path.Contains("cthr_2", StringComparison.Ordinal) ? Site.Status(404) : null);
        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Equal(
            (1, 1, 0, true), (result.NewlyGone, result.Run.NotThere, result.Run.Failed, result.Manifest.Complete));
        Assert.Equal(["cthr_2"], result.Manifest.Gone);
    }

    [Fact]
    public async Task What_a_list_that_failed_did_not_have_is_not_gone()
    {
        using Site site = Site.Of(150);
        await site.ExportAsync();
        site.Fault = path =>
            Task.FromResult(path.Contains("after=cthr_51", StringComparison.Ordinal) ? Site.Status(503) : null);
        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Empty(result.Manifest.Gone);
        Assert.False(result.Manifest.Complete);
    }

    [Fact]
    public async Task A_thread_that_fails_keeps_its_line_and_is_tried_again_by_the_next_update()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        site.Change("cthr_2", items: items => items.Append(Site.Item("cthr_2", 3)));
        site.Fault = path =>
            Task.FromResult(path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        ChatKitArchiveExportResult result = await UpdateAsync(site);
        Assert.Equal((1, false, 2), (result.Run.Failed, result.Manifest.Complete, result.Manifest.Threads));
        Assert.Empty(result.Manifest.Gone);

        site.Fault = null;
        result = await UpdateAsync(site);
        Assert.Equal((1, 1, true), (result.Run.Updated, result.Run.Unchanged, result.Manifest.Complete));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_full_part_is_left_and_another_begun()
    {
        using Site site = Site.Of(3);
        site.PartSize = 100;
        await site.ExportAsync();
        Assert.Equal(3, ChatKitArchiveManifest.Read(site.Folder).Parts.Count);
        site.Add("cthr_new", 2_000_000, 1);
        await UpdateAsync(site);
        Assert.Equal(4, ChatKitArchiveManifest.Read(site.Folder).Parts.Count);
        site.AssertWhole();
    }

    [Fact]
    public async Task An_update_that_ends_anywhere_is_resumed()
    {
        for (long budget = 0; ; budget += budget < 20 ? 1 : 61)
        {
            using Site site = Site.Of(4);
            site.PartSize = 2500;
            FailingFolder files = new(site.Folder, long.MaxValue, isKilled: true);
            site.Files = files;
            await site.ExportAsync();
            site.Change("cthr_4", items: items => items.Append(Site.Item("cthr_4", 5)));
            site.Add("cthr_5", 1_000_005, 5);
            site.Remove("cthr_1");

            site.Files = new FailingFolder(site.Folder, budget, isKilled: true);
            bool isKilled = false;
            try
            {
                await UpdateAsync(site);
            }
            catch (ChatKitArchiveException)
            {
                isKilled = true;
            }

            site.Files = files;
            ChatKitArchiveExportResult result = await UpdateAsync(site);
            Assert.Equal(["cthr_1"], result.Manifest.Gone);
            Assert.Equal(4 + 2, site.Lines().Length);
            Assert.Empty(
                ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Problems);
            ChatKitArchiveIndex index =
                ChatKitArchiveIndex.Open(site.Folder, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(
                ["cthr_1", "cthr_2", "cthr_3", "cthr_4", "cthr_5"], index.Threads.Select(thread => thread.Id).Order());
            Assert.Equal(5, index.Read(index.Threads.Single(thread => thread.Id == "cthr_4")).Items.Count);
            if (!isKilled)
            {
                return;
            }
        }
    }

    [Fact]
    public async Task A_part_that_was_altered_is_not_resumed()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        string part = Path.Combine(site.Folder, "threads-00001.jsonl");
        File.WriteAllText(part, File.ReadAllText(part).Replace(" say 1 ", " say 9 ", StringComparison.Ordinal));
        string altered = File.ReadAllText(part);
        site.Add("cthr_new", 2_000_000, 1);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
        Assert.Equal(altered, File.ReadAllText(part));
        Assert.NotNull(ChatKitArchiveManifest.Read(site.Folder).Parts[0].Sha256);
    }

    [Fact]
    public async Task A_part_that_is_altered_while_a_run_goes_on_is_damage()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        string part = Path.Combine(site.Folder, "threads-00001.jsonl");
        site.Fault = path =>
        {
            File.WriteAllBytes(part, new byte[new FileInfo(part).Length]);
            return Task.FromResult<System.Net.Http.HttpResponseMessage?>(null);
        };
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
    }

    private static Task<ChatKitArchiveExportResult> UpdateAsync(Site site) =>
        site.ExportAsync(options => options.Update = true);
}
