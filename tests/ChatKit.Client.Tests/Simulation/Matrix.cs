// The conditions of the simulated matrix.
using System;
using System.Collections.Generic;

namespace ChatKit.Tests;

internal static class Matrix
{
    private static readonly double[] Latencies = [0.005, 0.02, 0.1, 0.3, 1];
    private static readonly int[] Widths = [16, 64, 512];

    public static IEnumerable<Condition> All => [.. Buckets(4), .. Windows(), .. Others()];

    /// <summary>What the limit of <see cref="Changing"/> is, from when to when.</summary>
    public static (double From, double To, double Rate)[] Phases { get; } = [(0, 20, 200), (20, 40, 50), (40, 60, 400)];

    public static Condition Changing(double latency) => new()
    {
        Kind = "change",
        Name = "200/s, 50/s, 400/s",
        Limiter = _ => new TokenBucket(200, 50),
        Latency = latency,
        Width = 512,
        Until = 60,
        ChangesAt = [20, 40],
        Change = (limiter, now) => ((TokenBucket)limiter).Change(now < 30 ? 50 : 400, now),
    };

    public static Condition Shared(int clients, double latency, int seed) => new()
    {
        Kind = "shared",
        Name = "200/s shared",
        Limiter = _ => new TokenBucket(200, 50),
        Latency = latency,
        Width = 64,
        Until = 90,
        Clients = clients,
        Stagger = 0.3 * (seed - 1),
        Seed = seed,
    };

    private static IEnumerable<Condition> Buckets(int every)
    {
        int n = 0;
        foreach (double rate in new double[] { 2, 10, 50, 200, 1000 })
        {
            foreach (double share in new[] { 0, 0.25, 1 })
            {
                double burst = Math.Max(1, Math.Floor(rate * share));
                if (share > 0 && burst == 1)
                {
                    continue;
                }

                foreach (double latency in Latencies)
                {
                    foreach (bool isLongTailed in new[] { false, true })
                    {
                        foreach (int width in Widths)
                        {
                            if (width / latency < 1.1 * rate)
                            {
                                continue;
                            }

                            foreach (Hint hint in Enum.GetValues<Hint>())
                            {
                                n++;
                                int step = rate >= 1000 ? 24 * every : rate >= 200 ? 7 * every : rate >= 50
                                    ? 3 * every
                                    : every;
                                if (((uint)(n * 2654435761) >> 16) % step != 0)
                                {
                                    continue;
                                }

                                yield return new()
                                {
                                    Kind = burst == 1 ? "bucket, burst of 1" : "bucket",
                                    Name = $"{rate}/s burst {burst}",
                                    Limiter = _ => new TokenBucket(rate, burst),
                                    Latency = latency,
                                    IsLongTailed = isLongTailed,
                                    Hint = hint,
                                    Is503 = n % 2 == 0,
                                    Width = width,
                                    Work = (int)Math.Max(400, (rate * 30) + burst),
                                    Seed = n,
                                };
                            }
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<Condition> Windows()
    {
        int n = 0;
        foreach (int count in new[] { 600, 3000, 12000 })
        {
            foreach (double latency in Latencies)
            {
                foreach (int width in Widths)
                {
                    foreach (Hint hint in Enum.GetValues<Hint>())
                    {
                        n++;
                        if (width / latency < 4 * count / 60.0 || (count > 3000 && n % 4 != 0))
                        {
                            continue;
                        }

                        double begun = n * 7 % 60;
                        yield return new()
                        {
                            Kind = "window",
                            Name = $"{count}/min",
                            Limiter = _ => new FixedWindow(count, 60, begun),
                            Latency = latency,
                            IsLongTailed = n % 2 == 0,
                            Hint = hint,
                            Is503 = n % 4 == 1,
                            Width = width,
                            Work = (int)(count * 2.5),
                            Seed = n,
                        };
                    }
                }
            }
        }
    }

    private static IEnumerable<Condition> Others()
    {
        int n = 0;
        foreach (double latency in Latencies)
        {
            foreach (int width in Widths)
            {
                foreach (bool isLongTailed in new[] { false, true })
                {
                    n++;
                    int seed = n;
                    int work = (int)Math.Min(30 * width / latency, 30_000);
                    if (width / latency > 5_200)
                    {
                        continue;
                    }

                    Condition Refusing(string kind, double share, int lone) => new()
                    {
                        Kind = kind,
                        Name = kind,
                        Limiter = r => new Whim(r, share, lone),
                        Latency = latency,
                        Width = width,
                        IsLongTailed = isLongTailed,
                        Work = work,
                        Seed = seed,
                        Unlimited = kind == "" ? null : () => Refusing("", 0, -1),
                    };

                    foreach (double share in new[] { 0.005, 0.02, 0.1 })
                    {
                        yield return Refusing($"random {share * 100} %", share, -1);
                    }

                    yield return Refusing("lone", 0, n % 2 == 0 ? 0 : 200);
                    foreach (int most in new[] { 8, 32 })
                    {
                        if (most < width && latency >= 0.02)
                        {
                            yield return new()
                            {
                                Kind = "in flight",
                                Name = $"{most} in flight",
                                Limiter = _ => new InFlightLimit(most),
                                MostInFlight = most,
                                Latency = latency,
                                Width = width,
                                IsLongTailed = isLongTailed,
                                Work = (int)Math.Min(30 * most / latency, 10_000),
                                Seed = n,
                            };
                        }
                    }
                }
            }
        }
    }
}
