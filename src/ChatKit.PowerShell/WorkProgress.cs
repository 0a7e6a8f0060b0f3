// A progress bar for work that takes over a second; shorter work shows none.
using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <param name="cmdlet">Whose progress it is; used on its own thread only.</param>
/// <param name="activity">What is being done, such as <c>Getting threads</c>.</param>
/// <param name="total">How many there are; null where it is not known.</param>
/// <param name="waiting">What the connection is waiting for; no wait is to be silent.</param>
internal sealed class WorkProgress(Cmdlet cmdlet, string activity, int? total, Func<ChatKitWait?> waiting)
{
    private const int GlanceMs = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Patience;
    private int _done;
    private bool _shown;
    private ChatKitWait? _announced;

    /// <summary>One more is done.</summary>
    public void Advance()
    {
        _done++;
        Glance();
    }

    /// <summary>Waits for work that is under way elsewhere, and looks after the bar meanwhile.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public T WaitFor<T>(Task<T> task, CancellationToken stopping)
    {
        try
        {
            while (!task.Wait(GlanceMs, stopping))
            {
                Glance();
            }
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        return task.Result;
    }

    /// <summary>Shows where the work is, if it is time to.</summary>
    private void Glance()
    {
        ChatKitWait? wait = waiting();
        if (wait is not null && wait != _announced)
        {
            _announced = wait;
            cmdlet.WriteVerbose($"Waiting {wait.Length.TotalSeconds:0.##} s: {wait.Reason}");
        }

        if (_clock.Elapsed < _next)
        {
            return;
        }

        _next = _clock.Elapsed + Interval;
        _shown = true;
        string status = total is null ? $"{_done:N0} done" : $"{_done:N0} of {total:N0}";
        status += wait is null ? "" : $"; waiting {Math.Ceiling(wait.Left.TotalSeconds):N0} s: {wait.Reason}";
        int percent = total is > 0 ? (int)(100L * _done / total.Value) : -1;
        cmdlet.WriteProgress(new ProgressRecord(0, activity, status) { PercentComplete = percent });
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
