// The source of time for the gate, the retries and the streams. Tests replace it by virtual time.
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>The source of time. Everything in the client that waits uses it.</summary>
internal abstract class Clock
{
    /// <summary>The system clock.</summary>
    public static Clock System { get; } = new SystemClock();

    /// <summary>The time since an arbitrary moment. It is monotonic.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>The date and time of day, which may jump.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>Waits.</summary>
    /// <param name="length">How long; zero or less for no wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends no earlier than that.</returns>
    public abstract Task DelayAsync(TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Queues work to run soon: on the thread pool, or on a test's single thread.</summary>
    public abstract void Post(Action work);

    private sealed class SystemClock : Clock
    {
        public override TimeSpan Now => TimeSpan.FromTicks((long)(Stopwatch.GetTimestamp() * TicksPerTimestamp));

        public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        private static double TicksPerTimestamp { get; } = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

        public override async Task DelayAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            // A timer may fire a fraction of a millisecond early, and is limited to 49 days.
            TimeSpan end = Now + length;
            for (TimeSpan left = length; left > TimeSpan.Zero; left = end - Now)
            {
                double milliseconds = Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
                await Task.Delay((int)milliseconds, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        public override void Post(Action work) =>
            ThreadPool.UnsafeQueueUserWorkItem(static work => ((Action)work!)(), work);
    }
}
