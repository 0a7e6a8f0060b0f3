// The wanted part of a list, and the requests for its pages.
using System;
using System.Collections.Generic;
using System.Linq;

namespace ChatKit.Streams;

/// <param name="options">The cursors, the order and the user. The limit is the page size, by default 100.</param>
internal sealed class ListRange(ChatKitListOptions options)
{
    private const int LargestPage = 100;

    /// <summary>The maximum number of elements; null for all.</summary>
    public int? First { get; set; }

    /// <summary>
    /// The exclusive lower bound of the creation time, in UTC. Elements without a date match no bound.
    /// </summary>
    public DateTime? CreatedAfter { get; set; }

    /// <summary>The exclusive upper bound of the creation time, in UTC.</summary>
    public DateTime? CreatedBefore { get; set; }

    /// <summary>The id after which to start; null for the start of the list.</summary>
    public string? Start => options.After;

    /// <summary>Whether the wanted part may start far from the start of the list.</summary>
    public bool BeginsLater => (IsAscending ? CreatedAfter : CreatedBefore) is not null;

    /// <summary>Whether reading from the far end can help: not for a part that is near or that has cursors.</summary>
    public bool HasFarEnd =>
        (options.After ?? options.Before) is null &&
            (BeginsLater || (First is null && (IsAscending ? CreatedBefore : CreatedAfter) is null));

    private bool IsAscending => options.Order == ChatKitOrder.Ascending;

    private bool IsBounded => (CreatedAfter ?? CreatedBefore) is not null;

    /// <summary>The same part, read from the other end.</summary>
    public ListRange FromFarEnd()
    {
        ChatKitOrder order = IsAscending ? ChatKitOrder.Descending : ChatKitOrder.Ascending;
        return new(new() { Limit = options.Limit, Order = order, User = options.User })
        {
            CreatedAfter = CreatedAfter,
            CreatedBefore = CreatedBefore,
        };
    }

    /// <summary>
    /// The options for the page after a cursor. Without bounds, it is no larger than what is still wanted.
    /// </summary>
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

    /// <summary>Whether a page is sorted as requested. Only then can a date end the list.</summary>
    public bool IsSorted<T>(IReadOnlyList<T> page)
        where T : IListElement
    {
        List<DateTime> dates = [.. page.Select(element => element.CreatedAt?.ToUniversalTime()).OfType<DateTime>()];
        return !IsBounded ||
            dates.Zip(dates.Skip(1), (one, next) => IsAscending ? one <= next : one >= next).All(isSorted => isSorted);
    }

    /// <summary>The wanted elements of a page, and whether the wanted part ends there.</summary>
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
