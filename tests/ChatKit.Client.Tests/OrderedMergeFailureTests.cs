// Several streams at a time, of which some fail: what becomes of the others.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Tests;

public class OrderedMergeFailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_fails_is_one_failure_and_the_rest_goes_on()
    {
        OrderedMerge<int, string> merge = new(new RequestSlots(2), 1, Token);
        merge.Add(1, Answer((_, _) => Task.FromResult("a")));
        merge.Add(2, Answer<string>((_, _) => throw new InvalidOperationException("at once")));
        merge.Add(3, Answer<string>((_, _) => Task.FromException<string>(new TimeoutException("later"))));
        merge.Add(4, Broken());
        merge.Add(5, Nothing());
        merge.Add(6, Answer((_, _) => Task.FromResult("b")));

        List<string> seen = [];
        while (!merge.IsEmpty)
        {
            await merge.ReadyAsync();
            Assert.True(merge.TryTake(out int input, out StreamBatch<string> batch));
            seen.Add($"{input}{string.Concat(batch.Elements)}{batch.Failure?.Message}");
        }

        Assert.Equal(["1a", "2at once", "3later", "4c", "4broken", "5", "6b"], seen);

        static async IAsyncEnumerable<StreamBatch<string>> Broken()
        {
            await Task.CompletedTask;
            yield return new(["c"]);
            throw new InvalidOperationException("broken");
        }

        static async IAsyncEnumerable<StreamBatch<string>> Nothing()
        {
            await Task.CompletedTask;
            yield break;
        }
    }

    [Fact]
    public async Task A_connection_that_is_lost_fails_what_is_not_begun_and_sends_nothing_for_it()
    {
        List<int> sent = [];
        TaskCompletionSource<string> slow = new();
        ChatKitApiException lost = new(ChatKitErrorKind.Unauthorized, "lost") { IsOfConnection = true };
        OrderedMerge<int, string> merge = new(new RequestSlots(2), 10, Token);
        merge.Add(1, Answer((_, _) => SendAsync(1, slow.Task)));
        merge.Add(2, Answer((_, _) => SendAsync(2, Task.FromException<string>(lost))));
        merge.Add(3, Answer((_, _) => SendAsync(3, Task.FromResult("c"))));
        merge.Add(4, Answer((_, _) => SendAsync(4, Task.FromResult("d"))));
        Assert.False(merge.TryTake(out _, out _));
        slow.SetResult("a");

        List<string> seen = [];
        while (!merge.IsEmpty)
        {
            await merge.ReadyAsync();
            Assert.True(merge.TryTake(out int input, out StreamBatch<string> batch));
            Assert.True(batch.IsLast);
            seen.Add($"{input}{string.Concat(batch.Elements)}{batch.Failure?.Message}");
        }

        Assert.Equal(["1a", "2lost", "3lost", "4lost"], seen);
        Assert.Equal([1, 2], sent);

        Task<string> SendAsync(int input, Task<string> answer)
        {
            sent.Add(input);
            return answer;
        }
    }

    private static IAsyncEnumerable<StreamBatch<T>> Answer<T>(
        Func<IProgress<ChatKitExchange>, CancellationToken, Task<T>> send) =>
        SingleRequestStream.ReadAsync(send, Token);
}
