// What is no place for an archive, or not for this one, is left as it was.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class RefusalTests
{
    [Theory]
    [InlineData("notes.txt", "hello")]
    [InlineData("threads-00001.jsonl", "")]
    public async Task A_folder_with_other_files_is_not_an_archive(string name, string content)
    {
        using Site site = Site.Of(1);
        Directory.CreateDirectory(site.Folder);
        File.WriteAllText(Path.Combine(site.Folder, name), content);
        Assert.Equal(ChatKitArchiveErrorKind.NotAnArchive, (await site.FailAsync()).Kind);
        Assert.Equal([name], Directory.GetFileSystemEntries(site.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_folder_with_a_folder_is_not_an_archive()
    {
        using Site site = Site.Of(1);
        Directory.CreateDirectory(Path.Combine(site.Folder, "sub"));
        Assert.Equal(ChatKitArchiveErrorKind.NotAnArchive, (await site.FailAsync()).Kind);
    }

    [Fact]
    public async Task The_folder_of_an_app_with_a_manifest_is_left_as_it_was()
    {
        using Site site = Site.Of(1);
        Directory.CreateDirectory(site.Folder);
        File.WriteAllText(Path.Combine(site.Folder, "manifest.json"), """{"name":"an app"}""");
        Assert.Equal(ChatKitArchiveErrorKind.NotAnArchive, (await site.FailAsync()).Kind);
        Assert.Equal(["manifest.json"], Directory.GetFileSystemEntries(site.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_empty_folder_is_written_to()
    {
        using Site site = Site.Of(1);
        Directory.CreateDirectory(site.Folder);
        await site.ExportAsync();
        site.AssertWhole();
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_cannot_be_written_to()
    {
        using Site site = Site.Of(1);
        File.WriteAllText(site.Folder, "");
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, (await site.FailAsync()).Kind);
    }

    [Theory]
    [InlineData("https://emulator.invalid/v2", "org_1", "proj_1")]
    [InlineData("https://emulator.invalid/v1", null, "proj_1")]
    [InlineData("https://emulator.invalid/v1", "org_1", "proj_2")]
    [InlineData("https://emulator.invalid/v1", "org_1", null)]
    public async Task The_archive_of_another_project_is_left_alone(
        string baseUri, string? organization, string? project)
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        Dictionary<string, DateTime> before = Times(site);
        site.Project = new(new Uri(baseUri), organization, project);
        ChatKitArchiveException e = await site.FailAsync(options => options.Update = true);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, e.Kind);
        Assert.Contains(
            "another project: https://emulator.invalid/v1, organization org_1, project proj_1, not " + baseUri,
            e.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, Times(site));
    }

    [Fact]
    public async Task The_same_address_with_a_slash_is_the_same_project()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        site.Project = new(new Uri(ChatKitEmulator.BaseUri.AbsoluteUri + "/"), "org_1", "proj_1");
        Assert.Equal(2, (await site.ExportAsync()).Run.Skipped);
    }

    [Fact]
    public async Task The_archive_of_another_query_is_left_alone()
    {
        Action<ChatKitArchiveExportOptions>[] queries =
        [
            _ => { },
            options => options.Ids = ["cthr_1"],
            options => options.Users = ["a"],
            options => options.Users = ["a", "b"],
            options => options.CreatedAfter = DateTimeOffset.UnixEpoch,
            options => options.CreatedBefore = DateTimeOffset.UnixEpoch,
            options => options.CreatedBefore = DateTimeOffset.UnixEpoch.AddTicks(1),
        ];
        foreach (Action<ChatKitArchiveExportOptions> query in queries)
        {
            using Site site = Site.Of(2);
            await site.ExportAsync(query);
            Dictionary<string, DateTime> before = Times(site);
            foreach (Action<ChatKitArchiveExportOptions> other in queries.Where(other => other != query))
            {
                Assert.Equal(ChatKitArchiveErrorKind.ArchiveMismatch, (await site.FailAsync(other)).Kind);
            }

            Assert.Equal(before, Times(site));
            await site.ExportAsync(query);
        }
    }

    [Fact]
    public async Task The_same_users_in_another_order_are_the_same_query()
    {
        using Site site = Site.Of(1);
        await site.ExportAsync(options => options.Users = ["a", "b"]);
        await site.ExportAsync(options => options.Users = ["b", "a", "b"]);
    }

    [Fact]
    public async Task Ids_and_a_list_are_not_one_query()
    {
        using Site site = Site.Of(1);
        await Assert.ThrowsAsync<ArgumentException>(
            () => site.ExportAsync(options => (options.Ids, options.Users) = (["cthr_1"], ["a"])));
        Assert.False(Directory.Exists(site.Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_writer_is_told_that_there_is_a_first()
    {
        using Site site = Site.Of(2);
        TaskCompletionSource reached = new();
        TaskCompletionSource go = new();
        site.Fault = async _ =>
        {
            reached.TrySetResult();
            await go.Task;
            return null;
        };
        Task<ChatKitArchiveExportResult> first = site.Export().RunAsync(null, TestContext.Current.CancellationToken);
        await reached.Task;
        ChatKitArchiveException e = await site.FailAsync();
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveLocked, e.Kind);
        Assert.False(ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Complete);
        go.SetResult();
        await first;
        await site.ExportAsync(options => options.Update = true);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_says_so()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess,
            "Whoever runs the tests may write everywhere.");
        using Site site = Site.Of(2);
        Directory.CreateDirectory(site.Folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(site.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, (await site.FailAsync()).Kind);
            File.SetUnixFileMode(
                site.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("", ChatKitArchiveErrorKind.ArchiveDamaged)]
    [InlineData("{", ChatKitArchiveErrorKind.ArchiveDamaged)]
    [InlineData("[]", ChatKitArchiveErrorKind.NotAnArchive)]
    [InlineData("""{"name":"an app"}""", ChatKitArchiveErrorKind.NotAnArchive)]
    [InlineData("""{"format":"chatkit-archive"}""", ChatKitArchiveErrorKind.ArchiveDamaged)]
    [InlineData("""{"format":"chatkit-archive","version":4}""", ChatKitArchiveErrorKind.UnsupportedArchive)]
    [InlineData("""{"format":"chatkit-archive","version":"1"}""", ChatKitArchiveErrorKind.ArchiveDamaged)]
    public async Task A_manifest_that_cannot_be_read_is_left_alone(string manifest, ChatKitArchiveErrorKind kind)
    {
        using Site site = Site.Of(1);
        Directory.CreateDirectory(site.Folder);
        File.WriteAllText(Path.Combine(site.Folder, "manifest.json"), manifest);
        Assert.Equal(kind, (await site.FailAsync(options => options.Update = true)).Kind);
        Assert.Equal(kind, Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken)).Kind);
        Assert.Equal(manifest, site.Text("manifest.json"));
    }

    [Theory]
    [InlineData("../threads-00001.jsonl")]
    [InlineData("/etc/passwd")]
    [InlineData("threads-00002.jsonl")]
    public async Task A_manifest_whose_part_is_elsewhere_is_damaged(string name)
    {
        using Site site = Site.Of(1);
        await site.ExportAsync();
        site.RewriteManifest(manifest => manifest.Replace("threads-00001.jsonl", name, StringComparison.Ordinal));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync()).Kind);
    }

    private static Dictionary<string, DateTime> Times(Site site) =>
        Directory.GetFiles(site.Folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => file, File.GetLastWriteTimeUtc);
}
