// The conditions that build.ps1 bench -Row rate measures against a socket: that file's figures are the simulation's.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace ChatKit.Tests;

public class RateRowTests
{
    private static readonly string File = Repository.PathOf("benchmarks", "Rate.json");

    public static IEnumerable<TheoryDataRow<string>> Rows =>
        Nodes().Select(node => new TheoryDataRow<string>(node["name"]!.GetValue<string>()));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_the_benchmark_takes_as_long_as_the_file_says(string name)
    {
        JsonNode node = Nodes().Single(node => node["name"]!.GetValue<string>() == name);

        Simulation simulation = new Simulation(Condition(node)).Run();

        Assert.Equal(node["simulatedSec"]!.GetValue<double>(), Math.Round(simulation.Took, 1), 1);
    }

    private static IEnumerable<JsonNode> Nodes() =>
        JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsArray().Select(node => node!);

    private static Condition Condition(JsonNode node)
    {
        int Number(string name) => node[name]?.GetValue<int>() ?? 0;
        return new()
        {
            Kind = "socket",
            Name = node["name"]!.GetValue<string>(),
            Limiter = random => Number("rate") > 0
                ? new TokenBucket(Number("rate"), Number("burst"))
                : new Whim(random, Number("refusedPerThousand") / 1000.0),
            Latency = Number("latencyMs") / 1000.0,
            Way = 0,
            Hint = node["retryAfter"] is null ? Hint.None : Hint.WholeSeconds,
            Is503 = Number("refusalStatus") == 503,
            Width = Number("width"),
            Work = Number("work"),
        };
    }
}
