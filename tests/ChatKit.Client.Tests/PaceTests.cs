// What becomes of a pace: while nobody sends, and after the limit is gone.
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

    /// <summary>So many requests, so many at a time, of which each takes a tenth of a second.</summary>
    private Task WorkAsync(int width, int work, Func<bool> isAdmitted)
    {
        RequestPacer pacer = new(_clock, _gate, 5, TimeSpan.FromMinutes(5), () => 0.5);
        ChatKitApiException refusal = new(ChatKitErrorKind.RateLimited, "") { StatusCode = 429 };
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
