// Runs the real gate and the real retry policy against a simulated server, by a virtual clock.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Http;

namespace ChatKit.Tests;

internal sealed class Simulation
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    private readonly Condition _condition;
    private readonly VirtualClock _clock = new();
    private readonly Random _random;
    private readonly Limiter _limiter;
    private int _sent;
    private int _refused;
    private int _sentLater;
    private int _refusedLater;
    private double _volleyBack;

    public Simulation(Condition condition)
    {
        _condition = condition;
        _random = new Random(condition.Seed);
        _limiter = condition.Limiter(_random);
    }

    /// <summary>How many were admitted in each tenth of a second, by client.</summary>
    public List<int[]> Admitted { get; } = [];

    /// <summary>How many requests failed.</summary>
    public int Lost { get; private set; }

    /// <summary>The longest that a request took, from its first attempt on, in seconds.</summary>
    public double Longest { get; private set; }

    public int Sent => _sent;

    public int Refused => _refused;

    /// <summary>The share that was refused of what was sent once the first volley was back.</summary>
    public double RefusedShare => _sentLater == 0 ? 0 : (double)_refusedLater / _sentLater;

    public double Took { get; private set; }

    public double Ideal
    {
        get
        {
            int work = _condition.Work * _condition.Clients;
            int width = _condition.MostInFlight > 0
                ? Math.Min(_condition.MostInFlight, _condition.Width)
                : _condition.Width;
            if (_condition.Unlimited is { } unlimited)
            {
                return new Simulation(unlimited()).Run().Took;
            }

            double soonest =
                _condition.Limiter(new Random(1)).Soonest(work, width * _condition.Clients, _condition.Latency);
            return soonest + (_condition.Latency / 10);
        }
    }

    public double Ratio => Took / Ideal;

    private double Now => _clock.Now.TotalSeconds;

    /// <summary>How many of a client's requests were admitted a second, from one moment to another.</summary>
    public double AdmittedBetween(int client, double from, double to) =>
        Admitted[client].Skip((int)(from * 10)).Take((int)((to - from) * 10)).Sum() / (to - from);

    public Simulation Run()
    {
        _clock.Run(
            () => Task.WhenAll(Enumerable.Range(0, _condition.Clients).Select(ClientAsync).Append(ChangeAsync())));
        return this;
    }

    private async Task ChangeAsync()
    {
        foreach (double at in _condition.ChangesAt)
        {
            await _clock.DelayAsync(TimeSpan.FromSeconds(at - Now), CancellationToken.None).ConfigureAwait(false);
            _condition.Change!(_limiter, Now);
        }
    }

    private async Task ClientAsync(int client)
    {
        RequestGate gate = new(_clock);
        RequestPacer pacer = new(_clock, gate, 5, Budget, _random.NextDouble);
        Admitted.Add([]);
        await _clock.DelayAsync(
            TimeSpan.FromSeconds(client * _condition.Stagger), CancellationToken.None).ConfigureAwait(false);
        int left = _condition.Until is null ? _condition.Work : int.MaxValue;
        async Task WorkAsync()
        {
            while (left-- > 0 && !(Now >= _condition.Until))
            {
                double? begun = null;
                Task<Attempt<bool>> AttemptNowAsync()
                {
                    begun ??= Now;
                    return AttemptAsync(client);
                }

                try
                {
                    await pacer.SendAsync(true, AttemptNowAsync, null, CancellationToken.None).ConfigureAwait(false);
                    Longest = Math.Max(Longest, Now - begun!.Value);
                }
                catch (ChatKitApiException)
                {
                    Lost++;
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, _condition.Width).Select(_ => WorkAsync())).ConfigureAwait(false);
    }

    private async Task<Attempt<bool>> AttemptAsync(int client)
    {
        double sentAt = Now;
        _sent++;
        double there = _condition.Latency * (_condition.Way ?? (_condition.IsLongTailed ||
            _condition.MostInFlight > 0 ? 0.1 : 0.5));
        double work = _condition.Latency - (2 * there);
        await DelayAsync(there).ConfigureAwait(false);
        bool isAdmitted = _limiter.Admit(Now);
        ChatKitApiException? failure = isAdmitted ? null : Refusal();
        if (isAdmitted)
        {
            Took = Now;
            await DelayAsync(work * (_condition.IsLongTailed ? Tail() : 1)).ConfigureAwait(false);
            _limiter.Answered();
        }

        await DelayAsync(there).ConfigureAwait(false);
        if (_volleyBack == 0 && !isAdmitted)
        {
            _volleyBack = Now;
        }

        bool isLater = _volleyBack > 0 && sentAt > _volleyBack;
        _sentLater += isLater ? 1 : 0;
        if (isAdmitted)
        {
            Count(client);
        }
        else
        {
            _refused++;
            _refusedLater += isLater ? 1 : 0;
        }

        return new Attempt<bool>(isAdmitted, failure, null);
    }

    private void Count(int client)
    {
        int slot = (int)(Now * 10);
        if (Admitted[client].Length <= slot)
        {
            int[] longer = new int[Math.Max(64, slot * 2)];
            Admitted[client].CopyTo(longer, 0);
            Admitted[client] = longer;
        }

        Admitted[client][slot]++;
    }

    private Task DelayAsync(double seconds) =>
        _clock.DelayAsync(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)), CancellationToken.None);

    /// <summary>Of mean 1, with one in a hundred over 4.6.</summary>
    private double Tail()
    {
        double normal =
            Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        const double Sigma = 0.8;
        return Math.Exp((Sigma * normal) - (Sigma * Sigma / 2));
    }

    private ChatKitApiException Refusal()
    {
        double wait = _limiter.Wait(Now);
        double? seconds = _condition.Hint switch
        {
            Hint.Milliseconds => Math.Ceiling(wait * 1000) / 1000,
            Hint.WholeSeconds => Math.Max(1, Math.Ceiling(wait)),
            Hint.Date => Math.Max(0, Math.Ceiling(Now + wait) - Math.Floor(Now)),
            Hint.RateLimitHeaders => _limiter.Reset(Now),
            Hint.UntrueRateLimitHeaders => 1,
            _ => null,
        };
        TimeSpan? hint = seconds is { } asked ? TimeSpan.FromTicks((long)(asked * TimeSpan.TicksPerSecond)) : null;
        bool isRateLimit = _condition.Hint is Hint.RateLimitHeaders or Hint.UntrueRateLimitHeaders;
        return new ChatKitApiException(
            _condition.Is503 ? ChatKitErrorKind.ServerError : ChatKitErrorKind.RateLimited, "")
        {
            StatusCode = _condition.Is503 ? 503 : 429,
            IsTransient = true,
            RetryAfter = isRateLimit ? null : hint,
            RateLimitReset = isRateLimit ? hint : null,
        };
    }
}
