// Limits so slow that many requests at a time have minutes to wait, by the same simulation as the matrix.
using System.Linq;

namespace ChatKit.Tests;

public class SlowLimitTests
{
    [Fact]
    public void Is_not_run_at_by_all_who_wait_out_the_same_hint()
    {
        // The server says when all ten are there again, so all 512 come back together.
        Condition condition = new()
        {
            Kind = "bucket",
            Name = "1/s burst 10",
            Limiter = _ => new TokenBucket(1, 10),
            Latency = 0.1,
            Hint = Hint.RateLimitHeaders,
            Width = 512,
            Work = 700,
        };

        Simulation simulation = new Simulation(condition).Run();

        Assert.InRange(simulation.Sent, 700, 1400);
    }

    [Fact]
    public void Lets_nobody_wait_beyond_the_budget_while_others_pass()
    {
        // One a second, and 512 at once: the last would have its turn after 512 seconds.
        Simulation simulation = new Simulation(new()
        {
            Kind = "bucket",
            Name = "1/s",
            Limiter = _ => new TokenBucket(1, 1),
            Latency = 0.1,
            Width = 512,
            Work = 512,
        }).Run();

        Assert.InRange(simulation.Longest, 250, 300.2);
        Assert.InRange(simulation.Admitted[0].Sum(), 200, 300);
    }
}
