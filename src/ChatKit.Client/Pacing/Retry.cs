// The next attempt after a failed one.
using System;
using System.Globalization;

namespace ChatKit.Http;

/// <summary>A retry.</summary>
/// <param name="wait">The delay before the next attempt.</param>
/// <param name="reason">The reason without the delay, such as <c>throttled</c> or <c>retry 1 of 5</c>.</param>
internal sealed class Retry(TimeSpan wait, string reason)
{
    public TimeSpan Wait { get; } = wait;

    public string Reason { get; } = reason;

    /// <summary>The reason and the delay, for a log.</summary>
    public string Note => Wait == TimeSpan.Zero
        ? Reason
        : string.Format(CultureInfo.InvariantCulture, "{0} in {1:0.##} s", Again, Wait.TotalSeconds);

    private string Again => Reason.StartsWith("retry ", StringComparison.Ordinal) ? Reason : $"{Reason}, again";
}
