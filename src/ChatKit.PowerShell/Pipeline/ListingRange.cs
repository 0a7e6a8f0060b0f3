// What of a list is wanted.
using System;

namespace ChatKit.PowerShell;

/// <summary>What of a list is wanted.</summary>
internal sealed class ListingRange<T>
{
    /// <summary>How many at most; null for all.</summary>
    public int? First { get; set; }

    /// <summary>How many a page has.</summary>
    public int PageSize { get; set; }

    /// <summary>Which are wanted; null for all.</summary>
    public Func<T, bool>? Wants { get; set; }

    /// <summary>After which the rest is not wanted; null where only the end of the list ends it.</summary>
    public Func<T, bool>? EndsAt { get; set; }

    /// <summary>How many to ask for: no more than are still needed, where every one counts.</summary>
    public int LimitFor(int written) => First is { } first && Wants is null ? Math.Min(PageSize, first - written) : PageSize;
}
