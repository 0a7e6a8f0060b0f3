// Several streams at a time: the order of the input, the limit, the bounds, and that no slot is idle, at any latency.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class OrderedMergeTests
{
    private const int PageSize = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The limit, the latency, and the pages of each stream: n times so many, and so on.</summary>
    [Theory]
    [InlineData(16, 20, "200x4")]
    [InlineData(16, 1, "200x4")]
    [InlineData(16, 1000, "400x1")]
    [InlineData(64, 50, "1000x1")]
    [InlineData(1, 20, "30x3")]
    [InlineData(8, 20, "1x40 300x1")]
    [InlineData(8, 20, "100x1 1x40 200x1")]
    [InlineData(4, 5, "3x9 50x1 5x3 1x20 80x2")]
    [InlineData(512, 20, "2000x1")]
    public void No_slot_is_idle_while_there_is_work(int limit, int latency, string streams)
    {
        foreach (double jitter in new[] { 0, 0.5 })
        {
            int[] pages = Pages(streams);
            Run run = new(limit, pages, latency, jitter);
            run.ToEnd();

            // What no order could do faster: all requests over all slots, or the longest stream with what must come
            // before it.
            double rounds = Math.Max((double)pages.Sum() / limit, pages.Max() + (jitter > 0 ? 2 : 0));
            Assert.InRange(
                run.Took.TotalMilliseconds / latency,
                Math.Floor(pages.Sum() / (double)limit * (1 - jitter)),
                ((rounds + 2) * 1.1) + (pages.Max() > 1 ? pages.Max() : 0));
            Assert.Equal(Math.Min(limit, pages.Length), run.MostInFlight);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1000)]
    public void A_stream_of_a_thousand_pages_neither_stops_a_thousand_short_ones_nor_fills_the_memory(int place)
    {
        List<int> pages = [.. Enumerable.Repeat(1, 1000)];
        pages.Insert(place, 1000);
        Run run = new(16, [.. pages], 20, 0);
        run.ToEnd();

        Assert.InRange(run.Took.TotalMilliseconds / 20, 1000, 1000 + (place / 16) + 2);
        Assert.InRange(run.MostAhead, 0, OrderedMerge<int, string>.MostAhead + (16 * PageSize));
        Assert.InRange(run.MostAheadOfOne, 0, OrderedMerge<int, string>.MostAheadOfOne + PageSize);

        // The short ones were done long before.
        Assert.InRange(run.LastShort.TotalMilliseconds / 20, 1, 200 + (place / 16));
    }

    [Fact]
    public void Streams_that_are_all_long_keep_within_the_bound()
    {
        Run run = new(16, Pages("40x500"), 20, 0.5);
        run.ToEnd();

        Assert.InRange(
            run.MostAhead,
            OrderedMerge<int, string>.MostAhead / 2,
            OrderedMerge<int, string>.MostAhead + (16 * PageSize));
    }

    [Fact]
    public void Streams_that_bring_nothing_are_open_behind_a_long_one_within_the_bound_too()
    {
        OrderedMerge<int, string> merge = new(new RequestSlots(512), 256, Token, new VirtualClock());
        merge.Add(0, Of(int.MaxValue));
        int open = 1;
        for (int pagesOfHead = 0; pagesOfHead < 40; pagesOfHead++)
        {
            while (merge.HasRoom)
            {
                merge.Add(open++, Of(1));
            }

            Assert.True(merge.TryTake(out int input, out _));
            Assert.Equal(0, input);
        }

        Assert.InRange(open, OrderedMerge<int, string>.MostAhead / 2048, OrderedMerge<int, string>.MostAhead / 900);

        static async IAsyncEnumerable<StreamBatch<string>> Of(int pages)
        {
            await Task.CompletedTask;
            for (int page = 1; page <= pages; page++)
            {
                yield return new([]) { IsLast = page == pages };
            }
        }
    }

    [Theory]
    [InlineData(3, 514)]
    [InlineData(0, 2)]
    public void Once_it_is_widened_more_are_open_behind_a_head_that_waits_unless_none_may_be_ahead(int ahead, int most)
    {
        OrderedMerge<int, string> merge = new(new RequestSlots(2), ahead, Token, new VirtualClock());
        int open = 0;
        Assert.Equal(2 + ahead, Fill());

        Assert.Equal(ahead > 0, merge.TryWiden());
        Assert.Equal(most, Fill());
        Assert.False(merge.TryWiden());

        int Fill()
        {
            for (; merge.HasRoom; open++)
            {
                merge.Add(open, Waiting());
            }

            return open;
        }

        static async IAsyncEnumerable<StreamBatch<string>> Waiting()
        {
            await new TaskCompletionSource<bool>().Task;
            yield break;
        }
    }

    [Fact]
    public async Task Whatever_comes_when_the_order_is_that_of_the_input_and_the_head_waits_for_no_other()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260814, 1000003);
        Arbitrary<int> seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        await Task.Run(() => Check.One(config, Prop.ForAll(seeds, CheckSchedule)), Token);
    }

    [Fact]
    public void Slots_that_are_shared_are_shared_and_whoever_was_first_is_first()
    {
        VirtualClock clock = new();
        RequestSlots slots = new(3);
        int inFlight = 0;
        int most = 0;
        List<string> order = [];
        OrderedMerge<int, string> first = new(slots, 0, Token, clock);
        OrderedMerge<int, string> second = new(slots, 0, Token, clock);
        clock.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                second.Add(i, Answer((_, _) => SendAsync("second")));
                first.Add(i, Answer((_, _) => SendAsync("first")));
            }

            foreach (OrderedMerge<int, string> merge in new[] { first, second })
            {
                while (!merge.IsEmpty)
                {
                    await merge.ReadyAsync();
                    merge.TryTake(out _, out _);
                }
            }
        });

        Assert.Equal(3, most);
        Assert.Equal(20, order.Take(22).Count(name => name == "first"));
        Assert.Equal(40, order.Count);

        async Task<string> SendAsync(string name)
        {
            order.Add(name);
            most = Math.Max(most, ++inFlight);
            await clock.DelayAsync(TimeSpan.FromSeconds(1), Token);
            inFlight--;
            return name;
        }
    }

    [Fact]
    public void Many_answers_that_are_there_at_once_take_no_stack()
    {
        OrderedMerge<int, int> merge = new(new RequestSlots(4), 100_000, Token);
        for (int i = 0; i < 5_000; i++)
        {
            int number = i;
            merge.Add(i, Answer((_, _) => Task.FromResult(number)));
        }

        for (int i = 0; i < 5_000; i++)
        {
            Assert.True(merge.TryTake(out int input, out StreamBatch<int> batch));
            Assert.Equal((i, i), (input, Assert.Single(batch.Elements)));
        }
    }

    [Fact]
    public async Task What_is_abandoned_leaves_no_exception_that_nobody_observed()
    {
        const string Marker = "abandoned and failed";
        List<string> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) =>
            unobserved.AddRange(e.Exception.Flatten().InnerExceptions.Select(inner => inner.Message));
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            TaskCompletionSource<bool> fail = new();
            await AbandonAsync(fail);
            fail.SetResult(true);
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(Marker, unobserved);

        static async Task AbandonAsync(TaskCompletionSource<bool> fail)
        {
            ListServer server = ListServer.Of(1000);
            using ChatKitClient client = server.NewClient();
            int asked = 0;
            PageFetch<ChatKitThread> fetch = async (page, exchanges, token) =>
            {
                if (++asked > 6)
                {
                    await fail.Task;
                    throw new InvalidOperationException(Marker);
                }

                return await client.ListThreadsAsync(page, exchanges, token);
            };
            int taken = 0;
            await foreach (ChatKitThread thread in ElementStream.ReadAsync(
                slots => ThreadStream.ReadAsync(fetch, new(new() { Limit = 10 }), slots), Token))
            {
                if (++taken == 35)
                {
                    break;
                }
            }

            Assert.InRange(asked, 7, 8);
        }
    }

    /// <summary>Streams of any length, answered in any order, and taken at any moment.</summary>
    private static void CheckSchedule(int seed)
    {
        Random random = new(seed);
        int limit = random.Next(1, 6);
        int ahead = random.Next(0, 4);
        int[] pages =
            [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(4) == 0 ? random.Next(1, 30) : 1)];
        RequestSlots slots = new(limit);
        OrderedMerge<int, string> merge = new(slots, ahead, default, new VirtualClock());
        List<(int Stream, TaskCompletionSource<bool> Turn)> inFlight = [];
        List<string> given = [];
        int added = 0;
        int head = 0;
        int takenOfHead = 0;
        while (added < pages.Length || !merge.IsEmpty)
        {
            while (added < pages.Length && merge.HasRoom && random.Next(3) > 0)
            {
                merge.Add(added, Stream(added));
                added++;
                Assert.InRange(added - head, 1, limit + ahead + (limit * Math.Max(0, takenOfHead - 1)));
            }

            while (random.Next(3) > 0 && merge.TryTake(out int input, out StreamBatch<string> batch))
            {
                Assert.Equal(head, input);
                given.AddRange(batch.Elements);
                (head, takenOfHead) = batch.IsLast ? (head + 1, 0) : (head, takenOfHead + 1);
            }

            Assert.InRange(inFlight.Count, 0, limit);
            Assert.Equal(inFlight.Count, inFlight.Select(request => request.Stream).Distinct().Count());
            if (inFlight.Count > 0)
            {
                (int Stream, TaskCompletionSource<bool> Turn) next = inFlight[random.Next(inFlight.Count)];
                inFlight.Remove(next);
                next.Turn.SetResult(true);

                // A slot has been free: if the head could use one, it has it.
                Assert.True(merge.IsEmpty || merge.ReadyAsync().IsCompleted ||
                    inFlight.Any(request => request.Stream == head));
            }
        }

        Assert.Equal(
            pages.SelectMany((count, stream) => Enumerable.Range(0, count).Select(page => $"{stream}.{page}")), given);

        async IAsyncEnumerable<StreamBatch<string>> Stream(int stream)
        {
            for (int page = 0; page < pages[stream]; page++)
            {
                TaskCompletionSource<bool> turn = new();
                inFlight.Add((stream, turn));
                await turn.Task.ConfigureAwait(false);
                yield return new([$"{stream}.{page}"]) { IsLast = page == pages[stream] - 1, Size = 300_000 };
            }
        }
    }

    private static IAsyncEnumerable<StreamBatch<T>> Answer<T>(
        Func<IProgress<ChatKitExchange>, CancellationToken, Task<T>> send) =>
        SingleRequestStream.ReadAsync(send, Token);

    private static int[] Pages(string streams) =>
        [.. streams.Split(' ').Select(part => part.Split('x')).SelectMany(
            part => Enumerable.Repeat(Number(part[1]), Number(part[0])))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Streams of so many pages, over a way of a latency, taken as they come.</summary>
    private sealed class Run(int limit, int[] pages, int latency, double jitter)
    {
        private readonly VirtualClock _clock = new();
        private readonly Random _random = new(7);
        private readonly long[] _ahead = new long[pages.Length];
        private int _inFlight;
        private int _head;

        public TimeSpan Took => _clock.Now;

        /// <summary>When the last stream of a single page had come.</summary>
        public TimeSpan LastShort { get; private set; }

        public int MostInFlight { get; private set; }

        public long MostAhead { get; private set; }

        public long MostAheadOfOne { get; private set; }

        public void ToEnd() => _clock.Run(async () =>
        {
            OrderedMerge<int, string> merge = new(new RequestSlots(limit), limit / 2, default, _clock);
            int added = 0;
            while (added < pages.Length || !merge.IsEmpty)
            {
                while (added < pages.Length && merge.HasRoom)
                {
                    merge.Add(added, StreamAsync(added));
                    added++;
                }

                await merge.ReadyAsync();
                Assert.True(merge.TryTake(out int input, out StreamBatch<string> batch));
                Assert.Equal(_head, input);
                _ahead[input] -= batch.Size;
                _head += batch.IsLast ? 1 : 0;
            }
        });

        private async IAsyncEnumerable<StreamBatch<string>> StreamAsync(int stream)
        {
            for (int page = 0; page < pages[stream]; page++)
            {
                MostInFlight = Math.Max(MostInFlight, ++_inFlight);
                await _clock.DelayAsync(
                    TimeSpan.FromMilliseconds(latency * (1 + (jitter * ((2 * _random.NextDouble()) - 1)))),
                    default).ConfigureAwait(false);
                _inFlight--;
                _ahead[stream] += stream == _head ? 0 : PageSize;
                MostAhead = Math.Max(MostAhead, _ahead.Sum());
                MostAheadOfOne = Math.Max(MostAheadOfOne, _ahead[stream]);
                LastShort = pages[stream] == 1 ? _clock.Now : LastShort;
                yield return new([""]) { IsLast = page == pages[stream] - 1, Size = stream == _head ? 0 : PageSize };
            }
        }
    }
}
