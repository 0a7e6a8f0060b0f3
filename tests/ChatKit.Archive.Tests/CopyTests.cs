// What is made from an archive is no better than that.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class CopyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_complete_and_was_captured_when_its_source_was()
    {
        using Site site = Site.Of(4);
        await site.ExportAsync();
        site.Remove("cthr_2");
        await site.ExportAsync(options => options.Update = true);
        ChatKitArchiveManifest copy = await CopyAsync(site);
        Assert.True(copy.Complete);
        Assert.Equal(["cthr_2"], copy.Gone);
        ChatKitArchiveManifest source = ChatKitArchiveManifest.Read(site.Folder);
        Assert.Equal(source.Runs.Select(run => run.StartedAt), copy.Runs.Take(2).Select(run => run.StartedAt));
        Assert.Equal(3, copy.Runs.Count);
        Assert.Equal(
            ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token).Threads.Select(
                thread => (thread.Id, thread.CapturedAt)).Order(),
            ChatKitArchiveIndex.Open(CopyOf(site), cancellationToken: Token).Threads.Select(
                thread => (thread.Id, thread.CapturedAt)).Order());
        Assert.True(ChatKitArchiveVerifier.Verify(CopyOf(site), null, Token).Complete);
    }

    [Fact]
    public async Task A_copy_of_an_archive_that_is_not_complete_is_not_complete_and_neither_is_its_copy()
    {
        using Site site = Site.Of(4);
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync();
        ChatKitArchiveManifest copy = await CopyAsync(site);
        Assert.False(copy.Complete);
        Assert.Contains(copy.Missing, reason => reason.Contains("cthr_2", StringComparison.Ordinal));
        ChatKitArchiveVerification found = ChatKitArchiveVerifier.Verify(CopyOf(site), null, Token);
        Assert.False(found.Complete);
        Assert.Contains(found.Problems, problem => problem.Message.Contains("cthr_2", StringComparison.Ordinal));

        ChatKitArchiveManifest copyOfCopy = await CopyAsync(site, CopyOf(site), CopyOf(site) + "2");
        Assert.False(copyOfCopy.Complete);
        Assert.Equal(copy.Missing, copyOfCopy.Missing.Take(copy.Missing.Count));
    }

    [Fact]
    public async Task A_copy_of_a_damaged_archive_is_not_complete()
    {
        using Site site = Site.Of(4);
        await site.ExportAsync();
        string part = Path.Combine(site.Folder, "threads-00001.jsonl");
        File.WriteAllText(
            part, File.ReadAllText(part).Replace("{\"id\":\"cthr_2\"", "{\"it\":\"cthr_2\"", StringComparison.Ordinal));
        ChatKitArchiveManifest copy = await CopyAsync(site);
        Assert.Equal((false, 3), (copy.Complete, copy.Threads));
        Assert.Contains(copy.Missing, reason => reason.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_claims_no_more_than_its_source_was_asked_for()
    {
        using Site site = Site.Of(4);
        site.Add("cthr_a", 1_000_009, 1, "a");
        DateTimeOffset bound = DateTimeOffset.FromUnixTimeSeconds(1_000_003);
        await site.ExportAsync(options => options.CreatedAfter = bound);
        Assert.Equal(bound, (await CopyAsync(site)).Query.CreatedAfter);

        using Site users = new();
        users.Add("cthr_a", 1_000_009, 1, "a");
        await users.ExportAsync(options => options.Users = ["a"]);
        Assert.Equal(["a"], (await CopyAsync(users)).Query.Users!);
        ChatKitArchiveManifest other = await CopyAsync(
            users, null, users.Folder + "-b", options => options.Users = ["a", "b"]);
        Assert.False(other.Complete);
        Assert.Contains(other.Missing, reason => reason.Contains("'b'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_older_archive_has_takes_the_place_of_nothing_newer_and_makes_nothing_gone()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        await CopyAsync(site);
        site.Change("cthr_3", items: items => items.Append(Site.Item("cthr_3", 4)));
        site.Add("cthr_4", 1_000_004, 4);
        await site.ExportAsync(options => options.Update = true);
        ChatKitArchiveManifest back = await CopyAsync(
            site, CopyOf(site), site.Folder, options => options.Update = true);
        Assert.Empty(back.Gone);
        site.AssertHolds([.. site.Ids]);
    }

    [Fact]
    public async Task Pages_of_an_archive_say_what_it_lacks()
    {
        using Site site = Site.Of(3);
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync();
        ChatKitArchiveIndex source = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, ChatKitArchiveStore.Of(source));
        ChatKitPageExport export = new(
            client, new(CopyOf(site), source.Manifest.Project) { Source = source }, ChatKitPageFormat.Html, "t");
        Assert.False((await export.RunAsync(null, Token)).Complete);
        string index = File.ReadAllText(Path.Combine(CopyOf(site), "index.html"));
        Assert.Contains("This is not everything. ", index, StringComparison.Ordinal);
        Assert.Contains("cthr_2&#39; could not be fetched", index, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_an_archive_of_another_project_is_refused_and_nothing_is_written()
    {
        using Site site = Site.Of(12);
        await site.ExportAsync();
        using Site other = Site.Of(12, "_b");
        await other.ExportAsync();
        string before = site.Text("manifest.json");
        ChatKitArchiveException refusal = await Assert.ThrowsAsync<ChatKitArchiveException>(
            () => CopyAsync(site, other.Folder, site.Folder, options => options.Update = true));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, refusal.Kind);
        Assert.Equal(before, site.Text("manifest.json"));

        ChatKitArchiveManifest meant = await CopyAsync(
            site, other.Folder, site.Folder, options => options.Update = options.AllowDisappearance = true);
        Assert.Equal(24, meant.Threads);
    }

    [Fact]
    public async Task A_copy_of_an_archive_for_which_the_API_named_another_project_is_refused()
    {
        using Site site = Site.Of(2);
        site.Headers["openai-project"] = "proj_seen_1";
        await site.ExportAsync();
        using Site other = Site.Of(2);
        other.Headers["openai-project"] = "proj_seen_2";
        await other.ExportAsync();
        string before = site.Text("manifest.json");
        ChatKitArchiveException refusal = await Assert.ThrowsAsync<ChatKitArchiveException>(
            () => CopyAsync(site, other.Folder, site.Folder, options => options.Update = true));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, refusal.Kind);
        Assert.Equal(before, site.Text("manifest.json"));
    }

    [Fact]
    public async Task An_archive_is_not_copied_onto_itself()
    {
        using Site site = Site.Of(3);
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync();
        List<string> names = [site.Folder, site.Folder + Path.DirectorySeparatorChar];
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            names.Add(Directory.CreateSymbolicLink(site.Folder + "-link", site.Folder).FullName);
        }
#endif
        foreach (string to in names)
        {
            ChatKitArchiveException refusal = await Assert.ThrowsAsync<ChatKitArchiveException>(
                () => CopyAsync(site, site.Folder, to));
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, refusal.Kind);
        }

        // Its own run can still complete it.
        site.Fault = null;
        await site.ExportAsync();
        site.AssertWhole();
    }

    [Fact]
    public async Task What_was_altered_after_the_archive_was_opened_is_not_read()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        ChatKitArchiveIndex source = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        Alter(site);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged,
            Assert.Throws<ChatKitArchiveException>(() => source.Read(source.Threads[0])).Kind);

        // What is known to be damaged is to be seen.
        ChatKitArchiveIndex damaged = ChatKitArchiveIndex.Open(site.Folder, skipDamage: true, cancellationToken: Token);
        Assert.Equal(2, damaged.Read(damaged.Threads[0]).Items.Count);
    }

    private static void Alter(Site site) => File.WriteAllText(
        Path.Combine(site.Folder, "threads-00001.jsonl"),
        site.Text("threads-00001.jsonl").Replace("say 1", "say 2", StringComparison.Ordinal));

    [Fact]
    public async Task A_copy_is_not_complete_as_of_a_moment_before_it_was_made()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Change("cthr_3", items: items => items.Append(Site.Item("cthr_3", 4)));
        await site.ExportAsync(options => options.Update = true);
        ChatKitArchiveManifest copy = await CopyAsync(site);

        // It has the last versions alone, so at the end of the first run it lacks the first one of the third thread.
        DateTimeOffset then = copy.Runs[0].EndedAt!.Value;
        ChatKitArchiveIndex source = ChatKitArchiveIndex.Open(site.Folder, asOf: then, cancellationToken: Token);
        Assert.Equal((3, true), (source.Threads.Count, source.Complete));
        ChatKitArchiveIndex copied = ChatKitArchiveIndex.Open(CopyOf(site), asOf: then, cancellationToken: Token);
        Assert.Equal((2, false), (copied.Threads.Count, copied.Complete));
        Assert.False((await CopyAsync(site, CopyOf(site), CopyOf(site) + "2", asOf: then)).Complete);
        ChatKitArchiveIndex now = ChatKitArchiveIndex.Open(
            CopyOf(site), asOf: copy.Runs[2].EndedAt!.Value, cancellationToken: Token);
        Assert.Equal((3, true), (now.Threads.Count, now.Complete));
    }

    [Fact]
    public async Task A_copy_of_a_damaged_archive_was_complete_at_no_moment()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        Alter(site);
        ChatKitArchiveManifest copy = await CopyAsync(site);
        Assert.False(ChatKitArchiveIndex.Open(
            CopyOf(site), asOf: copy.Runs[0].EndedAt!.Value, cancellationToken: Token).Complete);
    }

    [Fact]
    public async Task What_a_later_run_could_not_fetch_is_not_missing_from_a_copy_as_of_before()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        site.Fault = path => Task.FromResult(
            path.StartsWith("threads/cthr_2/", StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync(options => options.Update = true);
        DateTimeOffset before = ChatKitArchiveManifest.Read(site.Folder).Runs[0].EndedAt!.Value;
        ChatKitArchiveManifest copy = await CopyAsync(site, asOf: before);
        Assert.Equal((true, 3), (copy.Complete, copy.Threads));
        Assert.False((await CopyAsync(site, to: CopyOf(site) + "2")).Complete);
    }

    private static string CopyOf(Site site) => site.Folder + "-copy";

    private static async Task<ChatKitArchiveManifest> CopyAsync(
        Site site,
        string? from = null,
        string? to = null,
        Action<ChatKitArchiveExportOptions>? set = null,
        DateTimeOffset? asOf = null)
    {
        ChatKitArchiveIndex source = ChatKitArchiveIndex.Open(
            from ?? site.Folder, skipDamage: true, asOf: asOf, cancellationToken: Token);
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, ChatKitArchiveStore.Of(source));
        ChatKitArchiveExportOptions options = new(to ?? CopyOf(site), source.Manifest.Project) { Source = source };
        set?.Invoke(options);
        await new ChatKitArchiveExport(client, options).RunAsync(null, Token);
        return ChatKitArchiveManifest.Read(options.Folder);
    }
}
