// How an attempt is to be made again.
using System;
using System.Globalization;

namespace ChatKit.Http;

/// <summary>What is to be done about a failed attempt.</summary>
/// <param name="wait">How long to wait before the next.</param>
/// <param name="reason">Why, without the time, such as <c>throttled</c> or <c>retry 1 of 5</c>.</param>
internal sealed class Retry(TimeSpan wait, string reason)
{
    public TimeSpan Wait { get; } = wait;

    public string Reason { get; } = reason;

    /// <summary>The reason and the time, for a log.</summary>
    public string Note => Wait == TimeSpan.Zero
        ? Reason
        : string.Format(CultureInfo.InvariantCulture, "{0} in {1:0.##} s", Again, Wait.TotalSeconds);

    private string Again => Reason.StartsWith("retry ", StringComparison.Ordinal) ? Reason : $"{Reason}, again";
}
