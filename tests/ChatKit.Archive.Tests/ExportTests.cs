// What an export writes, and what it does when a thread or a list fails.
using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ExportTests
{
    [Fact]
    public async Task A_folder_has_a_manifest_and_a_line_for_each_thread_newest_first()
    {
        using Site site = Site.Of(3);
        ChatKitArchiveExportResult result = await site.ExportAsync();

        Assert.Equal(
            ["archive.lock", "manifest.json", "threads-00001.jsonl"],
            Directory.GetFileSystemEntries(site.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(Enumerable.Reverse(site.Ids).Select(site.LineOf), site.Lines());
        Assert.All(
            File.ReadAllLines(Path.Combine(site.Folder, "threads-00001.jsonl")),
            line => Assert.True(LineSeal.IsWhole(System.Text.Encoding.UTF8.GetBytes(line))));
        Assert.Equal((3, 6, 6), (result.Run.Written, result.Run.Items, result.Run.Attachments));
        Assert.Equal((3, 6, 6), (result.Manifest.Threads, result.Manifest.Items, result.Manifest.Attachments));
        Assert.Equal(new FileInfo(Path.Combine(site.Folder, "threads-00001.jsonl")).Length, result.Manifest.Bytes);
        Assert.Equal(result.Manifest.Bytes, result.Run.Bytes);
        Assert.True(result.Manifest.Complete);
        site.AssertWhole();
    }

    [Fact]
    public async Task The_manifest_says_what_was_asked_for_of_which_project()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync(options => (options.CreatedAfter, options.CreatedBefore) = (DateTimeOffset.UnixEpoch, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)));

        using var manifest = JsonDocument.Parse(site.Text("manifest.json"));
        JsonElement root = manifest.RootElement;
        Assert.Equal(
            [
                "format", "version", "createdBy", "project", "query", "startedAt", "updatedAt", "complete", "threads",
                "items", "attachments", "bytes", "parts", "failed", "gone", "missing", "runs", "seal",
            ],
            root.EnumerateObject().Select(member => member.Name));
        Assert.Equal("chatkit-archive", root.GetProperty("format").GetString());
        Assert.StartsWith(
            "ChatKit for PowerShell ", root.GetProperty("createdBy").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"baseUri":"https://emulator.invalid/v1","organization":"org_1","project":"proj_1"}""",
            Compact(root.GetProperty("project")));
        Assert.Equal(
            """{"all":true,"createdAfter":"1970-01-01T00:00:00Z","createdBefore":"2026-01-02T03:04:05Z"}""",
            Compact(root.GetProperty("query")));
        JsonElement part = Assert.Single(root.GetProperty("parts").EnumerateArray());
        Assert.Equal(["name", "lines", "bytes", "sha256"], part.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(site.Folder, "threads-00001.jsonl")))),
            part.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Nothing_in_the_folder_has_the_key()
    {
        using Site site = Site.Of(3);
        site.Fault = path =>
            Task.FromResult(path.Contains("cthr_2", StringComparison.Ordinal) ? Site.Status(403) : null);
        await site.ExportAsync();
        Assert.All(
            Directory.GetFiles(site.Folder),
            file => Assert.DoesNotContain(Site.Key[^8..], File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threads_are_spread_over_parts_and_no_line_over_two()
    {
        using Site site = Site.Of(40);
        site.PartSize = 4000;
        await site.ExportAsync();
        ChatKitArchiveManifest manifest = ChatKitArchiveManifest.Read(site.Folder);
        Assert.True(manifest.Parts.Count > 5);
        Assert.All(manifest.Parts.SkipLast(1), part => Assert.True(part.Bytes >= 4000));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_project_without_threads_is_a_complete_archive()
    {
        using Site site = Site.Of(0);
        Assert.True((await site.ExportAsync()).Manifest.Complete);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_of_many_pages_is_whole_and_oldest_first()
    {
        using Site site = new();
        site.Add("cthr_long", 1, 1050);
        site.Add("cthr_hundred", 2, 100);
        await site.ExportAsync();
        site.AssertWhole();
        Assert.Equal(
            11, site.Requests.Count(path => path.StartsWith("threads/cthr_long/items", StringComparison.Ordinal)));
        Assert.Single(site.Requests, path => path.StartsWith("threads/cthr_hundred/items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_come_in_the_order_of_the_list_whichever_answer_comes_first()
    {
        using Site site = Site.Of(4);
        TaskCompletionSource last = new();
        site.Fault = async path =>
        {
            if (path.StartsWith("threads/cthr_1/", StringComparison.Ordinal))
            {
                last.SetResult();
            }
            else if (path.StartsWith("threads/cthr_4/", StringComparison.Ordinal))
            {
                await last.Task;
            }

            return null;
        };
        await site.ExportAsync();
        Assert.Equal(["cthr_4", "cthr_3", "cthr_2", "cthr_1"], site.Lines().Select(line => line.Split('"')[5]));
    }

    [Fact]
    public async Task No_more_threads_are_under_way_than_the_limit_says()
    {
        using Site site = Site.Of(50);
        int now = 0;
        int most = 0;
        site.Fault = async path =>
        {
            if (path.Contains("/items", StringComparison.Ordinal))
            {
                int count = System.Threading.Interlocked.Increment(ref now);
                lock (site)
                {
                    most = Math.Max(most, count);
                }

                await Task.Yield();
                System.Threading.Interlocked.Decrement(ref now);
            }

            return null;
        };
        await site.ExportAsync(options => options.ThrottleLimit = 3);
        Assert.InRange(most, 1, 3);
        site.AssertWhole();
    }

    [Fact]
    public async Task Several_users_are_several_lists_and_each_thread_is_there_once()
    {
        using Site site = new();
        site.Add("cthr_a1", 1, 1, "a");
        site.Add("cthr_b1", 2, 1, "b");
        site.Add("cthr_c1", 3, 1, "c");
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Users = ["b", "a", "b"]);
        Assert.Equal(["cthr_b1", "cthr_a1"], site.Lines().Select(line => line.Split('"')[5]));
        Assert.Equal(["b", "a"], result.Manifest.Query.Users);
        Assert.True(result.Manifest.Complete);
    }

    [Fact]
    public async Task Dates_are_bounds_that_are_not_within_and_the_list_ends_at_the_nearer()
    {
        using Site site = Site.Of(350);
        site.Add("cthr_undated", 0, null, """{"id":"cthr_undated"}""");
        await site.ExportAsync(options => (options.CreatedAfter, options.CreatedBefore) = (DateTimeOffset.FromUnixTimeSeconds(1_000_240), DateTimeOffset.FromUnixTimeSeconds(1_000_245)));
        site.AssertHolds("cthr_241", "cthr_242", "cthr_243", "cthr_244");
        Assert.InRange(site.Requests.Count(path => path.StartsWith("threads?", StringComparison.Ordinal)), 2, 4);
    }

    [Fact]
    public async Task A_thread_that_fails_is_told_and_noted_and_the_rest_goes_on()
    {
        using Site site = Site.Of(5);
        site.Fault = path =>
            Task.FromResult(path.Contains("cthr_3/", StringComparison.Ordinal) ? Site.Status(500) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync();

        ChatKitArchiveExportFailure failure = Assert.Single(site.Failures);
        Assert.Equal(("cthr_3", false), (failure.Id, failure.IsList));
        Assert.Equal(ChatKitErrorKind.ServerError, Assert.IsType<ChatKitApiException>(failure.Exception).Kind);
        Assert.Equal((4, 1, false), (result.Run.Written, result.Run.Failed, result.Manifest.Complete));
        ChatKitArchiveFailedThread noted = Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Failed);
        Assert.Equal(("cthr_3", "ServerError", failure.Exception.Message), (noted.Id, noted.Kind, noted.Reason));

        site.Fault = null;
        result = await site.ExportAsync();
        Assert.Equal((1, 4, 0), (result.Run.Written, result.Run.Skipped, result.Run.Failed));
        Assert.Empty(result.Manifest.Failed);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_list_that_fails_on_its_way_leaves_what_came_and_the_next_run_goes_on()
    {
        using Site site = Site.Of(150);
        site.Fault = path =>
            Task.FromResult(path.Contains("after=cthr_51", StringComparison.Ordinal) &&
            path.StartsWith("threads?", StringComparison.Ordinal) ? Site.Status(503) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.True(Assert.Single(site.Failures).IsList);
        Assert.Equal((100, false), (result.Run.Written, result.Manifest.Complete));

        site.Fault = null;
        result = await site.ExportAsync();
        Assert.Equal((50, 100, true), (result.Run.Written, result.Run.Skipped, result.Manifest.Complete));
        site.AssertWhole();
    }

    [Theory]
    [InlineData("""{"data":[{"id":"cthr_1"}],"last_id":"cthr_1","has_more":true}""")]
    [InlineData("""{"data":[],"has_more":true}""")]
    public async Task A_list_that_does_not_advance_ends_with_an_error(string page)
    {
        using Site site = Site.Of(1);
        site.Fault = path => Task.FromResult(path.StartsWith("threads?", StringComparison.Ordinal) ? Json(page) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(
            ChatKitErrorKind.InvalidResponse,
            Assert.IsType<ChatKitApiException>(Assert.Single(site.Failures).Exception).Kind);
        Assert.False(result.Manifest.Complete);
    }

    [Fact]
    public async Task Items_that_do_not_advance_are_the_failure_of_their_thread()
    {
        using Site site = Site.Of(2);
        site.Fault = path => Task.FromResult(path.StartsWith("threads/cthr_2/items", StringComparison.Ordinal) ? Json("""{"data":[{"id":"i","type":"x"}],"has_more":true}""") : null);
        await site.ExportAsync();
        Assert.Equal("cthr_2", Assert.Single(site.Failures).Id);
        site.AssertHolds("cthr_1");
    }

    [Fact]
    public async Task A_thread_that_was_deleted_after_it_was_listed_is_no_failure()
    {
        using Site site = Site.Of(3);
        site.Fault = path =>
            Task.FromResult(path.Contains("cthr_2", StringComparison.Ordinal) ? Site.Status(404) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(
            (2, 0, 1, true), (result.Run.Written, result.Run.Failed, result.Run.NotThere, result.Manifest.Complete));
        Assert.Empty(site.Failures);
        site.AssertHolds("cthr_1", "cthr_3");
    }

    /// <summary>
    /// Otherwise a proxy or a key that may not read items would make an archive that is empty and "complete".
    /// </summary>
    [Fact]
    public async Task Items_that_are_not_found_of_a_thread_that_is_are_a_failure()
    {
        using Site site = Site.Of(3);
        site.Fault = path =>
            Task.FromResult(
                path.StartsWith("threads/cthr_2/items", StringComparison.Ordinal) ? Site.Status(404) : null);
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal("cthr_2", Assert.Single(site.Failures).Id);
        Assert.False(result.Manifest.Complete);
    }

    private static System.Net.Http.HttpResponseMessage Json(string json) =>
        new(System.Net.HttpStatusCode.OK) { Content = new System.Net.Http.StringContent(json) };

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
