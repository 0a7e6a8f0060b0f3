// Time, as the gate, the retry policy and the streams see it: the system's, or a test's, which goes as fast as the test can.
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Http;

/// <summary>Where time comes from. Nothing in the client that waits or measures looks at any other clock.</summary>
internal abstract class Clock
{
    /// <summary>The clock of this machine.</summary>
    public static Clock System { get; } = new SystemClock();

    /// <summary>The time since some moment of the past. It never goes back.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>The date and time of day, which somebody may set.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>Waits.</summary>
    /// <param name="length">How long; zero or less for not at all.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Done no sooner than the length is over.</returns>
    public abstract Task DelayAsync(TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Has somebody else do something soon: a thread of the pool, or the one thread that a test runs on.</summary>
    public abstract void Post(Action work);

    private sealed class SystemClock : Clock
    {
        public override TimeSpan Now => TimeSpan.FromTicks((long)(Stopwatch.GetTimestamp() * TicksPerTimestamp));

        public override DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

        private static double TicksPerTimestamp { get; } = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;

        public override async Task DelayAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            // A timer may be early by a fraction of a millisecond, and takes no more than 49 days.
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
