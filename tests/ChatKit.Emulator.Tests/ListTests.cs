// Lists of threads and of items: order, cursors, limits, and paging to the end while the list changes.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class ListTests
{
    private const string Threads = "/v1/chatkit/threads";
    private const string Items = "/v1/chatkit/threads/t/items";

    // Oldest first: a b c d e, of which b, c and d are of the same second.
    private const string Elements = """
        [{"id":"e","created_at":3,"user":"u"},{"id":"b","created_at":2,"user":"v"},{"id":"a","created_at":1,"user":"u"},
         {"id":"c","created_at":2,"user":"u"},{"id":"d","created_at":2,"user":"ü &+1"}]
        """;

    [Fact]
    public async Task A_page_of_large_elements_has_fewer_and_the_list_goes_on()
    {
        int[] sizes = [7, 7, 7, 20, 1];
        ThreadStore store = new();
        Assert.True(store.TryAdd(new("t", 1, null, """{"id":"t"}"""u8.ToArray(), [
            .. sizes.Select((size, index) => new StoredItem($"i{index}", Encoding.UTF8.GetBytes(
                $$"""{"id":"i{{index}}","type":"x","text":"{{new string('x', size << 20)}}"}"""))),
        ])));
        using ChatKitClient client = ChatKitEmulator.CreateClient(store);
        List<string> pages = [];
        ChatKitPage<ChatKitThreadItem> page;
        string? after = null;
        do
        {
            page = await client.ListItemsAsync(
                "t",
                new() { Order = ChatKitOrder.Ascending, After = after },
                cancellationToken: TestContext.Current.CancellationToken);
            after = page.LastId;
            pages.Add(string.Join(" ", page.Data.Select(item => item.Id)));
        }
        while (page.HasMore);

        Assert.Equal(["i0 i1", "i2", "i3", "i4"], pages);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task A_client_that_walks_a_list_can_delete_each_thread_as_it_comes(int limit)
    {
        ThreadStore store = Emulated.Seeded(Elements);
        using ChatKitClient client = ChatKitEmulator.CreateClient(store);
        List<string> seen = [];

        await foreach (ChatKitThread thread in client.ListAllThreadsAsync(
            new() { Limit = limit }, null, TestContext.Current.CancellationToken))
        {
            seen.Add(thread.Id);
            Assert.True(await client.DeleteThreadAsync(thread.Id, null, TestContext.Current.CancellationToken));
        }

        Assert.Equal(["e", "d", "c", "b", "a"], seen);
        Assert.Equal(0, store.Count);
    }

    [Theory]
    [InlineData("", "e d c b a", false)]
    [InlineData("?order=desc", "e d c b a", false)]
    [InlineData("?order=asc", "a b c d e", false)]
    [InlineData("?limit=0", "", true)]
    [InlineData("?limit=0&after=a", "", false)]
    [InlineData("?limit=1", "e", true)]
    [InlineData("?limit=4&order=asc", "a b c d", true)]
    [InlineData("?limit=5&order=asc", "a b c d e", false)]
    [InlineData("?limit=100", "e d c b a", false)]
    [InlineData("?after=d", "c b a", false)]
    [InlineData("?after=d&limit=2", "c b", true)]
    [InlineData("?after=d&limit=3", "c b a", false)]
    [InlineData("?order=asc&after=b", "c d e", false)]
    [InlineData("?after=a", "", false)]
    [InlineData("?order=asc&after=e", "", false)]
    [InlineData("?before=c", "e d", false)]
    [InlineData("?before=c&limit=1", "e", true)]
    [InlineData("?order=asc&before=c", "a b", false)]
    [InlineData("?before=e", "", false)]
    [InlineData("?after=e&before=b", "d c", false)]
    [InlineData("?order=asc&after=a&before=d&limit=2", "b c", false)]
    [InlineData("?after=b&before=d", "", false)]
    [InlineData("?after=c&before=c", "", false)]
    [InlineData("?nothing=1&limit=2&Limit=1000&&=&x", "e d", true)]
    [InlineData("?limit=3&limit=2", "e d", true)]
    [InlineData("?user=u", "e c a", false)]
    [InlineData("?user=u&limit=2", "e c", true)]
    [InlineData("?user=u&limit=3", "e c a", false)]
    [InlineData("?user=u&order=asc&after=b", "c e", false)]
    [InlineData("?user=u&before=b", "e c", false)]
    [InlineData("?user=U", "", false)]
    [InlineData("?user=%C3%BC+%26%2B1", "d", false)]
    public async Task A_page_has_what_was_asked_for(string query, string ids, bool more)
    {
        using HttpClient threads = Emulated.Http(Emulated.Seeded(Elements));
        using HttpClient items = Emulated.Http(Emulated.Seeded($$"""{"thread":{"id":"t"},"items":{{Elements}} }"""));
        string?[] expected = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (HttpClient Http, string Path)[] lists = query.Contains("user", StringComparison.Ordinal)
            ? [(threads, Threads)]
            : [(threads, Threads), (items, Items)];

        foreach ((HttpClient http, string path) in lists)
        {
            (int status, JsonElement page) = await http.AskAsync(path + query);

            Assert.Equal((200, "list", more), (status, page.GetProperty("object")
                .GetString(), page.GetProperty("has_more").GetBoolean()));
            Assert.Equal(expected, page.Ids());
            Assert.Equal((expected.FirstOrDefault(), expected.LastOrDefault()), (page.GetProperty("first_id")
                .GetString(), page.GetProperty("last_id").GetString()));
        }
    }

    [Theory]
    [InlineData("limit=101", 400, "limit")]
    [InlineData("limit=-1", 400, "limit")]
    [InlineData("limit=abc", 400, "limit")]
    [InlineData("limit=", 400, "limit")]
    [InlineData("limit=1.5", 400, "limit")]
    [InlineData("limit=99999999999", 400, "limit")]
    [InlineData("order=ascending", 400, "order")]
    [InlineData("order=", 400, "order")]
    [InlineData("after=none", 404, null)]
    [InlineData("before=none", 404, null)]
    [InlineData("after=a&before=none", 404, null)]
    [InlineData("order=asc&after=none&before=a", 404, null)]
    [InlineData("after=A", 404, null, "'A'")]
    [InlineData("user=", 400, "user", "got 0.")]
    [InlineData("user=LONG", 400, "user", "got 513.")]
    public async Task A_parameter_outside_its_limits_is_refused(
        string query, int status, string? param, string? said = null)
    {
        using HttpClient http =
            Emulated.Http(Emulated.Seeded($$"""[{"id":"a"},{"thread":{"id":"t"},"items":[{"id":"a"}]}]"""));
        query = query.Replace("LONG", new string('u', 513), StringComparison.Ordinal);
        said ??= query.Contains("none", StringComparison.Ordinal) ? "'none'" : $"'{param}'";
        foreach (string path in param == "user" ? [Threads] : new[] { Threads, Items })
        {
            (int actual, JsonElement body) = await http.AskAsync($"{path}?{query}");

            JsonElement error = body.GetProperty("error");
            Assert.Equal((status, param), (actual, error.GetProperty("param").GetString()));
            Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_user_may_have_512_characters_and_is_no_parameter_of_items()
    {
        string user = new('ü', 512);
        using HttpClient http = Emulated.Http(
            Emulated.Seeded($$"""[{"thread":{"id":"t","user":"{{user}}"},"items":[{"id":"i"}]},{"id":"other"}]"""));

        Assert.Equal(["t"], (await http.AskAsync($"{Threads}?user={Uri.EscapeDataString(user)}")).Body.Ids());
        Assert.Equal(["i"], (await http.AskAsync(Items + "?user=")).Body.Ids());
    }

    [Fact]
    public async Task Twenty_are_on_a_page_unless_asked_otherwise()
    {
        using HttpClient http = Emulated.Http(Store(21));
        foreach (string path in new[] { Threads, Items })
        {
            JsonElement page = (await http.AskAsync(path)).Body;
            Assert.Equal((20, true), (page.Ids().Count(), page.GetProperty("has_more").GetBoolean()));
        }
    }

    [Theory]
    [InlineData(0, 100, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(200, 100, 2)]
    [InlineData(201, 100, 3)]
    [InlineData(250, 100, 3)]
    public async Task Paging_gives_each_once_with_no_request_too_many(int count, int limit, int requests)
    {
        using HttpClient http = Emulated.Http(Store(count));
        foreach (string path in count == 0 ? [Threads] : new[] { Threads, Items })
        {
            List<string> descending = await AllAsync(http, path, "desc", limit, requests);
            List<string> ascending = await AllAsync(http, path, "asc", limit, requests);

            Assert.Equal(count, descending.Distinct().Count());
            Assert.Equal(Enumerable.Reverse(ascending), descending);
        }
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Paging_gives_each_that_was_there_at_the_start_once_while_threads_come(string order)
    {
        ThreadStore store = Store(250);
        using HttpClient http = Emulated.Http(store);
        int added = 0;

        List<string> ids = await AllAsync(http, Threads, order, 100, null, _ => Assert.True(
            store.TryAdd(new StoredThread(
                $"new{added}", 250, null, JsonSerializer.SerializeToUtf8Bytes(new { id = $"new{added++}" }), []))));

        string[] old = [.. ids.Where(id => !id.StartsWith("new", StringComparison.Ordinal))];
        Assert.Equal((250, 250), (old.Length, old.Distinct().Count()));
        Assert.Equal(order == "asc", ids.Contains("new0"));
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Paging_gives_each_once_while_those_before_the_cursor_go(string order)
    {
        ThreadStore store = Store(250);
        using HttpClient http = Emulated.Http(store);

        List<string> ids = await AllAsync(http, Threads, order, 100, 3, page => Assert.All(
            page.Take(page.Count - 1), id => Assert.True(store.Remove(id))));

        Assert.Equal((250, 250), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(3, store.Count);
    }

    [Theory]
    [InlineData(
        """{"thread":{"id":"t"},"items":[{"id":"b","created_at":2},{"id":"a","created_at":1},{"id":"none"}]}""",
        "none a b")]
    [InlineData(
        """{"id":"t","items":{"data":[{"id":"b","created_at":2.5},{"id":"a","created_at":1}],"has_more":true}}""",
        "a b")]
    [InlineData("""{"id":"t","items":{"data":[{"id":"y","created_at":5},{"id":"x","created_at":5},{"id":"w","created_at":4}]}}""", "w y x")]
    [InlineData("""{"thread":{"id":"t"},"items":[{"id":"b","created_at":"2024-04-05T19:34:38Z"},{"id":"c","created_at":1712345679},{"id":"a","created_at":"2024-04-05T21:34:37+02:00"}]}""", "a b c")]
    [InlineData("""{"id":"t"}""", "")]
    public async Task Items_come_by_age_wherever_the_seed_has_them(string seed, string ids)
    {
        using HttpClient http = Emulated.Http(Emulated.Seeded(seed));
        Assert.Equal(ids, string.Join(" ", (await http.AskAsync(Items + "?order=asc")).Body.Ids()));
        Assert.Equal(
            Enumerable.Reverse(ids.Split(' ')), string.Join(" ", (await http.AskAsync(Items)).Body.Ids()).Split(' '));
    }

    [Fact]
    public async Task A_list_has_each_element_as_it_is_stored()
    {
        using HttpClient http =
            Emulated.Http(Emulated.Seeded("""{"new":[1.50,"ü"],"id":"t","items":{"data":[{"x":1e3,"id":"i"}]}}"""));
        Assert.Equal(
            """[{"new":[1.50,"ü"],"id":"t","items":{"data":[{"x":1e3,"id":"i"}]}}]""",
            (await http.AskAsync(Threads)).Body.GetProperty("data").GetRawText());
        Assert.Equal("""[{"x":1e3,"id":"i"}]""", (await http.AskAsync(Items)).Body.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_deleted_thread_is_nowhere_any_more()
    {
        ThreadStore store = Emulated.Seeded("""[{"id":"t","items":[{"id":"i"}]},{"id":"other"}]""");
        using HttpClient http = Emulated.Http(store);

        (int status, JsonElement body) = await http.AskAsync(Threads + "/t", "DELETE");

        Assert.Equal(
            (200, """{"id":"t","object":"chatkit.thread.deleted","deleted":true}"""), (status, body.GetRawText()));
        Assert.Equal(["other"], (await http.AskAsync(Threads)).Body.Ids());
        Assert.Equal(1, store.Count);
        foreach ((string method, string path) in new[]
        {
            ("DELETE", Threads + "/t"),
            ("GET", Threads + "/t"),
            ("GET", Items),
            ("GET", Threads + "?after=t"),
            ("GET", Threads + "?before=t"),
        })
        {
            (status, body) = await http.AskAsync(path, method);
            Assert.Equal((404, "No thread found with id 't'."), (status, body.GetProperty("error")
                .GetProperty("message").GetString()));
        }
    }

    [Fact]
    public async Task The_client_pages_and_deletes()
    {
        ThreadStore store = Emulated.Seeded(Elements);
        using ChatKitClient client = Emulated.Client(store);

        ChatKitPage<ChatKitThread> page = await client.ListThreadsAsync(
            new() { Limit = 2, After = "e", User = "u" }, null, TestContext.Current.CancellationToken);

        Assert.Equal(("c a", "a", false), (string.Join(" ", page.Data), page.LastId, page.HasMore));
        Assert.True(await client.DeleteThreadAsync("c", null, TestContext.Current.CancellationToken));
        Assert.Null(store.Find("c"));
    }

    /// <summary>A store of some threads, a second apart but for every tenth, and one with as many items.</summary>
    private static ThreadStore Store(int count)
    {
        ThreadStore store = new();
        StoredItem[] items = [.. Enumerable.Range(0, count).Select(
            number => new StoredItem($"i{number}", JsonSerializer.SerializeToUtf8Bytes(new { id = $"i{number}" })))];
        foreach (int number in Enumerable.Range(0, count))
        {
            // The thread with the items is one of them.
            string id = number == 0 ? "t" : $"t{number}";
            store.TryAdd(new StoredThread(
                id,
                number - (number % 10 == 0 ? 0 : 1),
                null,
                JsonSerializer.SerializeToUtf8Bytes(new { id }),
                number == 0 ? items : []));
        }

        return store;
    }

    private static async Task<List<string>> AllAsync(
        HttpClient http, string path, string order, int limit, int? requests, Action<List<string>>? between = null)
    {
        List<string> ids = [];
        string cursor = "";
        for (int sent = 1; ; sent++)
        {
            JsonElement page = (await http.AskAsync($"{path}?limit={limit}&order={order}{cursor}")).Body;
            List<string> found = [.. page.Ids()];
            ids.AddRange(found);
            if (!page.GetProperty("has_more").GetBoolean())
            {
                Assert.Equal(requests ?? sent, sent);
                between?.Invoke(found);
                return ids;
            }

            between?.Invoke(found);
            cursor = "&after=" + page.GetProperty("last_id").GetString();
        }
    }
}
