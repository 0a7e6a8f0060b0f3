// What becomes of a pace: while nobody sends, after the limit is gone, and what is said of it.
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class PaceTests
{
    private readonly VirtualClock _clock = new();
    private readonly RequestGate _gate;
    private int _sent;

    public PaceTests() => _gate = new RequestGate(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private double Now => _clock.Now.TotalSeconds;

    [Fact]
    public void Is_forgotten_after_the_connection_has_been_idle_for_long() => _clock.Run(async () =>
    {
        await WorkAsync(64, 500, () => _sent > 40);
        await _clock.DelayAsync(TimeSpan.FromHours(1), Token);

        Assert.All(Enumerable.Range(0, 512), _ => Assert.True(_gate.EnterAsync(null, Token).IsCompleted));
    });

    [Fact]
    public void Rises_again_after_a_server_that_admitted_nothing() => _clock.Run(async () =>
    {
        await WorkAsync(16, 16, () => Now > 30);
        double start = Now;

        await WorkAsync(16, 2000, () => true);

        // At 160 a second it is 12.5 s.
        Assert.InRange(Now - start, 12, 15);
    });

    [Fact]
    public void Is_not_told_of_once_it_is_over() => _clock.Run(async () =>
    {
        await WorkAsync(16, 540, () => _sent is < 500 or > 520);
        Assert.NotNull(_gate.Waiting);

        await _clock.DelayAsync(TimeSpan.FromSeconds(11), Token);
        Assert.Null(_gate.Waiting);

        await WorkAsync(1, 100, () => true);
        Assert.Null(_gate.Waiting);
    });

    [Fact]
    public void Is_not_told_of_while_a_hint_holds_all() => _clock.Run(async () =>
    {
        Task work = WorkAsync(16, 16, () => Now > 60, TimeSpan.FromSeconds(60));
        await _clock.DelayAsync(TimeSpan.FromSeconds(2), Token);

        ChatKitWait wait = _gate.Waiting!;

        Assert.Null(wait.RequestsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(60), wait.Length);
        await work;
    });

    [Theory]
    [InlineData(48.2, 12, 60, "paced at 48 requests/s: the server refused 12 of the last 60")]
    [InlineData(9.96, 1, 8, "paced at 10 requests/s: the server refused 1 of the last 8")]
    [InlineData(1.04, 1, 1, "paced at 1 request/s: the server refused the last one")]
    [InlineData(2.25, 0, 60, "paced at 2.3 requests/s and rising: the server refused none of the last 60")]
    [InlineData(0.5, 30, 60, "paced at 30 requests/min: the server refused 30 of the last 60")]
    [InlineData(0.0166, 30, 60, "paced at 1 request/min: the server refused 30 of the last 60")]
    public void Is_told_of_in_words(double rate, int refused, int of, string reason) =>
        Assert.Equal(reason, ChatKitWait.Paced(_clock, rate, refused, of).Reason);

    /// <summary>So many requests, so many at a time, of which each takes a tenth of a second.</summary>
    private Task WorkAsync(int width, int work, Func<bool> isAdmitted, TimeSpan? hint = null)
    {
        RequestPacer pacer = new(_clock, _gate, 5, TimeSpan.FromMinutes(5), () => 0.5);
        ChatKitApiException refusal = new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429, RetryAfter = hint };
        async Task<Attempt<bool>> AttemptAsync()
        {
            _sent++;
            bool isGood = isAdmitted();
            await _clock.DelayAsync(TimeSpan.FromSeconds(0.1), Token);
            return new Attempt<bool>(isGood, isGood ? null : refusal, null);
        }

        async Task OneAfterTheOtherAsync()
        {
            while (work-- > 0)
            {
                await pacer.SendAsync(true, AttemptAsync, null, Token);
            }
        }

        return Task.WhenAll(Enumerable.Range(0, width).Select(_ => OneAfterTheOtherAsync()));
    }
}
