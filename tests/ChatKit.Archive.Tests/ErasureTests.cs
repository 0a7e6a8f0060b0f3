// Threads that are erased from an archive: nothing of them is left in any file, and everything else is as it was.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class ErasureTests
{
    [Theory]
    [InlineData("first")]
    [InlineData("middle")]
    [InlineData("last")]
    public async Task Nothing_of_a_thread_is_left_in_any_file_and_the_rest_is_byte_for_byte_what_it_was(string which)
    {
        using Site site = Site.Of(9, "x");
        site.PartSize = 2000;
        await site.ExportAsync();
        site.Change("cthr_4x", json => json.Replace("\"t\"", "\"other\"", StringComparison.Ordinal));
        await site.ExportAsync(options => options.Update = true);
        string id = which switch { "first" => "cthr_9x", "middle" => "cthr_4x", _ => "cthr_1x" };
        string[] before = Lines(site);
        int parts = Directory.GetFiles(site.Folder, "*.jsonl").Length;
        Assert.True(parts > 3);

        ChatKitArchiveErasedVersions erased = Assert.Single(Erase(site, [id], tombstones: false));

        Assert.Equal(id == "cthr_4x" ? 2 : 1, erased.Versions);
        Assert.Equal(before.Where(line => !line.Contains(id, StringComparison.Ordinal)), Lines(site));
        Assert.Equal(parts, Directory.GetFiles(site.Folder, "*.jsonl").Length);
        AssertForgotten(site, id);
        site.Ids.Remove(id);
        site.AssertWhole();
    }

    [Fact]
    public async Task The_manifest_keeps_a_tombstone_of_id_and_moment_alone()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Erase(site, ["cthr_2"]);
        ChatKitArchiveErasedThread tombstone = Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Erased);
        Assert.Equal("cthr_2", tombstone.Id);
        Assert.InRange(tombstone.At, before, DateTimeOffset.UtcNow);
        Assert.DoesNotContain("cthr_2", string.Concat(Lines(site)), StringComparison.Ordinal);

        // It goes, too, where that is asked for.
        Erase(site, ["cthr_2"], tombstones: false);
        AssertForgotten(site, "cthr_2");
    }

    [Fact]
    public async Task All_threads_are_erased_that_were_a_users_in_any_version()
    {
        using Site site = new();
        site.Add("cthr_a", 1, 1, "u_1");
        site.Add("cthr_b", 2, 1, "u_2");
        site.Add("cthr_c", 3, 1, "u_1");
        await site.ExportAsync();
        site.Change("cthr_c", json => json.Replace("u_1", "u_3", StringComparison.Ordinal));
        await site.ExportAsync(options => options.Update = true);
        using (ChatKitArchiveErasure erasure = Open(site, [], ["u_1", "u_9"]))
        {
            Assert.Equal(["u_9"], erasure.UnknownUsers);
            Assert.Equal(["cthr_a", "cthr_c"], erasure.Threads.Select(thread => thread.Id).Order());
            Assert.Equal(3, erasure.Threads.Sum(thread => thread.Versions));
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
        }

        AssertForgotten(site, "u_1");
        site.AssertHolds("cthr_b");
    }

    [Fact]
    public async Task An_id_or_a_user_that_is_not_there_erases_nothing()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        string manifest = site.Text("manifest.json");
        using (ChatKitArchiveErasure erasure = Open(site, ["cthr_9", "cthr"], ["u"]))
        {
            Assert.Equal(["cthr", "cthr_9"], erasure.UnknownIds.Order());
            Assert.Equal(["u"], erasure.UnknownUsers);
            Assert.Empty(erasure.Threads);
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(manifest, site.Text("manifest.json"));
        site.AssertWhole();
    }

    [Fact]
    public async Task An_archive_whose_threads_are_all_erased_is_complete_and_can_be_resumed()
    {
        using Site site = Site.Of(3);
        site.PartSize = 300;
        await site.ExportAsync();
        Erase(site, [.. site.Ids]);
        Assert.True(Verify(site).Complete);
        Assert.Equal((0, 0, 0, 0), Counts(site));
        site.Add("cthr_new", 9_000_000, 1);
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Update = true);
        Assert.Equal((3, 1), (result.Run.Erased, result.Run.Written));
        site.AssertHolds("cthr_new");
        Assert.True(Verify(site).Complete);
    }

    [Fact]
    public async Task An_erased_thread_is_not_fetched_again_by_a_list_or_by_its_id()
    {
        using Site site = Site.Of(4);
        await site.ExportAsync();
        Erase(site, ["cthr_2"]);
        site.Requests.Clear();
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Update = true);
        Assert.Equal((1, 3, 0), (result.Run.Erased, result.Run.Unchanged, result.Run.Written));
        Assert.DoesNotContain(site.Requests, path => path.Contains("cthr_2/", StringComparison.Ordinal));
        Assert.True(result.Manifest.Complete);
        site.Ids.Remove("cthr_2");
        site.AssertWhole();
    }

    [Fact]
    public async Task A_copy_has_the_tombstones_and_one_that_has_them_does_not_take_the_thread_back()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        using Site copy = new();
        ChatKitArchiveIndex whole = Index(site);
        await CopyAsync(copy, whole);
        Erase(copy, ["cthr_2"]);
        await CopyAsync(copy, whole);
        Assert.Equal(["cthr_1", "cthr_3"], Index(copy).Threads.Select(thread => thread.Id).Order());

        Erase(site, ["cthr_1"]);
        using Site other = new();
        await CopyAsync(other, Index(site));
        Assert.Equal("cthr_1", Assert.Single(Index(other).Manifest.Erased).Id);
        Assert.True(Verify(other).Complete);
    }

    [Fact]
    public async Task An_erased_thread_is_not_there_as_of_an_earlier_moment_either()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        DateTimeOffset moment = DateTimeOffset.UtcNow;
        Erase(site, ["cthr_2"]);
        var index = ChatKitArchiveIndex.Open(
            site.Folder, asOf: moment, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["cthr_1", "cthr_3"], index.Threads.Select(thread => thread.Id).Order());
        Assert.True(index.Complete);
    }

    [Fact]
    public async Task An_index_that_was_opened_before_reads_no_other_threads_line()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        ChatKitArchiveIndex index = Index(site);
        Erase(site, ["cthr_2"]);
        Assert.All(index.Threads, thread => Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveUnreadable,
            Assert.Throws<ChatKitArchiveException>(() => index.Read(thread)).Kind));
    }

    [Fact]
    public async Task What_the_manifest_says_of_the_thread_goes_with_it()
    {
        using Site site = Site.Of(12);
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_1/", StringComparison.Ordinal) ? Site.Status(400) : null);
        await site.ExportAsync();
        site.RewriteManifest(text => text.Replace(
            "\"missing\": []", "\"missing\": [ \"Not 'cthr_1', nor 'cthr_12'.\" ]", StringComparison.Ordinal));
        Assert.Equal("cthr_1", Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Failed).Id);
        Assert.Equal(0, Assert.Single(Erase(site, ["cthr_1"], tombstones: false)).Versions);
        ChatKitArchiveManifest manifest = ChatKitArchiveManifest.Read(site.Folder);
        Assert.Empty(manifest.Failed);
        Assert.Equal(["Not '(erased)', nor 'cthr_12'."], manifest.Missing);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        File.AppendAllText(Path.Combine(site.Folder, "threads-00001.jsonl"), "x");
        ChatKitArchiveException e = Assert.Throws<ChatKitArchiveException>(() => Open(site, ["cthr_1"], []));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, e.Kind);
    }

    [Fact]
    public async Task Nobody_else_writes_the_archive_meanwhile()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        using ChatKitArchiveErasure erasure = Open(site, ["cthr_1"], []);
        ChatKitArchiveException e = await site.FailAsync(options => options.Update = true);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveLocked, e.Kind);
    }

    [Fact]
    public async Task An_archive_of_version_1_becomes_version_2()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Downgrade();
        Erase(site, ["cthr_2"]);
        Assert.Equal(2, ChatKitArchiveManifest.Read(site.Folder).Version);
        site.Ids.Remove("cthr_2");
        site.AssertWhole();
    }

    [Fact]
    public async Task Whenever_it_is_killed_there_is_the_old_archive_or_the_new_one_and_the_next_run_leaves_nothing()
    {
        // The moments in a manifest may be some digits longer or shorter.
        long most = (await CutAsync(long.MaxValue, isKilled: true)).Used;
        int old = 0;
        int anew = 0;
        bool isOver = false;
        for (long budget = 0; !isOver; budget += budget < 20 || budget > most - 120 ? 1 : 97)
        {
            (Site cut, isOver, _) = await CutAsync(budget, isKilled: true);
            using Site site = cut;
            ChatKitArchiveIndex index = Index(site);
            Assert.True(index.Complete);
            bool isOld = index.Threads.Count == 5;
            (old, anew) = isOld ? (old + 1, anew) : (old, anew + 1);
            Assert.Equal(isOld ? 5 : 4, index.Threads.Count);
            bool isLeft = Directory.GetFiles(site.Folder, "*.jsonl").Length > index.Manifest.Parts.Count;
            Assert.Equal(isLeft, !Verify(site).Complete);
            if (isLeft)
            {
                Assert.Contains(
                    Verify(site).Problems, problem => problem.Kind == ChatKitArchiveProblemKind.PartLeftOver);
            }

            Erase(site, ["cthr_3z"], tombstones: false);
            AssertForgotten(site, "cthr_3z");
            site.Ids.Remove("cthr_3z");
            site.AssertWhole();
        }

        Assert.True(old > 10 && anew > 0, $"{old} old, {anew} new");
    }

    [Fact]
    public async Task A_full_disk_leaves_the_archive_as_it_was()
    {
        int refused = 0;
        bool isOver = false;
        for (long budget = 0; !isOver; budget += 211)
        {
            (Site cut, isOver, _) = await CutAsync(budget, isKilled: false);
            using Site site = cut;
            site.Ids.RemoveAll(id => isOver && id == "cthr_3z");
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
            using Site site = await SiteOfFiveAsync();
            using (var erasure = ChatKitArchiveErasure.Open(
                new UnflushableFolder(site.Folder, failures), ["cthr_3z"], [], null, TestContext.Current.CancellationToken))
            {
                isOver = UnflushableFolder.Passes(
                    () => erasure.Erase(false, TestContext.Current.CancellationToken),
                    () => Index(site).Threads.Count == 4);
            }

            Assert.InRange(Index(site).Threads.Count, 4, 5);
            Assert.True(Index(site).Complete);
            Erase(site, ["cthr_3z"], tombstones: false);
            AssertForgotten(site, "cthr_3z");
            site.Ids.Remove("cthr_3z");
            site.AssertWhole();
        }

        // The part, the folder, the manifest and its folder, the folder again.
        Assert.Equal(5, failures - 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_export_deletes_what_is_left_over_too(bool isUpdate)
    {
        using Site site = await SiteOfFiveAsync();
        using (var erasure = ChatKitArchiveErasure.Open(
            new Undeletable(site.Folder), ["cthr_3z"], [], null, TestContext.Current.CancellationToken))
        {
            ChatKitArchiveException e = Assert.Throws<ChatKitArchiveException>(
                () => erasure.Erase(cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("may still be there", e.Message, StringComparison.Ordinal);
        }

        Assert.False(Verify(site).Complete);
        await site.ExportAsync(options => options.Update = isUpdate);
        Assert.True(Verify(site).Complete);
        Assert.DoesNotContain("cthr_3z", string.Concat(Lines(site)), StringComparison.Ordinal);
    }

    /// <summary>Erases a thread with a budget; gives whether it was enough, and what of it was used.</summary>
    internal static async Task<(Site Site, bool IsOver, long Used)> CutAsync(
        long budget, bool isKilled, string? oldManifest = null)
    {
        Site site = await SiteOfFiveAsync();
        if (oldManifest is not null)
        {
            File.WriteAllText(Path.Combine(site.Folder, ChatKitArchiveRepair.OldName), oldManifest);
        }

        FailingFolder files = new(site.Folder, budget, isKilled);
        using var erasure = ChatKitArchiveErasure.Open(
            files, ["cthr_3z"], [], null, TestContext.Current.CancellationToken);
        try
        {
            erasure.Erase(cancellationToken: TestContext.Current.CancellationToken);
            return (site, true, files.Used);
        }
        catch (ChatKitArchiveException e) when (e.Kind == ChatKitArchiveErrorKind.ArchiveUnwritable)
        {
            return (site, false, files.Used);
        }
    }

    private static async Task<Site> SiteOfFiveAsync()
    {
        Site site = Site.Of(5, "z");
        site.PartSize = 1500;
        await site.ExportAsync();
        return site;
    }

    private static async Task CopyAsync(Site to, ChatKitArchiveIndex source)
    {
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, ChatKitArchiveStore.Of(source));
        ChatKitArchiveExportOptions options =
            new(to.Folder, source.Manifest.Project) { Source = source, Update = true };
        await new ChatKitArchiveExport(client, options).RunAsync(null, TestContext.Current.CancellationToken);
    }

    internal static ChatKitArchiveErasure Open(Site site, string[] ids, string[] users) =>
        ChatKitArchiveErasure.Open(site.Folder, ids, users, null, TestContext.Current.CancellationToken);

    private static IReadOnlyList<ChatKitArchiveErasedVersions> Erase(Site site, string[] ids, bool tombstones = true)
    {
        using ChatKitArchiveErasure erasure = Open(site, ids, []);
        erasure.Erase(tombstones, TestContext.Current.CancellationToken);
        return erasure.Threads;
    }

    private static ChatKitArchiveIndex Index(Site site) =>
        ChatKitArchiveIndex.Open(site.Folder, cancellationToken: TestContext.Current.CancellationToken);

    private static ChatKitArchiveVerification Verify(Site site) =>
        ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken);

    private static (long Threads, long Items, long Attachments, long Bytes) Counts(Site site)
    {
        ChatKitArchiveManifest manifest = ChatKitArchiveManifest.Read(site.Folder);
        return (manifest.Threads, manifest.Items, manifest.Attachments, manifest.Bytes);
    }

    /// <summary>The lines, byte for byte, in the order of the manifest.</summary>
    private static string[] Lines(Site site) =>
        [.. ChatKitArchiveManifest.Read(site.Folder).Parts
            .SelectMany(part => site.Text(part.Name).Split('\n').Where(line => line.Length > 0))];

    internal static void AssertForgotten(Site site, string text) => Assert.All(
        Directory.GetFiles(site.Folder),
        file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text))));

    private sealed class Undeletable(string path) : ArchiveFolder(path)
    {
        public override void Delete(string file) => throw new IOException("Somebody has it open.");
    }
}
