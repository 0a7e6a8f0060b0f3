// Archives that are made smaller: what is dropped, merged and compressed, and that everything else is as it was.
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class CompactionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_dropped_is_what_it_was_at_every_moment_that_is_still_whole()
    {
        List<(int Threads, int[] Changes, int Moment, bool Keep, bool Compress, int PartSize)> cases = [];
        var all =
            from threads in Gen.Choose(1, 7)
            from changes in Gen.ArrayOf(Gen.Choose(0, 20))
            from moment in Gen.Choose(-1, 6)
            from keep in Gen.Elements(false, false, false, true)
            from compress in Gen.Elements(false, true)
            from size in Gen.Elements(600, 2500, 100_000)
            select (threads, changes, moment, keep, compress, size);
        Prop.ForAll(all.ToArbitrary(), one => cases.Add(one))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_261_125, 9));
        int dropped = 0;
        foreach ((int threads, int[] changes, int moment, bool keep, bool compress, int size) in cases)
        {
            using Site site = await GrownAsync(threads, changes);
            DateTimeOffset[] moments = [.. Manifest(site).Runs.Select(run => run.EndedAt!.Value)];
            DateTimeOffset? before = moment < 0 || moment >= moments.Length ? null : moments[moment];
            (bool Complete, string Content)[] then = [.. moments.Select(at => Content(site, at))];
            (bool, string) now = Content(site);
            string[] lines = Lines(site);
            ChatKitArchiveCompactionOptions options =
                new() { Before = before, KeepVersions = keep, Compress = compress, PartSize = size };

            using (ChatKitArchiveCompaction compaction = Open(site, options))
            {
                compaction.Run(Token);
                dropped += (int)compaction.VersionsToDrop;
                Assert.Equal(lines.Length - compaction.VersionsToDrop, Lines(site).Length);
                Assert.Equal(compaction.PartsAfter, Manifest(site).Parts.Count);
            }

            // The lines that are left are the same, in the same order.
            string[] left = Lines(site);
            int place = 0;
            Array.ForEach(lines, line => place += place < left.Length && left[place] == line ? 1 : 0);
            Assert.Equal(left.Length, place);
            Assert.True(keep || before is not null || Lines(site).Length == site.Ids.Count);
            site.AssertWhole();
            Assert.Equal(now, Content(site));
            for (int i = 0; i < moments.Length; i++)
            {
                bool isWhole = !(moments[i] < Manifest(site).VersionsSince);
                Assert.True(isWhole || !(keep || moments[i] >= before));
                (bool Complete, string Content) still = Content(site, moments[i]);
                Assert.Equal(isWhole ? then[i] : (false, still.Content), still);
            }

            Assert.All(
                Manifest(site).Parts,
                part => Assert.Equal(compress, part.Name.EndsWith(".gz", StringComparison.Ordinal)));
            Assert.Equal(
                Manifest(site).Parts.Select(part => part.Name).Order(),
                Directory.GetFiles(site.Folder, "threads-*").Select(Path.GetFileName).Order());

            // A second time there is nothing to do.
            string manifest = site.Text("manifest.json");
            using (ChatKitArchiveCompaction again = Open(site, options))
            {
                Assert.False(again.IsNeeded);
                again.Run(Token);
            }

            Assert.Equal(manifest, site.Text("manifest.json"));

            // And the archive is brought up to date.
            site.Add("cthr_new", 9_000_000, 2);
            await site.ExportAsync(update => update.Update = true);
            site.AssertWhole();
        }

        Assert.True(dropped > 50, $"{dropped} dropped");
    }

    [Fact]
    public async Task Erased_gone_and_failed_threads_runs_and_what_is_missing_stay_as_they_are()
    {
        using Site site = Site.Of(6);
        site.PartSize = 900;
        await site.ExportAsync();
        site.Change("cthr_5", items: items => items.Take(2));
        site.Remove("cthr_2");
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_1/", StringComparison.Ordinal) ? Site.Status(400) : null);
        await site.ExportAsync(options => options.Update = true);
        using (var erasure = ChatKitArchiveErasure.Open(site.Folder, ["cthr_4"], [], null, Token))
        {
            erasure.Erase(cancellationToken: Token);
        }

        site.RewriteManifest(text => text.Replace(
            "\"missing\": []", "\"missing\": [ \"m\" ]", StringComparison.Ordinal));
        ChatKitArchiveManifest before = Manifest(site);
        Run(site, new() { Compress = true });
        ChatKitArchiveManifest after = Manifest(site);
        Assert.Equal(["cthr_4"], after.Erased.Select(thread => thread.Id));
        Assert.Equal(["cthr_2"], after.Gone);
        Assert.Equal(["cthr_1"], after.Failed.Select(thread => thread.Id));
        Assert.Equal(["m"], after.Missing);
        Assert.Equal(
            before.Runs.Select(run => (run.StartedAt, run.EndedAt, run.Complete)),
            after.Runs.Select(run => (run.StartedAt, run.EndedAt, run.Complete)));
        Assert.Equal(
            (before.Threads, before.Items, before.Attachments, before.Complete),
            (after.Threads, after.Items, after.Attachments, after.Complete));
        Assert.DoesNotContain(Verify(site).Problems, problem => problem.IsDamage);
    }

    [Fact]
    public async Task An_erased_threads_bytes_are_gone_from_a_compressed_archive()
    {
        using Site site = Site.Of(5, "x");
        await site.ExportAsync();
        Run(site, new() { Compress = true });
        using (var erasure = ChatKitArchiveErasure.Open(site.Folder, ["cthr_3x"], [], null, Token))
        {
            erasure.Erase(false, Token);
        }

        Assert.Equal(["threads-00001-2.jsonl.gz"], Manifest(site).Parts.Select(part => part.Name));
        Assert.DoesNotContain("cthr_3x", string.Concat(Lines(site)), StringComparison.Ordinal);
        site.Ids.Remove("cthr_3x");
        site.AssertWhole();

        // A file of gzip without text is gzip.
        using (var erasure = ChatKitArchiveErasure.Open(site.Folder, site.Ids, [], null, Token))
        {
            erasure.Erase(false, Token);
        }

        Assert.Empty(Lines(site));
        Assert.True(new FileInfo(Path.Combine(site.Folder, "threads-00001-3.jsonl.gz")).Length > 18);
        Assert.True(Verify(site).Complete);
    }

    [Fact]
    public async Task A_copy_and_a_search_of_a_compressed_archive_are_those_of_a_plain_one()
    {
        using Site site = Site.Of(40);
        site.Add("cthr_long", 5_000_000, 1, title: new string('x', 700_000));
        await site.ExportAsync();
        string[] found = Find(site);
        Assert.True(found.Length > 40);
        Run(site, new() { Compress = true });
        Assert.Equal(found, Find(site));

        using Site copy = new();
        ChatKitArchiveIndex source = Index(site);
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, ChatKitArchiveStore.Of(source));
        ChatKitArchiveExportOptions options = new(copy.Folder, source.Manifest.Project) { Source = source };
        await new ChatKitArchiveExport(client, options).RunAsync(null, Token);
        Assert.Equal(Content(site), Content(copy));
        Assert.Equal(41, ChatKitArchiveHistory.Read(site.Folder, null, null, Token).Count);
    }

    [Fact]
    public async Task An_open_part_stays_open_and_plain_and_is_written_anew_only_where_versions_of_it_go()
    {
        int written = 0;
        int left = 0;
        for (int budget = 1500; budget < 8000; budget += 150)
        {
            using Site site = Site.Of(4);
            await site.ExportAsync();
            foreach (string id in site.Ids.ToArray())
            {
                site.Change(id, items: items => items.Append(Site.Item(id, 9)));
            }

            site.Files = new FailingFolder(site.Folder, budget, isKilled: true);
            await Record.ExceptionAsync(() => site.ExportAsync(options => options.Update = true));
            site.Files = null;
            if (Manifest(site).Parts is [{ IsOpen: true }])
            {
                using ChatKitArchiveCompaction compaction = Open(site, new() { Compress = true });
                compaction.Run(Token);
                ChatKitArchivePart part = Assert.Single(Manifest(site).Parts);
                Assert.True(part.IsOpen);
                Assert.Equal(
                    compaction.VersionsToDrop > 0 ? "threads-00001-1.jsonl" : "threads-00001.jsonl", part.Name);
                (written, left) = compaction.IsNeeded ? (written + 1, left) : (written, left + 1);
                Assert.DoesNotContain(Verify(site).Problems, problem => problem.IsDamage);
            }

            await site.ExportAsync(options => options.Update = true);
            site.AssertWhole();
        }

        Assert.True(written > 3 && left > 3, $"{written} written anew, {left} left");
    }

    [Fact]
    public async Task An_archive_of_version_1_becomes_one_that_is_sealed()
    {
        using Site site = Site.Of(5);
        site.PartSize = 900;
        await site.ExportAsync();
        site.Downgrade();
        Run(site, new());
        Assert.Equal(3, Manifest(site).Version);
        site.AssertWhole();
    }

    [Fact]
    public async Task An_archive_has_version_3_of_the_format_only_where_it_needs_it()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        Assert.Equal(2, Manifest(site).Version);
        Run(site, new());
        Assert.Equal(2, Manifest(site).Version);
        Run(site, new() { Compress = true });
        Assert.Equal(3, Manifest(site).Version);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_and_nobody_else_writes_meanwhile()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        using (Open(site, new()))
        {
            ChatKitArchiveException locked = await site.FailAsync(options => options.Update = true);
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveLocked, locked.Kind);
        }

        File.AppendAllText(Path.Combine(site.Folder, "threads-00001.jsonl"), "x");
        ChatKitArchiveException damaged = Assert.Throws<ChatKitArchiveException>(() => Open(site, new()));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, damaged.Kind);
    }

    [Fact]
    public async Task A_part_that_changes_after_it_was_verified_is_not_taken_over()
    {
        using Site site = await GrownAsync(5, [3, 3]);
        using ChatKitArchiveCompaction compaction = Open(site, new());
        string part = Path.Combine(site.Folder, Manifest(site).Parts[0].Name);
        byte[] bytes = File.ReadAllBytes(part);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(part, bytes);
        string manifest = site.Text("manifest.json");
        ChatKitArchiveException e = Assert.Throws<ChatKitArchiveException>(() => compaction.Run(Token));
        Assert.Contains("when it was verified", e.Message, StringComparison.Ordinal);
        Assert.Equal(manifest, site.Text("manifest.json"));
        Assert.Empty(new ArchiveFolder(site.Folder).FindLeftOver(Manifest(site)));
    }

    [Fact]
    public async Task A_compaction_that_is_cancelled_leaves_the_archive_as_it_was()
    {
        using Site site = await GrownAsync(5, [3, 3]);
        using CancellationTokenSource source = new();
        string manifest = site.Text("manifest.json");
        using (var compaction = ChatKitArchiveCompaction.Open(site.Folder, null, (_, _) => { }, Token))
        {
            source.Cancel();
            Assert.Throws<OperationCanceledException>(() => compaction.Run(source.Token));
        }

        Assert.Equal(manifest, site.Text("manifest.json"));
        site.AssertWhole();
    }

    /// <summary>An archive in small parts, each change of which is of another run.</summary>
    private static async Task<Site> GrownAsync(int threads, int[] changes)
    {
        Site site = Site.Of(threads);
        site.PartSize = 900;
        await site.ExportAsync();
        foreach (int change in changes.Take(5))
        {
            for (int i = 0; i <= change % 3; i++)
            {
                string id = $"cthr_{1 + ((change + i) % threads)}";
                site.Change(
                    id,
                    json => json.Replace("\"t\"", "\"tt\"", StringComparison.Ordinal),
                    items => change % 2 == 0 ? items : items.Append(Site.Item(id, items.Count + 1)));
                site.Change(id, json => json.Replace("[ 1.50 ]", "[ 1.50,2 ]", StringComparison.Ordinal));
            }

            await site.ExportAsync(options => options.Update = true);
        }

        return site;
    }

    private static string[] Find(Site site)
    {
        ChatKitArchiveSearch search = new(Index(site), new(["say 3", "xxx"]) { IncludeTitle = true });
        return [.. search.Run(Token).SelectMany(batch => batch.GetAwaiter().GetResult().Found)
            .Select(found => $"{found.ThreadId} {found.ItemId} {found.Match}")];
    }

    private static ChatKitArchiveCompaction Open(Site site, ChatKitArchiveCompactionOptions options) =>
        ChatKitArchiveCompaction.Open(site.Folder, options, null, Token);

    private static void Run(Site site, ChatKitArchiveCompactionOptions options)
    {
        using ChatKitArchiveCompaction compaction = Open(site, options);
        compaction.Run(Token);
    }

    private static ChatKitArchiveManifest Manifest(Site site) => ChatKitArchiveManifest.Read(site.Folder);

    private static ChatKitArchiveVerification Verify(Site site) =>
        ChatKitArchiveVerifier.Verify(site.Folder, null, Token);

    private static ChatKitArchiveIndex Index(Site site, DateTimeOffset? asOf = null) =>
        ChatKitArchiveIndex.Open(site.Folder, asOf: asOf, cancellationToken: Token);

    private static (bool Complete, string Content) Content(Site site, DateTimeOffset? asOf = null)
    {
        ChatKitArchiveIndex index = Index(site, asOf);
        IEnumerable<ChatKitArchiveLine> lines =
            index.Threads.OrderBy(thread => thread.Id, StringComparer.Ordinal).Select(index.Read);
        return (index.Complete, string.Concat(lines.Select(line => string.Concat(
            line.Items.Select(item => item.Json).Prepend(line.Thread)
                .Select(json => Encoding.UTF8.GetString(json.Span) + "\n")))));
    }

    /// <summary>The lines, byte for byte, in the order of the manifest; as any program decompresses them.</summary>
    private static string[] Lines(Site site) => [.. Manifest(site).Parts.SelectMany(part =>
    {
        using Stream file = File.OpenRead(Path.Combine(site.Folder, part.Name));
        using StreamReader text = new(
            part.Name.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    })];
}
