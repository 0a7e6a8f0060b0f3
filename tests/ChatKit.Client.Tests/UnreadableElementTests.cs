// An element of a list that cannot be read is noted, and costs nothing else of its list.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Tests;

public class UnreadableElementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_has_every_thread_that_can_be_read_and_notes_the_others_by_their_ids()
    {
        ChatKitPage<ChatKitThread> page = await ThreadsAsync(
            """{"id":"a"}""",
            """{"id":"user","user":5}""",
            """{"title":5,"id":"title"}""",
            """{"id":"b","created_at":1}""",
            "7",
            """{"id":"item","object":"chatkit.thread_item"}""",
            """{"id":" "}""",
            """{"id":8}""",
            """{"id":"c"}""");

        Assert.Equal(["a", "b", "c"], page.Data.Select(thread => thread.Id));
        Assert.Equal(["user", "title", null, "item", " ", null], page.Unreadable.Select(element => element.Id));
        Assert.Equal([1, 1, 2, 2, 2, 2], page.Unreadable.Select(element => element.Index));
        Assert.Equal("""{"id":"b","created_at":1}""", page.Data[1].ToJson());
        Assert.Equal("c", page.LastId);
    }

    [Fact]
    public async Task A_page_of_items_does_so_too()
    {
        FakeServer server = new("""{"data":[{"id":"a","type":"x"},{"id":"b","type":"chatkit.task","heading":5}]}""");
        using ChatKitClient client = new(server.Options, server);
        ChatKitPage<ChatKitThreadItem> page = await client.ListReadableItemsAsync("cthr_1", new(), null, Token);

        Assert.Equal(("a", "cthr_1"), (Assert.Single(page.Data).Id, page.Data[0].ThreadId));
        Assert.Equal("b", Assert.Single(page.Unreadable).Id);
    }

    [Theory]
    [InlineData("bad", "a", "bad!")]
    [InlineData("b", "a", "bad!", "b")]
    [InlineData("bad", "bad!")]
    [InlineData(null)]
    public async Task The_next_page_begins_after_the_last_element_whether_it_can_be_read_or_not(
        string? expected, params string[] ids)
    {
        ChatKitPage<ChatKitThread> page = await ThreadsAsync([.. ids.Select(Element)]);
        Assert.Equal(expected, page.LastId);
    }

    [Fact]
    public async Task Half_a_character_makes_nothing_unreadable()
    {
        ChatKitPage<ChatKitThread> page = await ThreadsAsync("""{"id":"a","title":"\ud83e"}""", Element("b!"));
        Assert.Equal("a", Assert.Single(page.Data).Id);
        Assert.Equal("b", Assert.Single(page.Unreadable).Id);
    }

    [Theory]
    [InlineData("""{"data":[{"id":"a","user":5},{"id":"b"]}""")]
    [InlineData("""{"data":[{"id":"a","user":5}]} x""")]
    [InlineData("""{"data":[{"id":"a","user":}]}""")]
    [InlineData("""{"data":{"id":"a"}}""")]
    [InlineData("""{"data":[{"id":"a","user":"other"}]}""")]
    public async Task What_is_no_page_at_all_fails(string body)
    {
        FakeServer server = new(body);
        ChatKitApiException failure = await server.FailAsync(
            client => client.ListReadableThreadsAsync(new() { User = "user_1" }, null, Token));
        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
    }

    [Fact]
    public async Task The_failure_says_why_and_has_no_key()
    {
        FakeServer server = new($$"""{"data":[{"id":"a","object":"{{FakeServer.Key}}"}]}""");
        using ChatKitClient client = new(server.Options, server);
        ChatKitPage<ChatKitThread> page = await client.ListReadableThreadsAsync(new(), null, Token);

        ChatKitApiException failure = client.FailureOf(Assert.Single(page.Unreadable));
        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.Contains("not a 'chatkit.thread'", failure.Message);
        Assert.DoesNotContain(FakeServer.Key, failure.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(350)]
    [InlineData(351)]
    [InlineData(699)]
    [InlineData(100, 101, 102, 500, 698)]
    public async Task A_list_from_both_ends_gives_every_thread_once_and_notes_every_other_once(params int[] unreadable)
    {
        foreach (ChatKitOrder order in new[] { ChatKitOrder.Ascending, ChatKitOrder.Descending })
        {
            ListServer server = ListServer.Of(700);
            using ChatKitClient client = new(new() { ApiKey = FakeServer.Key }, new Spoiler(server, unreadable));
            List<string> ids = [];
            List<string?> noted = [];
            RequestSlots slots = new(2);
            OrderedMerge<bool, ChatKitThread> merge = new(slots, 0, Token);
            merge.Add(true, ThreadStream.ReadAsync(
                client.ListReadableThreadsAsync, new(new() { Order = order }), slots, Token));
            while (!merge.IsEmpty)
            {
                await merge.ReadyAsync();
                merge.TryTake(out _, out StreamBatch<ChatKitThread> batch);
                Assert.Null(batch.Failure);
                ids.AddRange(batch.Elements.Select(thread => thread.Id));
                noted.AddRange(batch.Unreadable.Select(element => element.Id));
            }

            int[] expected = [.. Enumerable.Range(0, 700).Except(unreadable)];
            IEnumerable<int> inOrder = order == ChatKitOrder.Ascending ? expected : Enumerable.Reverse(expected);
            Assert.Equal(inOrder.Select(number => $"cthr_{number}"), ids);
            Assert.Equal(unreadable.Length, noted.Count);
            Assert.Equivalent(unreadable.Select(number => $"cthr_{number}"), noted, strict: true);
        }
    }

    [Fact]
    public async Task Pages_of_nothing_else_do_not_end_a_list()
    {
        ListServer server = ListServer.Of(20);
        using ChatKitClient client = new(
            new() { ApiKey = FakeServer.Key }, new Spoiler(server, [.. Enumerable.Range(1, 19)]));
        int noted = 0;
        List<string> ids = [];
        await foreach (StreamBatch<ChatKitThread> batch in PageStream.ReadAsync<ChatKitThread>(
            client.ListReadableThreadsAsync, new(new() { Limit = 1 }), Token))
        {
            Assert.Null(batch.Failure);
            noted += batch.Unreadable.Count;
            ids.AddRange(batch.Elements.Select(thread => thread.Id));
        }

        Assert.Equal(19, noted);
        Assert.Equal(["cthr_0"], ids);
    }

    private static string Element(string id) =>
        id.EndsWith("!", StringComparison.Ordinal)
            ? $$"""{"id":"{{id.TrimEnd('!')}}","user":[]}"""
            : $$"""{"id":"{{id}}"}""";

    private static async Task<ChatKitPage<ChatKitThread>> ThreadsAsync(params string[] elements)
    {
        FakeServer server = new($$"""{"data":[{{string.Join(",", elements)}}]}""");
        using ChatKitClient client = new(server.Options, server);
        return await client.ListReadableThreadsAsync(new(), null, Token);
    }

    /// <summary>Makes some threads of a server unreadable.</summary>
    private sealed class Spoiler(ListServer server, int[] numbers) : System.Net.Http.DelegatingHandler(server)
    {
        protected override async Task<System.Net.Http.HttpResponseMessage> SendAsync(
            System.Net.Http.HttpRequestMessage request, CancellationToken cancellationToken)
        {
            System.Net.Http.HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            string body = await response.Content.ReadAsStringAsync();
            foreach (int number in numbers)
            {
                body = Regex.Replace(body, $"(\"cthr_{number}\",\"created_at\":[0-9]+,\"user\":)\"[^\"]*\"", "${1}5");
            }

            return FakeServer.Response(Encoding.UTF8.GetBytes(body));
        }
    }
}
