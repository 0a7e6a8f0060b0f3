// Pages of threads and of items: how they are asked for, and what is and is not one. And deletion, whose answer is as
// short.
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class ListTests
{
    private const string EmptyPage = """{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What to ask for, and the query that asks for it; items have no user.</summary>
    public static TheoryData<ChatKitListOptions?, string> Queries => new()
    {
        { null, "" },
        { new(), "" },
        { new() { Limit = 0 }, "?limit=0" },
        { new() { Limit = -1 }, "?limit=-1" },
        { new() { Limit = 100, Order = ChatKitOrder.Ascending }, "?limit=100&order=asc" },
        { new() { Order = ChatKitOrder.Descending }, "?order=desc" },
        { new() { After = "cthr_1" }, "?after=cthr_1" },
        { new() { Before = "a/b?c#d" }, "?before=a%2Fb%3Fc%23d" },
        { new() { After = "..", Before = " " }, "?after=..&before=%20" },
        { new() { After = "" }, "?after=" },
        {
            new() { User = "ü 日🎉&limit=1+2=3%2F;\r\n" },
            "?user=%C3%BC%20%E6%97%A5%F0%9F%8E%89%26limit%3D1%2B2%3D3%252F%3B%0D%0A"
        },
        {
            new() { Limit = 1, Order = ChatKitOrder.Descending, After = "a", Before = "b", User = "u" },
            "?limit=1&order=desc&after=a&before=b&user=u"
        },
    };

    [Theory]
    [MemberData(nameof(Queries), DisableDiscoveryEnumeration = true)]
    public async Task Are_asked_for_with_what_is_set(ChatKitListOptions? options, string query)
    {
        FakeServer server = new(EmptyPage);

        await server.CallAsync(client => client.ListThreadsAsync(options, server, Token));
        await server.CallAsync(client => client.ListItemsAsync("a/b", options, server, Token));

        string ofItems = Regex.Replace(query, "[?&]user=[^&]*", "");
        Assert.Equal(
            ["https://api.openai.com/v1/chatkit/threads" + query, "https://api.openai.com/v1/chatkit/threads/a%2Fb/items" + ofItems],
            server.Requests.Select(request => request.RequestUri!.AbsoluteUri));
        Assert.All(server.Requests, request => Assert.Equal((HttpMethod.Get, null), (request.Method, request.Content)));
        Assert.Equal(
            ["/v1/chatkit/threads" + query, "/v1/chatkit/threads/a%2Fb/items" + ofItems],
            server.Exchanges.Select(exchange => exchange.Path));
    }

    [Theory]
    [InlineData(@"\ud800", "not valid Unicode")]
    [InlineData("LONG", "10000 characters is too long")]
    public async Task Are_not_asked_for_with_what_no_address_can_carry(string value, string said)
    {
        FakeServer server = new(EmptyPage);
        value = value == "LONG" ? new string('u', 10_000) : Regex.Unescape(value);
        foreach (ChatKitListOptions options in new ChatKitListOptions[]
        {
            new() { After = value },
            new() { Before = value },
            new() { User = value },
        })
        {
            ChatKitApiException failure =
                await server.FailAsync(client => client.ListThreadsAsync(options, server, Token));
            Assert.Equal(ChatKitErrorKind.InvalidId, failure.Kind);
            Assert.Contains(said, failure.Message);
        }

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(
        """{"object":"list","data":[{"id":"a"},{"id":"b"}],"first_id":"a","last_id":"b","has_more":true}""",
        "a b",
        "b",
        true)]
    [InlineData("""{"has_more":true,"last_id":"cursor","data":[{"id":"a"}]}""", "a", "cursor", true)]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"}],"has_more":true}""", "a b", "b", true)]
    [InlineData("""{"data":[{"id":"a"},null],"last_id":null,"has_more":true}""", "a", "a", true)]
    [InlineData("""{"data":[null,{"id":"a"},null,{"id":"b"}],"last_id":""}""", "a b", "b", false)]
    [InlineData("""{"data":[{"id":"a"}],"has_more":null,"new":[{"data":1}]}""", "a", "a", false)]
    [InlineData(EmptyPage, "", null, false)]
    [InlineData("""{"data":[]}""", "", null, false)]
    [InlineData("""{"data":[null],"has_more":true}""", "", null, true)]
    public async Task Are_read_with_the_cursor_of_the_next(string json, string ids, string? lastId, bool more)
    {
        FakeServer server = new(json);

        ChatKitPage<ChatKitThread> threads =
            await server.CallAsync(client => client.ListThreadsAsync(null, null, Token));
        ChatKitPage<ChatKitThreadItem> items =
            await server.CallAsync(client => client.ListItemsAsync("cthr_1", null, null, Token));

        Assert.Equal(
            (ids, lastId, more),
            (string.Join(" ", threads.Data.Select(thread => thread.Id)), threads.LastId, threads.HasMore));
        Assert.Equal(
            (ids, lastId, more), (string.Join(" ", items.Data.Select(item => item.Id)), items.LastId, items.HasMore));
    }

    [Theory]
    [InlineData("\"user\":\"user_1\"", "user_1", null)]
    [InlineData("\"user\":\"user_1\"", "user_2", "and one of 'user_1' came.")]
    [InlineData("\"user\":null", "user_1", "and one came that does not say whose it is.")]
    [InlineData("\"title\":\"x\"", "user_1", "and one came that does not say whose it is.")]
    [InlineData("\"user\":null", null, null)]
    public async Task Of_a_user_hold_no_threads_but_theirs(string member, string? user, string? said)
    {
        // As where something on the way drops the query.
        FakeServer server = new($$"""{"data":[{"id":"a","user":"{{user}}"},{"id":"b",{{member}}}]}""");
        ChatKitListOptions options = new() { User = user };
        if (said is null)
        {
            Assert.Equal(
                2, (await server.CallAsync(client => client.ListThreadsAsync(options, server, Token))).Data.Count);
            Assert.Equal(
                2, (await server.CallAsync(client => client.ListRawThreadsAsync(options, server, Token))).Data.Count);
            return;
        }

        foreach (ChatKitApiException failure in new[]
        {
            await server.FailAsync(client => client.ListThreadsAsync(options, server, Token)),
            await server.FailAsync(client => client.ListRawThreadsAsync(options, server, Token)),
        })
        {
            Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
            Assert.Contains($"The threads of user '{user}' were asked for, {said}", failure.Message);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"object":"list","has_more":false}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":"none"}""")]
    [InlineData("""{"data":["a"]}""")]
    [InlineData("""{"data":[[]]}""")]
    [InlineData("""{"data":[{"id":7,"type":"task"}]}""")]
    [InlineData("""{"data":[{"id":"a"}],"has_more":"no"}""")]
    [InlineData("""{"data":[{"id":"a"}]} x""")]
    [InlineData("""{"data":[{"id":"a"},""")]
    [InlineData("""{"id":"cthr_1","object":"chatkit.thread"}""")]
    [InlineData("""{"id":"cthr_1","object":"chatkit.thread","items":{"data":[]}}""")]
    [InlineData("<html></html>")]
    public async Task Are_refused_where_they_are_none(string body)
    {
        FakeServer server = new(body);

        ChatKitApiException threads = await server.FailAsync(client => client.ListThreadsAsync(null, null, Token));
        ChatKitApiException items =
            await server.FailAsync(client => client.ListItemsAsync("cthr_1", null, null, Token));

        Assert.Equal((ChatKitErrorKind.InvalidResponse, ChatKitErrorKind.InvalidResponse), (threads.Kind, items.Kind));
    }

    [Fact]
    public async Task Are_refused_where_a_thread_is_something_else()
    {
        ChatKitApiException failure = await new FakeServer("""{"data":[{"id":"a"},{"id":"i","object":"chatkit.thread_item"}]}""").FailAsync(client => client.ListThreadsAsync(null, null, Token));

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.Contains("'chatkit.thread_item'", failure.Message);
    }

    [Fact]
    public async Task Keep_each_element_as_it_came()
    {
        const string Item = """{ "new":[1.50,"日"], "type":"task","id":"i" }""";
        const string Thread = $$"""{"title":"請求書 🧾" , "id":"a","items":{"data":[ {{Item}} ]},"created_at":1.50}""";
        FakeServer threads = new("\uFEFF" + $$"""{"ü":"🎉","data":[ {{Thread}} , null,{"id":"ü"}]}""");
        FakeServer items = new($$"""{"ü":"🎉","data":[ {{Item}},null ,{"id":"日","thread_id":"cthr_1","type":"new"}]}""");

        ChatKitPage<ChatKitThread> page = await threads.CallAsync(client => client.ListThreadsAsync(null, null, Token));
        ChatKitPage<ChatKitThreadItem> ofItems =
            await items.CallAsync(client => client.ListItemsAsync("cthr_1", null, null, Token));

        Assert.Equal([Thread, """{"id":"ü"}"""], page.Data.Select(thread => thread.ToJson()));
        Assert.Equal(
            (Item, "a"), (Assert.Single(page.Data[0].GetItems()).ToJson(), page.Data[0].GetItems()[0].ThreadId));
        Assert.Equal(
            [Item, """{"id":"日","thread_id":"cthr_1","type":"new"}"""], ofItems.Data.Select(item => item.ToJson()));
        Assert.Equal(["cthr_1", "cthr_1"], ofItems.Data.Select(item => item.ThreadId));
        Assert.Equal("i", Assert.IsType<ChatKitTask>(ofItems.Data[0]).Id);
    }

    [Theory]
    [InlineData("get", "thread", "GET", "threads/*")]
    [InlineData("items", "thread", "GET", "threads/*/items")]
    [InlineData("delete", "thread", "DELETE", "threads/*")]
    [InlineData("cancel", "session", "POST", "sessions/*/cancel")]
    public async Task And_every_endpoint_take_an_id_as_one_segment_of_the_path(
        string endpoint, string what, string method, string path)
    {
        // The second id is of another framework's handwriting: once unescaped it would be another endpoint's.
        foreach ((string id, string segment) in new[]
        {
            ("a/b", "a%2Fb"),
            ("../x", "..%2Fx"),
            ("a?b#c d", "a%3Fb%23c%20d"),
        })
        {
            FakeServer server = new($$"""{"id":"{{id}}","data":[],"deleted":true}""");
            await server.CallAsync(client => CallAsync(client, endpoint, id));
            HttpRequestMessage request = Assert.Single(server.Requests);
            Assert.Equal(
                (method, "https://api.openai.com/v1/chatkit/" + path.Replace("*", segment)),
                (request.Method.Method, request.RequestUri!.AbsoluteUri));
            Assert.True(string.IsNullOrEmpty(Assert.Single(server.Bodies)));
        }

        foreach ((string? id, string said) in new[]
        {
            ("..", $"'..' is not the id of a {what}."),
            (".", $"'.' is not the id of a {what}."),
            (" ", $"The id of a {what} is missing"),
            ((string?)null, "missing"),
        })
        {
            FakeServer server = new("{}");
            ChatKitApiException failure = await server.FailAsync(client => CallAsync(client, endpoint, id!));
            Assert.Equal(ChatKitErrorKind.InvalidId, failure.Kind);
            Assert.Contains(said, failure.Message);
            Assert.Empty(server.Requests);
        }
    }

    [Theory]
    [InlineData("""{"id":"cthr_1","object":"chatkit.thread.deleted","deleted":true}""", true)]
    [InlineData("""{"id":"cthr_1","deleted":true,"new":{}}""", true)]
    [InlineData("""{"id":"cthr_1","object":"chatkit.thread.deleted","deleted":false}""", false)]
    [InlineData("""{"id":"cthr_1"}""", null)]
    [InlineData("""{"id":"cthr_2","object":"chatkit.thread.deleted","deleted":true}""", null)]
    [InlineData("""{"id":"CTHR_1","deleted":true}""", null)]
    [InlineData("""{"deleted":true}""", null)]
    [InlineData("""{"id":"cthr_1","deleted":"yes"}""", null)]
    [InlineData("", null)]
    [InlineData("null", null)]
    public async Task Shrink_by_a_thread_once_the_server_says_that_it_is_gone(string body, bool? deleted)
    {
        FakeServer server = new(body);
        Task<bool> call = server.CallAsync(client => client.DeleteThreadAsync("cthr_1", server, Token));
        if (deleted is null)
        {
            Assert.Equal(
                ChatKitErrorKind.InvalidResponse, (await Assert.ThrowsAsync<ChatKitApiException>(() => call)).Kind);
        }
        else
        {
            Assert.Equal(deleted, await call);
        }

        Assert.Equal("DELETE", Assert.Single(server.Exchanges).Method);
    }

    private static async Task<object> CallAsync(ChatKitClient client, string endpoint, string id) => endpoint switch
    {
        "get" => await client.GetThreadAsync(id, null, Token),
        "items" => await client.ListItemsAsync(id, null, null, Token),
        "delete" => await client.DeleteThreadAsync(id, null, Token),
        _ => await client.CancelSessionAsync(id, null, Token),
    };
}
