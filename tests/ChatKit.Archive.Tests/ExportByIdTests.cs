// Threads by id.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ExportByIdTests
{
    [Fact]
    public async Task Each_id_is_fetched_once_and_in_the_order_of_the_ids()
    {
        using Site site = Site.Of(5);
        ChatKitArchiveExportResult result =
            await site.ExportAsync(options => options.Ids = ["cthr_2", "cthr_5", "cthr_2", "cthr_1"]);
        Assert.Equal(["cthr_2", "cthr_5", "cthr_1"], site.Lines().Select(line => line.Split('"')[5]));
        Assert.Equal(
            (3, 1, 4, 4, true),
            (result.Run.Written, result.Run.Skipped, result.Run.Done, result.Run.Total, result.Manifest.Complete));
        Assert.True(result.Manifest.Query.ById);
        site.AssertHolds("cthr_1", "cthr_2", "cthr_5");
    }

    [Fact]
    public void At_least_one_thread_is_fetched_at_a_time()
    {
        using Site site = Site.Of(1);
        Assert.Throws<System.ArgumentOutOfRangeException>(() => site.Export(options => options.ThrottleLimit = 0));
    }

    [Fact]
    public async Task Further_runs_bring_other_ids_and_ask_for_no_thread_that_is_there()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync(options => options.Ids = ["cthr_1"]);
        site.Requests.Clear();
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Ids = ["cthr_1", "cthr_3"]);
        Assert.Equal(
            (1, 1, 2, true),
            (result.Run.Written, result.Run.Skipped, result.Manifest.Threads, result.Manifest.Complete));
        Assert.DoesNotContain(site.Requests, path => path.Contains("cthr_1", System.StringComparison.Ordinal));
        Assert.Empty(ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Problems);
    }

    [Theory]
    [InlineData("cthr_none", ChatKitErrorKind.NotFound)]
    [InlineData("", ChatKitErrorKind.InvalidId)]
    [InlineData(null, ChatKitErrorKind.InvalidId)]
    [InlineData("..", ChatKitErrorKind.InvalidId)]
    public async Task An_id_that_is_none_fails_until_it_is_left_out(string? id, ChatKitErrorKind kind)
    {
        using Site site = Site.Of(2);
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Ids = ["cthr_1", id]);
        ChatKitArchiveExportFailure failure = Assert.Single(site.Failures);
        Assert.Equal((id, kind), (failure.Id, Assert.IsType<ChatKitApiException>(failure.Exception).Kind));
        Assert.Equal((1, 1, false), (result.Run.Written, result.Run.Failed, result.Manifest.Complete));
        Assert.Equal(
            ChatKitArchiveProblemKind.FailedThread,
            ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Problems[0].Kind);

        result = await site.ExportAsync(options => options.Ids = ["cthr_2"]);
        Assert.Empty(site.Failures);
        Assert.True(result.Manifest.Complete);
        site.AssertHolds("cthr_1", "cthr_2");
    }

    /// <summary>An attribute cannot hold such a string.</summary>
    [Fact]
    public Task Half_a_character_is_no_id() =>
        An_id_that_is_none_fails_until_it_is_left_out("half \ud83e", ChatKitErrorKind.InvalidId);

    [Fact]
    public async Task An_id_that_failed_is_tried_again_by_the_next_run_whatever_its_ids()
    {
        using Site site = Site.Of(2);
        site.Fault = path =>
            Task.FromResult(path.Contains("cthr_1", System.StringComparison.Ordinal) ? Site.Status(500) : null);
        await site.ExportAsync(options => options.Ids = ["cthr_1"]);
        site.Fault = null;
        ChatKitArchiveExportResult result = await site.ExportAsync(options => options.Ids = ["cthr_2"]);
        Assert.Equal((2, true), (result.Run.Written, result.Manifest.Complete));
        site.AssertHolds("cthr_1", "cthr_2");
    }

    [Fact]
    public async Task Ids_are_asked_for_only_as_there_is_room()
    {
        using Site site = Site.Of(100);
        int asked = 0;
        TaskCompletionSource go = new();
        site.Fault = async _ =>
        {
            await go.Task;
            return null;
        };
        Task<ChatKitArchiveExportResult> export =
            site.ExportAsync(options => (options.ThrottleLimit, options.Ids) = (3, Ids()));
        while (Volatile.Read(ref asked) < 4)
        {
            await Task.Yield();
        }

        Assert.Equal(4, asked);
        go.SetResult();
        Assert.Equal(100, (await export).Run.Written);

        IEnumerable<ChatKitExportTarget> Ids()
        {
            foreach (string id in site.Ids)
            {
                Interlocked.Increment(ref asked);
                yield return id;
            }
        }
    }

    [Fact]
    public async Task A_thread_that_is_given_as_such_is_not_asked_for_again()
    {
        using Site site = Site.Of(3);
        using ChatKitClient client = new(new() { ApiKey = Site.Key, BaseUri = Emulator.ChatKitEmulator.BaseUri }, site);
        ChatKitThread thread = await client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken);
        site.Requests.Clear();

        await site.ExportAsync(
            options => options.Ids = [new("cthr_1", thread), new("cthr_2", new ChatKitThread()), "cthr_3"]);

        Assert.DoesNotContain("threads/cthr_1", site.Requests);
        Assert.Contains("threads/cthr_2", site.Requests);
        Assert.Contains("threads/cthr_3", site.Requests);
        site.AssertWhole();
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_the_limit_says_whatever_they_are_for()
    {
        foreach (int limit in new[] { 1, 2, 5 })
        {
            using Site site = new();
            for (int i = 1; i <= 450; i++)
            {
                site.Add($"cthr_{i}", i, i % 100 == 0 ? 250 : 1, $"user_{i % 3}");
            }

            int now = 0;
            int most = 0;
            site.Fault = async _ =>
            {
                int count = Interlocked.Increment(ref now);
                lock (site)
                {
                    most = System.Math.Max(most, count);
                }

                await Task.Yield();
                Interlocked.Decrement(ref now);
                return null;
            };
            await site.ExportAsync(options => (options.ThrottleLimit, options.Users) = (limit, limit == 5 ? null : ["user_0", "user_1", "user_2"]));
            Assert.InRange(most, 1, limit);
            site.AssertWhole();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_whose_next_id_does_not_come_can_be_cancelled_and_what_came_is_there()
    {
        using Site site = Site.Of(2);
        using BlockingCollection<ChatKitExportTarget> ids = ["cthr_2"];
        using CancellationTokenSource cancelling = new();
        ChatKitArchiveExport export = site.Export(options => options.Ids = ids.GetConsumingEnumerable());
        Task<ChatKitArchiveExportResult> run = export.RunAsync(null, cancelling.Token);
        while (export.Progress.Written < 1)
        {
            await Task.Yield();
        }

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<System.OperationCanceledException>(() => run);
        ids.CompleteAdding();
        site.AssertHolds("cthr_2");
        Assert.False(ChatKitArchiveManifest.Read(site.Folder).Complete);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ids_that_fail_after_the_run_was_cancelled_leave_no_exception_that_nobody_observed()
    {
        const string Marker = "cancelled and failed";
        using Site site = Site.Of(1);
        List<string> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) =>
            unobserved.AddRange(e.Exception.Flatten().InnerExceptions.Select(inner => inner.Message));
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await CancelAsync();
            for (int i = 0; i < 20; i++)
            {
                await Task.Yield();
                System.GC.Collect();
                System.GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(Marker, unobserved);

        async Task CancelAsync()
        {
            using CancellationTokenSource cancelling = new();
            using ManualResetEventSlim fail = new();
            TaskCompletionSource failed = new();
            Task run = site.ExportAsync(options => options.Ids = Ids(), cancelling.Token);
            await Assert.ThrowsAnyAsync<System.OperationCanceledException>(() => run);
            fail.Set();
            await failed.Task;

            IEnumerable<ChatKitExportTarget> Ids()
            {
                cancelling.Cancel();
                fail.Wait(TestContext.Current.CancellationToken);
                failed.SetResult();
                throw new System.InvalidOperationException(Marker);
#pragma warning disable CS0162 // Without it, this is no iterator.
                yield break;
#pragma warning restore CS0162
            }
        }
    }

    [Fact]
    public async Task An_id_that_is_gone_by_now_is_noted_and_not_a_failure_where_the_archive_has_it()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync(options => options.Ids = ["cthr_1", "cthr_2"]);
        site.Remove("cthr_1");
        ChatKitArchiveExportResult result =
            await site.ExportAsync(options => (options.Update, options.Ids) = (true, ["cthr_1", "cthr_2"]));
        Assert.Equal(
            (1, 1, 1, 0, true),
            (result.NewlyGone, result.Run.NotThere, result.Run.Unchanged, result.Run.Failed, result.Manifest.Complete));
        Assert.Equal(["cthr_1"], result.Manifest.Gone);
        Assert.Equal(2, result.Manifest.Threads);

        site.Add("cthr_1", 1_000_001, 1);
        result = await site.ExportAsync(options => (options.Update, options.Ids) = (true, ["cthr_1"]));
        Assert.Empty(result.Manifest.Gone);
    }
}
