// Whole lists, page after page.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class ElementStreamTests
{
    private const string First = """200|{"data":[{"id":"a","user":"u"},{"id":"b","user":"u"}],"has_more":true}""";
    private const string Last = """200|{"data":[{"id":"c","user":"u"}],"has_more":false}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_asked_for_with_what_is_set_and_after_the_last()
    {
        ChatKitListOptions options = new() { Order = ChatKitOrder.Ascending, Before = "z", User = "u", After = "0" };
        FakeServer threads = FakeServer.InTurn(First, Last);
        FakeServer items = FakeServer.InTurn(First, Last);

        Assert.Equal("a b c", await WalkAsync(
            threads, client => client.ListAllThreadsAsync(options, threads, Token), thread => thread.Id));
        Assert.Equal("a b c", await WalkAsync(
            items, client => client.ListAllItemsAsync("cthr_1", new() { Limit = 2 }, items, Token), item => item.Id));

        Assert.Equal(
            ["?limit=100&order=asc&after=0&before=z&user=u", "?limit=100&order=asc&after=b&before=z&user=u"],
            threads.Requests.Select(request => request.RequestUri!.Query));
        Assert.Equal(
            ["/v1/chatkit/threads/cthr_1/items?limit=2", "/v1/chatkit/threads/cthr_1/items?limit=2&after=b"],
            items.Requests.Select(request => request.RequestUri!.PathAndQuery));
        Assert.Equal((2, 2), (threads.Exchanges.Count, items.Exchanges.Count));
    }

    [Fact]
    public async Task The_next_page_is_asked_for_while_one_is_given_and_nothing_before_the_first_is_wanted()
    {
        FakeServer server = FakeServer.InTurn(First, Last);
        using ChatKitClient client = new(server.Options, server);
        List<(string, int)> seen = [];

        Assert.Empty(server.Requests);
        await foreach (ChatKitThread thread in client.ListAllThreadsAsync(cancellationToken: Token))
        {
            seen.Add((thread.Id, server.Requests.Count));
        }

        Assert.Equal([("a", 2), ("b", 2), ("c", 2)], seen);
    }

    [Theory]
    [InlineData("a b", First, "404")]
    [InlineData("a b", First, """200|{"data":[{"id":"b"}],"has_more":true}""")]
    [InlineData("a b x", First, """200|{"data":[{"id":"x"}],"has_more":true}""", First)]
    [InlineData("", """200|{"data":[],"has_more":true}""")]
    [InlineData("", """200|{"data":[{"id":"s"}],"has_more":true}""")]
    public async Task What_came_is_given_before_a_page_that_fails_or_a_list_that_does_not_advance(
        string given, params string[] answers)
    {
        FakeServer server = FakeServer.InTurn(answers);
        using ChatKitClient client = new(server.Options, server);
        List<string> seen = [];

        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(async () =>
        {
            await foreach (ChatKitThread thread in client.ListAllThreadsAsync(new() { After = "s" }, null, Token))
            {
                seen.Add(thread.Id);
            }
        });

        Assert.Equal(given, string.Join(" ", seen));
        Assert.Equal(
            answers.Contains("404") ? ChatKitErrorKind.NotFound : ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.Equal(answers.Length, server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_token_of_either_kind_ends_it_at_once(bool isOfTheCall)
    {
        FakeServer server = FakeServer.InTurn(First, Last);
        using ChatKitClient client = new(server.Options, server);
        using CancellationTokenSource stop = new();
        List<string> seen = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatKitThread thread in client.ListAllThreadsAsync(null, null, isOfTheCall ? stop.Token : default).WithCancellation(isOfTheCall ? default : stop.Token))
            {
                seen.Add(thread.Id);
                stop.Cancel();
            }
        });

        Assert.Equal(["a"], seen);
        Assert.Equal(2, server.Requests.Count);
    }

    private static async Task<string> WalkAsync<T>(
        FakeServer server, Func<ChatKitClient, IAsyncEnumerable<T>> list, Func<T, string> idOf)
    {
        using ChatKitClient client = new(server.Options, server);
        List<string> ids = [];
        await foreach (T element in list(client))
        {
            ids.Add(idOf(element));
        }

        return string.Join(" ", ids);
    }
}
