// An archive is brought up to date without asking for the threads in which nothing new is expected.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class IdleTests
{
    private const long Day = 24 * 60 * 60;
    private const long Month = 30 * Day;

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>The items of a thread, oldest first, by the seconds since each; null for one without a date.</summary>
    public static TheoryData<string, long?[], bool> Threads => new()
    {
        { "active", [3 * Month, 2 * Month], true },
        { "active", [3 * Month, 60], false },
        { "active", [Month + Day], true },
        { "active", [Month - Day], false },
        { "active", [3 * Month, null], false },
        { "active", [], true },
        { "locked", [60], false },
        { "locked", [2 * Month], true },
        { "closed", [60], true },
        { "closed", [null], true },
        { "archived", [60], false },
    };

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task A_thread_is_not_asked_for_where_it_is_closed_or_its_newest_item_is_old(
        string status, long?[] ages, bool isIdle)
    {
        using Site site = new();
        Add(site, "cthr_1", status, ages);
        await site.ExportAsync();
        site.Requests.Clear();

        ChatKitArchiveExportResult result = await UpdateAsync(site);

        Assert.Equal(isIdle ? (1, 0) : (0, 1), (result.Run.Idle, result.Run.Unchanged));
        Assert.Equal(
            isIdle ? 0 : 1, site.Requests.Count(request => request.Contains("/items", StringComparison.Ordinal)));
        Assert.Equal(result.Run.Idle, result.Manifest.Runs[^1].Idle);
        Assert.Equal((1, true), (result.Run.Done, result.Manifest.Complete));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_that_its_list_shows_changed_is_asked_for()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        Add(site, "cthr_2", "closed", 2 * Month);
        Add(site, "cthr_3", "active", 2 * Month);
        await site.ExportAsync();
        site.Change(
            "cthr_1", json => json.Replace("\"title\":\"t\"", "\"title\":\"another\"", StringComparison.Ordinal));
        site.Change("cthr_2", json => json.Replace("closed", "active", StringComparison.Ordinal));

        ChatKitArchiveExportResult result = await UpdateAsync(site);

        Assert.Equal((2, 1), (result.Run.Updated, result.Run.Idle));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_message_to_an_idle_thread_is_missed_until_every_thread_is_asked_for()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        await site.ExportAsync();
        site.Change("cthr_1", items: items => items.Append(Item("cthr_1", 2, 60)));

        ChatKitArchiveExportResult missed = await UpdateAsync(site);
        ChatKitArchiveExportResult found = await site.ExportAsync(options => options.Update = true);

        Assert.Equal((0, 1, 1), (missed.Run.Updated, missed.Run.Idle, missed.Manifest.Runs[^1].Idle));
        Assert.Equal((1, 0, 0), (found.Run.Updated, found.Run.Idle, found.Manifest.Runs[^1].Idle));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_whose_newest_item_cannot_be_read_is_asked_for()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        site.Change("cthr_1", items: items => items.Append("""{"id":"i_2","\ud83dxxxxxxxxxx":1,"created_at":1}"""));
        await site.ExportAsync();

        ChatKitArchiveExportResult result = await UpdateAsync(site);

        Assert.Equal((0, 1), (result.Run.Idle, result.Run.Unchanged));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_that_failed_the_last_time_is_asked_for()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        await site.ExportAsync();
        site.Change("cthr_1", items: items => items.Append(Item("cthr_1", 2, Month + Day)));
        site.Fault = path =>
            Task.FromResult<HttpResponseMessage?>(
                path.Contains("/items", StringComparison.Ordinal) ? Site.Status(400) : null);
        ChatKitArchiveExportResult failed = await site.ExportAsync(options => options.Update = true);
        site.Fault = null;

        ChatKitArchiveExportResult result = await UpdateAsync(site);

        Assert.Equal((1, false), (failed.Run.Failed, failed.Manifest.Complete));
        Assert.Equal((1, 0, true), (result.Run.Updated, result.Run.Idle, result.Manifest.Complete));
        site.AssertWhole();
    }

    [Fact]
    public async Task By_id_an_idle_thread_costs_one_request_in_place_of_two()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        ChatKitExportTarget[] ids = [new("cthr_1")];
        await site.ExportAsync(options => options.Ids = ids);
        site.Requests.Clear();

        ChatKitArchiveExportResult result = await site.ExportAsync(options =>
        {
            (options.Ids, options.Update, options.SkipIdle) = (ids, true, TimeSpan.FromSeconds(Month));
        });

        Assert.Equal(1, result.Run.Idle);
        Assert.Single(site.Requests, request => request.StartsWith("threads/cthr_1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_2000_threads_with_20_that_are_active_the_requests_are_those_of_the_list_and_of_the_20()
    {
        using Site site = new();
        for (int i = 1; i <= 2000; i++)
        {
            Add(site, $"cthr_{i}", "active", i % 100 == 0 ? 60 : 2 * Month);
        }

        await site.ExportAsync();
        site.Requests.Clear();

        ChatKitArchiveExportResult result = await UpdateAsync(site);

        Assert.Equal((1980, 20), (result.Run.Idle, result.Run.Unchanged));
        Assert.Equal(20, site.Requests.Count(request => request.Contains("/items", StringComparison.Ordinal)));
        Assert.InRange(site.Requests.Count, 40, 51);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_time_that_is_none_is_refused(int days) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ChatKitArchiveExportOptions("x", new Site().Project) { SkipIdle = TimeSpan.FromDays(days) });

    [Fact]
    public async Task Any_time_is_long_enough_to_be_counted_back()
    {
        using Site site = new();
        Add(site, "cthr_1", "active", 2 * Month);
        await site.ExportAsync();

        ChatKitArchiveExportResult result =
            await site.ExportAsync(options => (options.Update, options.SkipIdle) = (true, TimeSpan.MaxValue));

        Assert.Equal((0, 1), (result.Run.Idle, result.Run.Unchanged));
    }

    private static Task<ChatKitArchiveExportResult> UpdateAsync(Site site) =>
        site.ExportAsync(options => (options.Update, options.SkipIdle) = (true, TimeSpan.FromSeconds(Month)));

    private static void Add(Site site, string id, string status, params long?[] ages) => site.Add(
        id,
        Now - (4 * Month),
        null,
        $$$"""{"id":"{{{id}}}","title":"t","created_at":{{{Now - (4 * Month)}}},"status":{"type":"{{{status}}}"} }""",
        [.. ages.Select((age, index) => Item(id, index + 1, age))]);

    private static string Item(string thread, int number, long? age) =>
        $$"""{"id":"{{thread}}_i{{number}}","type":"chatkit.task","heading":"h","created_at":{{(age is { } seconds ? $"{Now - seconds}" : "null")}}}""";
}
