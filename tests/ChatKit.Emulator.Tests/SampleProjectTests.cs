// The project that comes with the emulator: what a newcomer looks around in has one of everything.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class SampleProjectTests
{
    private static readonly DateTimeOffset Now = new(2031, 5, 6, 7, 8, 9, TimeSpan.FromHours(2));

    // The store cannot be listed, so the ids are read from the file that it is made of.
    private static readonly string[] Ids =
        [.. JsonNode.Parse(typeof(Seed).Assembly.GetManifestResourceStream("SampleProject.json")!)!.AsArray().Select(
            entry => (string)entry!["thread"]!["id"]!)];

    private readonly ThreadStore _store = Seed.Sample(Now);

    [Fact]
    public void It_has_twelve_threads_and_the_one_of_the_published_example()
    {
        Assert.Equal(12, _store.Count);
        Assert.Equal(12, Ids.Length);
        Assert.Contains("cthr_abc123", Ids);
        Assert.All(Ids, id => Assert.NotNull(_store.Find(id)));
    }

    [Fact]
    public async Task The_client_reads_every_thread_and_finds_every_status_with_and_without_a_reason()
    {
        using ChatKitClient client = Emulated.Client(_store);
        List<ChatKitThread> threads = [];
        foreach (string id in Ids)
        {
            threads.Add(await client.GetThreadAsync(id, cancellationToken: TestContext.Current.CancellationToken));
        }

        Assert.Equal(Ids, threads.Select(thread => thread.Id));
        Assert.Equal(
            ["active", "closed", "closed + reason", "locked", "locked + reason"],
            threads.Select(thread => thread.Status + (thread.StatusReason is null ? "" : " + reason")).Distinct()
                .Order());
        Assert.All(threads, thread => Assert.False(string.IsNullOrEmpty(thread.User)));
        Assert.Contains(threads, thread => thread.Title is null);
        Assert.Contains(threads, thread => thread.Title?.EndsWith("🧾", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Its_items_are_of_every_kind_and_one_that_is_unknown()
    {
        string[] known = ["assistant_message", "client_tool_call", "task", "task_group", "user_message", "widget"];
        string[] kinds = [.. AllItems().Select(item => (string)item["type"]!).Distinct()];
        Assert.Empty(known.Select(kind => "chatkit." + kind).Except(kinds));
        Assert.Single(kinds, kind => !known.Contains(kind.Replace("chatkit.", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_client_reads_every_item_as_what_it_is()
    {
        JsonNode[] all = [.. AllItems()];
        foreach (JsonNode item in all)
        {
            item["thread_id"] = "cthr_all";
        }

        JsonObject thread = new() { ["id"] = "cthr_all", ["items"] = new JsonObject { ["data"] = new JsonArray(all) } };
        ThreadStore store = new();
        Seed.Load(store, thread.ToJsonString());
        using ChatKitClient client = Emulated.Client(store);

        ChatKitThread read =
            await client.GetThreadAsync("cthr_all", cancellationToken: TestContext.Current.CancellationToken);
        IReadOnlyList<ChatKitThreadItem> items = read.GetItems();

        Assert.Equal(AllItems().Select(item => (string)item["id"]!), items.Select(item => item.Id));
        Assert.Equal("chatkit.structured_input", Assert.Single(items.OfType<ChatKitUnknownItem>()).Type);
        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace(item.Text)));
    }

    [Fact]
    public void Each_item_names_its_thread_and_no_id_is_there_twice()
    {
        foreach (string id in Ids)
        {
            Assert.All(Items(id), item => Assert.Equal(id, (string)item["thread_id"]!));
        }

        string[] ids = [.. Ids, .. AllItems().Select(item => (string)item["id"]!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void The_newest_thread_is_an_hour_old_whenever_it_is_now()
    {
        Assert.Equal(Now.ToUnixTimeSeconds() - 3600, Ids.Max(id => Created(_store.Find(id)!.Json)));

        ThreadStore later = Seed.Sample(Now.AddDays(30));
        Assert.All(Ids, id => Assert.Equal(30 * 86400, Created(later.Find(id)!.Json) - Created(_store.Find(id)!.Json)));
    }

    [Fact]
    public void Items_are_in_order_not_older_than_their_thread_and_not_from_the_future()
    {
        foreach (string id in Ids)
        {
            long[] dates = [Created(_store.Find(id)!.Json), .. _store.Find(id)!.Items.Select(item => Created(item.Json.ToArray())), Now.ToUnixTimeSeconds()];
            Assert.Equal(dates.Order(), dates);
        }
    }

    private static long Created(byte[] json) => (long)JsonNode.Parse(json)!["created_at"]!;

    private IEnumerable<JsonNode> Items(string id) =>
        _store.Find(id)!.Items.Select(item => JsonNode.Parse(item.Json.Span)!);

    private IEnumerable<JsonNode> AllItems() => Ids.SelectMany(Items);
}
