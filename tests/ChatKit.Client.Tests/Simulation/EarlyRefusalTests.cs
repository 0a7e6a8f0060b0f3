// A server whose throttling responses return sooner than the responses of requests that it admitted before.
using System.Linq;

namespace ChatKit.Tests;

public class EarlyRefusalTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    [InlineData(0.3, false)]
    public void Of_a_server_that_admits_the_others_cost_little_whatever_they_ask_to_wait(
        double way, bool isLongTailed) =>
        Assert.All(Enumerable.Range(1, isLongTailed ? 20 : 1), seed =>
        {
            Simulation simulation = new Simulation(new()
            {
                Kind = "early",
                Name = "200/s burst 50",
                Limiter = _ => new TokenBucket(200, 50),
                Latency = 0.1,
                Way = way,
                IsLongTailed = isLongTailed,
                Hint = Hint.WholeSeconds,
                Is503 = true,
                Width = 64,
                Work = 4000,
                Seed = seed,
            }).Run();

            Assert.InRange(simulation.Ratio, 0.99, 1.1);
            Assert.InRange(simulation.RefusedShare, 0, 0.05);
        });
}
