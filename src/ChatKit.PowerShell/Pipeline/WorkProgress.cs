// A progress bar for work that takes over a second; shorter work shows none.
using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <param name="cmdlet">Whose progress it is; used on its own thread only.</param>
/// <param name="activity">What is being done, such as <c>Getting threads</c>.</param>
/// <param name="total">How many there are; null where it is not known.</param>
/// <param name="waiting">What the connection is waiting for, or paced by; neither is to be silent.</param>
internal sealed class WorkProgress(Cmdlet cmdlet, string activity, int? total, Func<ChatKitWait?> waiting)
{
    private const int GlanceMs = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PaceInterval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private int _done;
    private bool _shown;
    private ChatKitWait? _announced;
    private TimeSpan _nextPace;

    /// <summary>Says where the work is, where that is not told by <see cref="Advance"/>.</summary>
    public Func<WorkState>? State { get; set; }

    /// <summary>How many a second that is.</summary>
    public string RateOf(long done) => $"{done / Math.Max(_clock.Elapsed.TotalSeconds, 0.1):N0}";

    /// <summary>One more is done.</summary>
    public void Advance()
    {
        _done++;
        Glance();
    }

    /// <summary>Whether the connection waits or keeps a pace, since the server throttles it.</summary>
    public bool IsThrottled => waiting() is not null;

    /// <summary>Waits for a task and keeps the progress bar up to date meanwhile.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public T WaitFor<T>(Task<T> task, CancellationToken stopping)
    {
        try
        {
            Wait(task, stopping);
        }
        catch (PipelineStoppedException)
        {
            // Nobody takes the result any more.
            _ = task.ContinueWith(
                done => (done.Result as IDisposable)?.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }

        return task.Result;
    }

    /// <summary>The same for work that gives nothing.</summary>
    /// <param name="task">The work.</param>
    /// <param name="stopping">Ends the wait.</param>
    /// <param name="isEnough">Ends the wait before the work does; looked at ten times a second. Null for never.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Wait(Task task, CancellationToken stopping, Func<bool>? isEnough = null)
    {
        try
        {
            while (!task.Wait(GlanceMs, stopping) && isEnough?.Invoke() != true)
            {
                Glance();
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Capture(e.InnerException!).Throw();
        }
    }

    /// <summary>Shows where the work is, if it is time to.</summary>
    public void Glance()
    {
        ChatKitWait? wait = waiting();
        Announce(wait);
        if (_clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + Interval;
        _shown = true;
        WorkState state = State?.Invoke() ?? WorkState.Of(_done, total);
        string status = state.Text + (wait is null ? "" : $"; {wait}");
        ProgressRecord record = new(0, activity, status);
        if (state.Share is > 0 and <= 1 and { } share)
        {
            record.PercentComplete = (int)(100 * share);
            record.SecondsRemaining = (int)Math.Min(_clock.Elapsed.TotalSeconds * (1 - share) / share, int.MaxValue);
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>Tells of every wait once, and of the pace every few seconds, for it goes up and down.</summary>
    private void Announce(ChatKitWait? wait)
    {
        if (wait is { RequestsPerSecond: not null })
        {
            if (_clock.Elapsed >= _nextPace)
            {
                _nextPace = _clock.Elapsed + PaceInterval;
                cmdlet.WriteVerbose(char.ToUpperInvariant(wait.Reason[0]) + wait.Reason.Substring(1));
            }
        }
        else if (wait is not null && wait != _announced)
        {
            _announced = wait;
            cmdlet.WriteVerbose($"Waiting {wait.Length.TotalSeconds:0.##} s: {wait.Reason}");
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
