// The clocks: the system's is never early, and a test's goes from one wait to the next in an order that is always the
// same.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

public class ClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_system_is_never_early()
    {
        for (int i = 0; i < 20; i++)
        {
            TimeSpan length = TimeSpan.FromTicks(3_001 * i);
            TimeSpan start = Clock.System.Now;
            await Clock.System.DelayAsync(length, Token);
            Assert.True(Clock.System.Now - start >= length);
        }
    }

    [Fact]
    public async Task Of_the_system_ends_a_wait_by_its_token_however_long_it_is()
    {
        using CancellationTokenSource impatience = new();
        Task wait = Clock.System.DelayAsync(TimeSpan.FromDays(400), impatience.Token);
        Assert.False(wait.IsCompleted);

        impatience.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Of_a_test_takes_hours_in_no_time_and_in_order()
    {
        VirtualClock clock = new();
        List<int> order = [];
        async Task WaitAsync(int hours)
        {
            await clock.DelayAsync(TimeSpan.FromHours(hours), Token);
            order.Add(hours);
        }

        clock.Run(() => Task.WhenAll(WaitAsync(3), WaitAsync(1), WaitAsync(2), WaitAsync(1)));

        Assert.Equal("1, 1, 2, 3", string.Join(", ", order));
        Assert.Equal(TimeSpan.FromHours(3), clock.Now);
    }

    [Fact]
    public void Of_a_test_says_so_where_nothing_will_ever_come()
    {
        VirtualClock clock = new();
        TaskCompletionSource<bool> never = new();

        Assert.Throws<InvalidOperationException>(() => clock.Run(() => never.Task));
    }

    [Fact]
    public void Of_a_test_ends_a_wait_by_its_token()
    {
        VirtualClock clock = new();
        using CancellationTokenSource impatience = new();
        Task wait = clock.DelayAsync(TimeSpan.FromHours(1), impatience.Token);
        clock.Post(impatience.Cancel);

        Assert.ThrowsAny<OperationCanceledException>(() => clock.Run(() => wait));
        Assert.Equal(TimeSpan.Zero, clock.Now);
    }
}
