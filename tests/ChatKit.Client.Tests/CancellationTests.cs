// Calls that the caller or the client ends: over loopback sockets, whatever the server does.
using System;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Tests;

public class CancellationTests
{
    // Only a client that hangs takes so long.
    private const int Hung = 60_000;

    [Fact(Timeout = Hung)]
    public async Task A_call_that_was_ended_before_it_began_sends_nothing()
    {
        using SocketServer server = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => server.GetUntilAsync(new CancellationToken(true)));

        Assert.Empty(server.Heads);
    }

    [Fact(Timeout = Hung)]
    public async Task A_client_that_is_closed_ends_its_calls()
    {
        TaskCompletionSource<bool> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using SocketServer server = new((_, token) =>
        {
            asked.SetResult(true);
            return Task.Delay(Timeout.Infinite, token);
        });
        ChatKitClient client = new(server.Options);

        Task<ChatKitThread> call = client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken);
        await asked.Task;
        client.Dispose();

        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(() => call);
        Assert.Equal(ChatKitErrorKind.ConnectionFailed, failure.Kind);
        Assert.True(failure.MayHaveBeenCarriedOut);
        ChatKitApiException later = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken));
        Assert.Equal((ChatKitErrorKind.ConnectionFailed, false), (later.Kind, later.MayHaveBeenCarriedOut));
    }

    [Fact(Timeout = Hung)]
    public async Task A_client_that_is_closed_ends_a_call_that_waits_to_be_sent_again()
    {
        FakeServer server = new("", 500, "retry-after: 200");
        server.Options.MaximumRetryCount = 5;
        ChatKitClient client = new(server.Options, server);

        Task<ChatKitThread> call = client.GetThreadAsync("cthr_1", null, TestContext.Current.CancellationToken);
        client.Dispose();

        Assert.Equal(
            ChatKitErrorKind.ConnectionFailed, (await Assert.ThrowsAsync<ChatKitApiException>(() => call)).Kind);
    }

    [Fact(Timeout = Hung)]
    public async Task A_call_that_is_cancelled_is_told_of_and_carries_the_token_of_its_caller()
    {
        using CancellationTokenSource stopping = new();
        using SocketServer server = new((_, token) =>
        {
            stopping.Cancel();
            return Task.Delay(Timeout.Infinite, token);
        });
        using ChatKitClient client = new(server.Options);
        ExchangeRecorder exchanges = new();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetThreadAsync("cthr_1", exchanges, stopping.Token));

        Assert.Equal(stopping.Token, cancelled.CancellationToken);
        Assert.Equal("cancelled", Assert.Single(exchanges).Failure);
    }
}
