// The line of the requests that wait at the gate: whoever may wait least stands first.
using System;
using System.Collections.Generic;
using System.Linq;
using ChatKit.Http;

namespace ChatKit.Tests;

public class GateQueueTests
{
    [Fact]
    public void Whoever_gives_up_first_stands_first_and_of_equals_who_came_first()
    {
        Random random = new(7);
        for (int round = 0; round < 500; round++)
        {
            GateQueue line = new();
            List<GateWaiter> waiters = [];
            for (int i = random.Next(30); i > 0; i--)
            {
                GateWaiter waiter = new(TimeSpan.FromSeconds(random.Next(8)));
                line.Add(waiter);
                waiters.Add(waiter);
                if (random.Next(4) == 0)
                {
                    GateWaiter leaver = waiters[random.Next(waiters.Count)];
                    line.Remove(leaver);
                    waiters.Remove(leaver);
                }
            }

            GateWaiter[] expected = [.. waiters.OrderBy(waiter => waiter.GivesUpAt)];
            Assert.Equal(expected, Walk(line.First, waiter => waiter.Next));
            Assert.Equal(Enumerable.Reverse(expected), Walk(expected.LastOrDefault(), waiter => waiter.Previous));
        }
    }

    private static IEnumerable<GateWaiter> Walk(GateWaiter? from, Func<GateWaiter, GateWaiter?> next)
    {
        for (GateWaiter? waiter = from; waiter is not null; waiter = next(waiter))
        {
            yield return waiter;
        }
    }
}
