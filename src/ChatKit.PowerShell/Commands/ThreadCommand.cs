// A cmdlet that takes threads: one way in, for all that name one.
using System;
using System.Globalization;
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>A cmdlet that is told by parameter or through the pipeline which threads it is about.</summary>
public abstract class ThreadCommand : ConnectedCommand
{
    private protected const string IdSet = "Id";
    private protected const string InputSet = "InputObject";

    /// <summary>
    /// What comes through the pipeline, one at a time: ids, threads, items (for the thread they belong to), or rows of
    /// a CSV.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [AllowNull]
    [ThreadReferenceTransformation]
    public ChatKitThreadReference? InputObject { get; set; }

    /// <summary>The threads of the parameter.</summary>
    private protected abstract ChatKitThreadReference[] Given { get; }

    /// <summary>How many threads there are, where that is known.</summary>
    private protected int? Total => ParameterSetName == IdSet ? Given.Length : null;

    /// <summary>Takes each thread.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == InputSet)
        {
            Process(InputObject!);
            return;
        }

        if (ParameterSetName == IdSet)
        {
            foreach (ChatKitThreadReference thread in Given)
            {
                Process(thread);
            }
        }
    }

    /// <summary>Says which bounds count, however they were written.</summary>
    private protected void WriteBounds(DateTimeOffset? createdAfter, DateTimeOffset? createdBefore)
    {
        foreach ((string side, DateTimeOffset? bound) in new[] { ("after", createdAfter), ("before", createdBefore) })
        {
            if (bound is { } moment)
            {
                WriteVerbose($"Only threads created {side} {moment.ToString("o", CultureInfo.InvariantCulture)}");
            }
        }
    }

    /// <summary>Takes one thread.</summary>
    private protected abstract void Process(ChatKitThreadReference thread);
}
