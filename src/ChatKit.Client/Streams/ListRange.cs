// What of a list is wanted, and how its pages are asked for.
using System;
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.Streams;

/// <param name="options">Where the list begins and ends, its order and its user; its limit is the size of a page, 100 where that is null.</param>
internal sealed class ListRange(ChatKitListOptions options)
{
    private const int LargestPage = 100;

    /// <summary>How many elements at most; null for all.</summary>
    public int? First { get; set; }

    /// <summary>Only what was created after this moment, in UTC. What has no date matches no bound.</summary>
    public DateTime? CreatedAfter { get; set; }

    /// <summary>Only what was created before this moment, in UTC.</summary>
    public DateTime? CreatedBefore { get; set; }

    /// <summary>The id after which the list begins; null for its own start.</summary>
    public string? Start => options.After;

    /// <summary>Whether what is wanted may begin far from where the list begins.</summary>
    public bool BeginsLater => (IsAscending ? CreatedAfter : CreatedBefore) is not null;

    /// <summary>Whether reading from the other end can help: not where a part is wanted that is near, or that has cursors of its own.</summary>
    public bool HasFarEnd =>
        (options.After ?? options.Before) is null && (BeginsLater || (First is null && (IsAscending ? CreatedBefore : CreatedAfter) is null));

    private bool IsAscending => options.Order == ChatKitOrder.Ascending;

    private bool IsBounded => (CreatedAfter ?? CreatedBefore) is not null;

    /// <summary>All of the same, read from the other end.</summary>
    public ListRange FromFarEnd() =>
        new(new() { Limit = options.Limit, Order = IsAscending ? ChatKitOrder.Descending : ChatKitOrder.Ascending, User = options.User })
        {
            CreatedAfter = CreatedAfter,
            CreatedBefore = CreatedBefore,
        };

    /// <summary>The page after a cursor: no larger than what is still wanted, where every element counts.</summary>
    public ChatKitListOptions PageAfter(string? cursor, int given)
    {
        int size = options.Limit ?? LargestPage;
        return new()
        {
            Limit = First is { } first && !IsBounded ? Math.Min(size, first - given) : size,
            Order = options.Order,
            After = cursor,
            Before = options.Before,
            User = options.User,
        };
    }

    /// <summary>Whether a page is sorted as it was asked for, as it must be where a date says that nothing more is wanted.</summary>
    public bool IsSorted<T>(IReadOnlyList<T> page)
        where T : IListElement
    {
        List<DateTime> dates = [.. page.Select(element => element.CreatedAt?.ToUniversalTime()).OfType<DateTime>()];
        return !IsBounded || dates.Zip(dates.Skip(1), (one, next) => IsAscending ? one <= next : one >= next).All(isSorted => isSorted);
    }

    /// <summary>What of a page is wanted, and whether that is all that is wanted.</summary>
    public (List<T> Wanted, bool IsEnough) Choose<T>(IReadOnlyList<T> page, int given)
        where T : IListElement
    {
        List<T> wanted = new(page.Count);
        foreach (T element in page)
        {
            DateTime? created = IsBounded ? element.CreatedAt?.ToUniversalTime() : null;
            if (given + wanted.Count == First || (IsAscending ? created >= CreatedBefore : created <= CreatedAfter))
            {
                return (wanted, true);
            }

            if (!IsBounded || (created is not null && !(created <= CreatedAfter) && !(created >= CreatedBefore)))
            {
                wanted.Add(element);
            }
        }

        return (wanted, given + wanted.Count == First);
    }
}
