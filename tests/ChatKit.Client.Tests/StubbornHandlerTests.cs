// Handlers that do not end when they are told to, or end with something odd. Mono's own is one: rarely, but for ever.
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class StubbornHandlerTests
{
    private const int Hung = 60_000;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact(Timeout = Hung)]
    public async Task A_handler_that_never_ends_is_left_when_the_time_is_up()
    {
        StubbornHandler handler = new(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        using ChatKitClient client = new(Options(Soon), handler);

        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken));

        Assert.Equal((ChatKitErrorKind.TimedOut, true), (failure.Kind, failure.MayHaveBeenCarriedOut));
    }

    [Fact(Timeout = Hung)]
    public async Task A_handler_that_never_ends_is_left_when_the_call_is_cancelled()
    {
        using CancellationTokenSource caller =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        StubbornHandler handler = new(_ =>
        {
            caller.Cancel();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        });
        using ChatKitClient client = new(Options(Hour), handler);

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetThreadAsync("cthr_1", null, caller.Token));

        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact(Timeout = Hung)]
    public async Task A_handler_that_never_ends_gives_its_turn_back()
    {
        int asked = 0;
        StubbornHandler handler = new(_ => ++asked <= 600
            ? new TaskCompletionSource<HttpResponseMessage>().Task
            : Task.FromResult(FakeServer.Response("""{"id":"cthr_1"}"""u8.ToArray())));
        using ChatKitClient client = new(Options(Hour), handler);
        for (int i = 0; i < 600; i++)
        {
            using CancellationTokenSource caller = new();
            Task<ChatKitThread> call = client.GetThreadAsync("cthr_1", null, caller.Token);
            caller.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        Assert.Equal("cthr_1", (await client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken)).Id);
    }

    [Fact(Timeout = Hung)]
    public async Task A_body_that_never_ends_is_left_when_the_time_is_up()
    {
        StubbornHandler handler =
            new(_ => Task.FromResult(FakeServer.Response(new StreamContent(new StubbornStream()))));
        using ChatKitClient client = new(Options(Soon), handler);

        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken));

        Assert.Equal((ChatKitErrorKind.TimedOut, 200), (failure.Kind, failure.StatusCode));
    }

    [Fact(Timeout = Hung)]
    public async Task A_response_that_comes_too_late_is_disposed_of()
    {
        TaskCompletionSource<HttpResponseMessage> late = new();
        StubbornHandler handler = new(_ => late.Task);
        using ChatKitClient client = new(Options(Soon), handler);
        await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken));
        using MemoryStream body = new();

        late.SetResult(FakeServer.Response(new StreamContent(body)));

        Assert.False(body.CanRead);
    }

    [Theory(Timeout = Hung)]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(HttpRequestException))]
    public async Task Whatever_a_handler_throws_at_the_time_limit_is_the_time_limit(Type thrown)
    {
        using ChatKitClient client = new(Options(Soon), new StubbornHandler(token => ThrowAtEndAsync(thrown, token)));

        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken));

        Assert.Equal(ChatKitErrorKind.TimedOut, failure.Kind);
    }

    [Theory(Timeout = Hung)]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(HttpRequestException))]
    public async Task Whatever_a_handler_throws_once_the_call_is_cancelled_is_the_cancellation(Type thrown)
    {
        using CancellationTokenSource caller = new();
        using ChatKitClient client = new(Options(Hour), new StubbornHandler(token =>
        {
            Task<HttpResponseMessage> response = ThrowAtEndAsync(thrown, token);
            caller.Cancel();
            return response;
        }));

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetThreadAsync("cthr_1", null, caller.Token));

        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    private static ChatKitClientOptions Options(TimeSpan timeout) =>
        new() { ApiKey = FakeServer.Key, MaximumRetryCount = 0, Timeout = timeout };

    private static async Task<HttpResponseMessage> ThrowAtEndAsync(Type thrown, CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        catch (OperationCanceledException) when (thrown == typeof(ObjectDisposedException))
        {
            throw new ObjectDisposedException("body");
        }
        catch (OperationCanceledException)
        {
            throw (Exception)Activator.CreateInstance(thrown)!;
        }

        throw new InvalidOperationException();
    }

    private sealed class StubbornHandler(Func<CancellationToken, Task<HttpResponseMessage>> send) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            send(cancellationToken);
    }

    private sealed class StubbornStream : MemoryStream
    {
        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            new TaskCompletionSource<int>().Task;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
