// Where work is, in words and as a share.
namespace ChatKit.PowerShell;

/// <summary>Where work is.</summary>
/// <param name="text">In words.</param>
/// <param name="share">How much of it is done, 0 to 1; null where that is not known.</param>
internal readonly struct WorkState(string text, double? share)
{
    public string Text { get; } = text;

    public double? Share { get; } = share;

    /// <summary>So many of so many.</summary>
    public static WorkState Of(long done, long? total, string rest = "") =>
        new(
            (total is null ? $"{done:N0} done" : $"{done:N0} of {total:N0}") + rest,
            total > 0 ? (double)done / total : null);
}
