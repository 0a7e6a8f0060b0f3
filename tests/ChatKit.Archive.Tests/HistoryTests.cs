// When each thread was captured, by which run, and an archive as it stood.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class HistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_version_of_a_thread_is_listed_with_when_it_was_captured()
    {
        using Site site = await UpdatedAsync();
        IReadOnlyList<ChatKitArchiveVersion> versions = ChatKitArchiveHistory.Read(site.Folder, null, null, Token);
        Assert.Equal(
            [
                ("cthr_3", 3, false, false),
                ("cthr_3", 4, true, false),
                ("cthr_2", 2, true, true),
                ("cthr_1", 1, true, false),
                ("cthr_4", 4, true, false),
            ],
            versions.Select(version => (version.Id, version.Items, version.IsCurrent, version.IsGone)));
        Assert.True(versions[0].CapturedAt <= versions[1].CapturedAt);
        Assert.Equal(DateTimeKind.Local, versions[0].CapturedAt!.Value.Kind);
        string[] lines = File.ReadAllLines(Path.Combine(site.Folder, "threads-00001.jsonl"));
        Assert.Equal(
            lines.Select(line => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))).Order(),
            versions.Select(version => version.Sha256).Order());
        Assert.Equal(
            lines.Select(line => (long)line.Length).Order(), versions.Select(version => version.Bytes).Order());
        Assert.Equal(
            ["cthr_3", "cthr_3", "cthr_4"],
            ChatKitArchiveHistory.Read(
                site.Folder, ["cthr_4", "cthr_3", "cthr_never"], null, Token).Select(version => version.Id));
    }

    [Fact]
    public async Task Versions_of_a_damaged_archive_are_not_listed()
    {
        using Site site = await UpdatedAsync();
        File.AppendAllText(Path.Combine(site.Folder, "threads-00001.jsonl"), "\n");
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged,
            Assert.Throws<ChatKitArchiveException>(
                () => ChatKitArchiveHistory.Read(site.Folder, null, null, Token)).Kind);
    }

    [Fact]
    public async Task The_manifest_has_a_line_for_each_run()
    {
        using Site site = await UpdatedAsync();
        IReadOnlyList<ChatKitArchiveRun> runs = ChatKitArchiveManifest.Read(site.Folder).Runs;
        Assert.Equal(
            [(false, 3, 3, 0, 0, 0, true), (true, 3, 2, 1, 0, 1, true)],
            runs.Select(
                run => (
                    run.Update,
                    run.Listed!.Value,
                    run.Fetched!.Value,
                    run.Unchanged!.Value,
                    run.Failed!.Value,
                    run.Gone!.Value,
                    run.Complete)));
        Assert.All(runs, run => Assert.True(run.StartedAt <= run.EndedAt));
        Assert.All(runs, run => Assert.StartsWith("ChatKit for PowerShell ", run.By, StringComparison.Ordinal));
        Assert.All(runs, run => Assert.Equal("all threads", run.Query.ToString()));
    }

    [Fact]
    public async Task A_run_that_was_killed_has_no_end()
    {
        using Site site = Site.Of(3);
        site.Files = new FailingFolder(site.Folder, 2500, isKilled: true);
        await site.FailAsync();
        site.Files = null;
        Assert.Null(Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Runs).EndedAt);
        await site.ExportAsync();
        Assert.Equal(
            [false, true], ChatKitArchiveManifest.Read(site.Folder).Runs.Select(run => run.EndedAt is not null));
        site.AssertWhole();
    }

    [Fact]
    public async Task An_archive_is_read_as_it_stood_at_a_moment()
    {
        using Site site = await UpdatedAsync();
        IReadOnlyList<ChatKitArchiveRun> runs = ChatKitArchiveManifest.Read(site.Folder).Runs;
        ChatKitArchiveIndex then = ChatKitArchiveIndex.Open(
            site.Folder, asOf: runs[0].EndedAt!.Value, cancellationToken: Token);
        Assert.Equal(["cthr_3", "cthr_2", "cthr_1"], then.Threads.Select(thread => thread.Id));
        Assert.Equal(3, then.Read(then.Threads[0]).Items.Count);
        Assert.True(then.Complete);

        ChatKitArchiveIndex never = ChatKitArchiveIndex.Open(
            site.Folder, asOf: runs[0].StartedAt.AddMilliseconds(-5), cancellationToken: Token);
        Assert.Empty(never.Threads);
        Assert.False(never.Complete);

        ChatKitArchiveIndex now = ChatKitArchiveIndex.Open(
            site.Folder, asOf: DateTimeOffset.UtcNow, cancellationToken: Token);
        Assert.Equal(4, now.Threads.Count);
        Assert.Equal(4, now.Read(now.Threads[0]).Items.Count);
        Assert.True(now.Complete);
        Assert.False(ChatKitArchiveIndex.Open(site.Folder, asOf: runs[1].StartedAt, cancellationToken: Token).Complete);
    }

    [Fact]
    public async Task A_run_by_a_clock_that_was_set_back_makes_nothing_complete_that_was_captured_later()
    {
        using Site site = await UpdatedAsync();
        ChatKitArchiveRun last = ChatKitArchiveManifest.Read(site.Folder).Runs[1];
        string ahead = "\"startedAt\": \"2199-01-01T00:00:00Z\",\n      \"endedAt\": \"2199-01-01T00:00:01Z\"";
        site.RewriteManifest(text => new Regex(
            "\"startedAt\": \"[^\"]*\",\\r?\\n +\"endedAt\": \"[^\"]*\"").Replace(text, ahead, 1));
        ChatKitArchiveIndex then = ChatKitArchiveIndex.Open(
            site.Folder, asOf: last.EndedAt!.Value, cancellationToken: Token);
        Assert.False(then.Complete);
    }

    [Fact]
    public async Task What_version_1_captured_counts_as_captured_when_its_last_run_had_ended()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        site.Downgrade();
        DateTimeOffset end = ChatKitArchiveManifest.Read(site.Folder).UpdatedAt;
        site.Add("cthr_3", 1_000_003, 3);
        await site.ExportAsync(options => options.Update = true);
        Assert.Equal(2, ChatKitArchiveIndex.Open(site.Folder, asOf: end, cancellationToken: Token).Threads.Count);
        Assert.Empty(
            ChatKitArchiveIndex.Open(site.Folder, asOf: end.AddMilliseconds(-1), cancellationToken: Token).Threads);
    }

    [Fact]
    public async Task The_hash_of_the_manifest_is_that_of_its_file()
    {
        using Site site = Site.Of(2);
        string? sha256 = (await site.ExportAsync()).Manifest.Sha256;
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(site.Folder, "manifest.json")))),
            sha256);
        Assert.Equal(sha256, ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Manifest.Sha256);
        Assert.Equal(sha256, (await site.ExportAsync()).Manifest.Sha256);
    }

    /// <summary>
    /// Three threads, of which one is changed and one is deleted before a second run, and one is new.
    /// </summary>
    private static async Task<Site> UpdatedAsync()
    {
        Site site = Site.Of(3);
        await site.ExportAsync();
        await Task.Run(
            () => SpinWait.SpinUntil(
                () => DateTimeOffset.UtcNow > ChatKitArchiveManifest.Read(site.Folder).UpdatedAt.AddMilliseconds(2)),
            Token);
        site.Change("cthr_3", items: items => items.Append(Site.Item("cthr_3", 4)));
        site.Remove("cthr_2");
        site.Add("cthr_4", 1_000_000, 4);
        await site.ExportAsync(options => options.Update = true);
        return site;
    }
}
