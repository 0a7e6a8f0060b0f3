// A list of threads that others change while it is read from both ends.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class ThreadStreamChangeTests
{
    [Fact]
    public async Task While_others_change_the_list_and_the_reader_deletes_nothing_that_stays_is_missing_and_nothing_comes_twice()
    {
        // The same lists every time; a failure prints the seed of its own.
        Config config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260814, 1000003);
        Arbitrary<int> seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        int met = 0;
        await Task.Run(
            () => Check.One(config, Prop.ForAll(seeds, seed => met += ReadWhileItChanges(seed) ? 1 : 0)),
            TestContext.Current.CancellationToken);

        // In many of them the two ends did meet.
        Assert.InRange(met, 500, 2000);
    }

    /// <summary>
    /// Reads a list of which requests are answered in any order, with changes between any two. Gives whether it came to
    /// its end before the near end did.
    /// </summary>
    private static bool ReadWhileItChanges(int seed)
    {
        Random random = new(seed);
        ListServer server = ListServer.Of(random.Next(80), perSecond: random.Next(1, 5));
        server.IsUnstable = random.Next(4) == 0;
        int limit = random.Next(1, 8);
        ChatKitOrder order = random.Next(2) == 0 ? ChatKitOrder.Ascending : ChatKitOrder.Descending;
        ListRange range = new(new() { Limit = limit, Order = order })
        {
            CreatedAfter = random.Next(3) == 0 ? ListServer.Second(random.Next(40)) : null,
            CreatedBefore = random.Next(3) == 0 ? ListServer.Second(random.Next(80)) : null,
        };
        List<string> stayed = ThreadStreamTests.Expected(server, range);
        using ChatKitClient client = server.NewClient();
        RequestSlots slots = new(random.Next(1, 4));
        OrderedMerge<bool, ChatKitThread> merge = new(slots, 0, default, new VirtualClock());
        List<TaskCompletionSource<bool>> waiting = [];
        string? cursor = null;
        bool isNearDone = false;
        merge.Add(true, ThreadStream.ReadAsync<ChatKitThread>(AskAsync, range, slots));

        List<string> given = [];
        while (!merge.IsEmpty)
        {
            while (merge.TryTake(out _, out StreamBatch<ChatKitThread> batch))
            {
                Assert.Null(batch.Failure);
                foreach (ChatKitThread thread in batch.Elements)
                {
                    given.Add(thread.Id);
                    if (random.Next(3) > 0)
                    {
                        server.Remove(thread.Id);
                    }
                }
            }

            Change();
            if (waiting.Count > 0)
            {
                TaskCompletionSource<bool> next = waiting[random.Next(waiting.Count)];
                waiting.Remove(next);
                next.SetResult(true);
            }
        }

        Assert.Equal(given.Distinct(), given);
        Assert.Equal(stayed, server.IsUnstable ? stayed.Intersect(given) : given.Intersect(stayed));
        return !isNearDone;

        async Task<ChatKitPage<ChatKitThread>> AskAsync(
            ChatKitListOptions page, IProgress<ChatKitExchange>? exchanges, CancellationToken token)
        {
            bool isNear = page.Order == (range.FromFarEnd()
                .PageAfter(null, 0).Order == ChatKitOrder.Ascending ? ChatKitOrder.Descending : ChatKitOrder.Ascending);
            cursor = isNear ? page.After : cursor;
            TaskCompletionSource<bool> turn = new();
            waiting.Add(turn);
            await turn.Task.ConfigureAwait(false);
            ChatKitPage<ChatKitThread> answer =
                await client.ListThreadsAsync(page, exchanges, token).ConfigureAwait(false);
            isNearDone |= isNear && !answer.HasMore;
            return answer;
        }

        void Change()
        {
            for (int i = random.Next(4); i > 0; i--)
            {
                int place = random.Next(server.Threads.Count + 1);
                if (random.Next(2) == 0)
                {
                    server.Insert(random.Next(3) switch { 0 => 0, 1 => server.Threads.Count, _ => place });
                }
                else if (place < server.Threads.Count && server.Threads[place].Id is { } id && id != cursor)
                {
                    server.Remove(id);
                    stayed.Remove(given.Contains(id) ? "" : id);
                }
            }
        }
    }
}
