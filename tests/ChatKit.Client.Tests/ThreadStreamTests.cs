// A list read from both of its ends: the same threads in the same order as from one, whatever happens to the list
// meanwhile.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Tests;

public class ThreadStreamTests
{
    private const string FarEnd = "order=asc";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(301)]
    [InlineData(700)]
    [InlineData(2001)]
    public async Task Every_thread_comes_once_in_the_order_of_one_end(int count)
    {
        foreach (int perSecond in new[] { 1, 7, 5000 })
        {
            foreach (ChatKitOrder order in new[] { ChatKitOrder.Ascending, ChatKitOrder.Descending })
            {
                ListServer server = ListServer.Of(count, perSecond: perSecond);

                Assert.Equal(
                    Expected(server, new(new() { Order = order })), await server.ListAsync(new() { Order = order }));
                Assert.InRange(server.Requests.Count, 1, ((count + 99) / 100) + 3);
            }
        }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(20, 100)]
    [InlineData(75, 2)]
    public void A_whole_list_takes_half_the_time_at_any_latency(int pages, int pageSize)
    {
        foreach (int latency in new[] { 5, 20, 1000 })
        {
            ListServer server = ListServer.Of(pages * pageSize);
            (List<string> ids, TimeSpan took) = Read(server, new(new() { Limit = pageSize }), latency);
            Assert.Equal(pages * pageSize, ids.Count);
            Assert.InRange(took.TotalMilliseconds / latency, pages / 2.0, (pages / 2.0) + 2);
        }
    }

    [Fact]
    public void The_other_end_is_not_asked_before_the_third_page()
    {
        ListServer server = ListServer.Of(1000);
        using ChatKitClient client = server.NewClient();
        RequestSlots slots = new(16);
        OrderedMerge<bool, ChatKitThread> merge = new(slots, 0, default, new VirtualClock());

        merge.Add(true, ThreadStream.ReadAsync<ChatKitThread>(
            client.ListThreadsAsync, new(new() { Limit = 10 }), slots, Token));
        Assert.Equal(["?limit=10"], server.Requests);
        Assert.True(merge.TryTake(out _, out _));
        Assert.Equal(["?limit=10", "?limit=10&after=cthr_990"], server.Requests);
        Assert.True(merge.TryTake(out _, out _));
        Assert.Equal(4, server.Requests.Count);
        Assert.Single(server.Requests, query => query.Contains(FarEnd));
    }

    [Fact]
    public void The_other_end_is_never_asked_where_a_part_is_wanted_that_is_near_or_has_cursors()
    {
        ListRange[] ranges =
        [
            new(new() { Limit = 10 }) { First = 900 },
            new(new() { Limit = 10 }) { First = 900, CreatedAfter = ListServer.Second(10) },
            new(new() { Limit = 10 }) { CreatedAfter = ListServer.Second(10) },
            new(new() { Limit = 10, After = "cthr_990" }),
            new(new() { Limit = 10, Before = "cthr_3" }),
        ];
        Assert.All(ranges, range =>
        {
            ListServer server = ListServer.Of(1000);
            Read(server, range, 1);
            Assert.DoesNotContain(server.Requests, query => query.Contains(FarEnd));
        });
    }

    /// <summary>Newest first, of a thousand in pages of ten; oldest first, the same in a mirror.</summary>
    [Theory]
    [InlineData(null, 10, 6)]
    [InlineData(null, 100, 25)]
    [InlineData(null, 990, 104)]
    [InlineData(990, null, 1)]
    [InlineData(10, null, 100)]
    [InlineData(900, 950, 24)]
    [InlineData(50, 100, 24)]
    [InlineData(480, 520, 108)]
    [InlineData(500, 501, 106)]
    public void Bounds_by_date_cost_what_the_nearer_end_costs(int? after, int? before, int most)
    {
        foreach (ChatKitOrder order in new[] { ChatKitOrder.Descending, ChatKitOrder.Ascending })
        {
            bool isMirrored = order == ChatKitOrder.Ascending;
            ListRange range = new(new() { Limit = 10, Order = order })
            {
                CreatedAfter = Moment(isMirrored ? 999 - before : after),
                CreatedBefore = Moment(isMirrored ? 999 - after : before),
            };
            ListServer server = ListServer.Of(1000);

            Assert.Equal(Expected(server, range), Read(server, range, 20).Ids);
            Assert.InRange(server.Requests.Count, 1, most);
        }

        static DateTime? Moment(int? second) => second is { } number ? ListServer.Second(number) : null;
    }

    [Theory]
    [InlineData(1, 10, 4)]
    [InlineData(9, 10, 4)]
    [InlineData(100, 10, 4)]
    [InlineData(25, 95, 22)]
    [InlineData(5, 960, 12)]
    [InlineData(900, 950, 104)]
    public void The_first_of_those_before_a_date_cost_what_the_nearer_end_costs(int first, int before, int most)
    {
        ListRange range = new(new() { Limit = 10 }) { First = first, CreatedBefore = ListServer.Second(before) };
        ListServer server = ListServer.Of(1000);

        Assert.Equal(Expected(server, range).Take(first), Read(server, range, 20).Ids);
        Assert.InRange(server.Requests.Count, 1, most);
    }

    [Fact]
    public async Task A_server_that_ignores_the_order_is_an_error_where_a_date_would_end_the_list_and_no_harm_at_the_other_end()
    {
        ListServer server = ListServer.Of(100);
        server.IgnoresOrder = true;
        ListRange oldest = new(new() { Limit = 10 }) { CreatedBefore = ListServer.Second(10) };
        Assert.Equal(Expected(server, oldest), Read(server, oldest, 20).Ids);

        using ChatKitClient client = server.NewClient();
        ListRange oldestFirst =
            new(new() { Limit = 10, Order = ChatKitOrder.Ascending }) { CreatedBefore = ListServer.Second(10) };
        await foreach (StreamBatch<ChatKitThread> batch in ThreadStream.ReadAsync<ChatKitThread>(
            client.ListThreadsAsync, oldestFirst, new(2), Token))
        {
            Assert.Equal(ChatKitErrorKind.InvalidResponse, Assert.IsType<ChatKitApiException>(batch.Failure).Kind);
            Assert.Contains("not sorted by creation", batch.Failure.Message);
            Assert.Empty(batch.Elements);
        }
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(404, "{}")]
    [InlineData(200, "no JSON")]
    [InlineData(200, """{"data":[],"has_more":true}""")]
    [InlineData(200, """{"data":[{"id":"cthr_0"},{"id":"cthr_0"}],"last_id":"x","has_more":true}""")]
    [InlineData(200, """{"data":[{"id":"cthr_0"},{"id":"cthr_9"},{"id":"cthr_5"},{"id":"cthr_7"},{"id":"cthr_6"}],"has_more":false}""")]
    public async Task Whatever_goes_wrong_at_the_other_end_is_kept_quiet(int status, string body)
    {
        foreach (int from in new[] { 0, 1 })
        {
            int asked = 0;
            ListServer server = ListServer.Of(100);
            server.Fault = query => query.Contains(FarEnd) && asked++ >= from
                ? FakeServer.Response(System.Text.Encoding.UTF8.GetBytes(body), status)
                : null;

            Assert.Equal(Expected(server, new(new())), await server.ListAsync(new() { Limit = 5 }));
            Assert.InRange(asked, 1, 20);
        }
    }

    [Fact]
    public async Task A_page_that_fails_ends_the_list_whatever_the_other_end_has_found()
    {
        ListServer server = ListServer.Of(60);
        server.Fault = query => query.Contains("after=cthr_20")
            ? FakeServer.Response(System.Text.Encoding.UTF8.GetBytes("{}"), 500)
            : null;
        using ChatKitClient client = server.NewClient();
        List<string> given = [];
        Exception? failure = null;
        await foreach (StreamBatch<ChatKitThread> batch in ThreadStream.ReadAsync<ChatKitThread>(
            client.ListThreadsAsync, new(new() { Limit = 10 }), new(2), Token))
        {
            given.AddRange(batch.Elements.Select(thread => thread.Id));
            failure = batch.Failure;
        }

        Assert.Equal(Expected(server, new(new())).Take(40), given);
        Assert.Equal(ChatKitErrorKind.ServerError, Assert.IsType<ChatKitApiException>(failure).Kind);
    }

    [Fact]
    public async Task A_request_to_the_other_end_is_ended_with_the_list()
    {
        ListServer server = ListServer.Of(60);
        using ChatKitClient client = server.NewClient();
        List<CancellationToken> ofFarEnd = [];
        PageFetch<ChatKitThread> fetch = async (page, exchanges, token) =>
        {
            if (page.Order == ChatKitOrder.Ascending)
            {
                ofFarEnd.Add(token);
                await new TaskCompletionSource<bool>().Task;
            }

            return await client.ListThreadsAsync(page, exchanges, token);
        };
        await foreach (StreamBatch<ChatKitThread> batch in ThreadStream.ReadAsync(
            fetch, new(new() { Limit = 10 }), new(2), Token))
        {
            Assert.All(ofFarEnd, token => Assert.Equal(batch.IsLast, token.IsCancellationRequested));
        }

        Assert.True(Assert.Single(ofFarEnd).IsCancellationRequested);
    }

    [Fact]
    public async Task A_request_to_the_other_end_is_ended_before_the_threads_that_it_begins_after_are_given()
    {
        ListServer server = ListServer.Of(60);
        using ChatKitClient client = server.NewClient();
        List<CancellationToken> waiting = [];
        PageFetch<ChatKitThread> fetch = async (page, exchanges, token) =>
        {
            if (page is { Order: ChatKitOrder.Ascending, After: not null })
            {
                waiting.Add(token);
                await new TaskCompletionSource<bool>().Task;
            }

            return await client.ListThreadsAsync(page, exchanges, token);
        };
        List<string> given = [];
        await foreach (StreamBatch<ChatKitThread> batch in ThreadStream.ReadAsync(fetch, new(new() { Limit = 10 }), new(2), Token))
        {
            given.AddRange(batch.Elements.Select(thread => thread.Id));
            Assert.All(waiting, token => Assert.Equal(batch.IsLast, token.IsCancellationRequested));
        }

        Assert.Equal(Expected(server, new(new())), given);
        Assert.Single(waiting);
    }

    [Fact]
    public async Task The_other_end_requests_no_page_after_a_thread_that_has_been_given()
    {
        ListServer server = ListServer.Of(60);
        using ChatKitClient client = server.NewClient();
        TaskCompletionSource<bool> slow = new();
        int ofFarEnd = 0;
        PageFetch<ChatKitThread> fetch = async (page, exchanges, token) =>
        {
            if (page.Order == ChatKitOrder.Ascending && ++ofFarEnd == 2)
            {
                await slow.Task;
            }

            return await client.ListThreadsAsync(page, exchanges, token);
        };
        List<string> given = [];
        await foreach (StreamBatch<ChatKitThread> batch in ThreadStream.ReadAsync(fetch, new(new() { Limit = 10 }), new(2), Token))
        {
            given.AddRange(batch.Elements.Select(thread => thread.Id));
            if (given.Count > 45)
            {
                // The page that comes now has some of these, and the one after it would begin at one of them.
                slow.TrySetResult(true);
                Assert.Equal(2, ofFarEnd);
            }
        }

        Assert.Equal(Expected(server, new(new())), given);
    }

    [Fact]
    public void The_other_end_keeps_no_more_than_64_MiB()
    {
        int read = 0;
        async IAsyncEnumerable<StreamBatch<ChatKitThread>> Pages()
        {
            while (true)
            {
                await Task.CompletedTask;
                read++;
                yield return new([]) { Size = 16 << 20 };
            }
        }

        FarEnd<ChatKitThread> far = new(Pages(), new RequestSlots(1), 0, false);
        for (int i = 0; i < 10; i++)
        {
            far.Advance();
        }

        Assert.Equal(4, read);
    }

    internal static List<string> Expected(ListServer server, ListRange range)
    {
        bool isAscending = range.PageAfter(null, 0).Order == ChatKitOrder.Ascending;
        IEnumerable<(string Id, long Created, string User)> all = isAscending
            ? server.Threads
            : server.Threads.AsEnumerable().Reverse();
        return
        [
            .. all.Select(thread => (thread.Id, At: DateTimeOffset.FromUnixTimeSeconds(thread.Created).UtcDateTime))
                .Where(thread => !(thread.At <= range.CreatedAfter) &&
                    !(thread.At >= range.CreatedBefore)).Select(thread => thread.Id),
        ];
    }

    private static (List<string> Ids, TimeSpan Took) Read(ListServer server, ListRange range, int latency)
    {
        VirtualClock clock = new();
        using ChatKitClient client = server.NewClient();
        RequestSlots slots = new(2);
        OrderedMerge<bool, ChatKitThread> merge = new(slots, 0, default, clock);
        List<string> ids = [];
        clock.Run(async () =>
        {
            merge.Add(true, ThreadStream.ReadAsync<ChatKitThread>(
                async (page, exchanges, token) =>
                {
                    await clock.DelayAsync(TimeSpan.FromMilliseconds(latency), token);
                    return await client.ListThreadsAsync(page, exchanges, token);
                },
                range,
                slots));
            while (!merge.IsEmpty)
            {
                await merge.ReadyAsync();
                Assert.True(merge.TryTake(out _, out StreamBatch<ChatKitThread> batch));
                Assert.Null(batch.Failure);
                ids.AddRange(batch.Elements.Select(thread => thread.Id));
            }
        });
        return (ids, clock.Now);
    }
}
