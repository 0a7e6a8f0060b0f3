// A list, page by page: the next page is fetched while the current one is written, and no page that nobody needs.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.PowerShell;

/// <param name="fetch">Fetches a page.</param>
/// <param name="query">What to list; the listing sets its limit and cursor.</param>
/// <param name="range">What of it is wanted.</param>
/// <param name="host">Writes what comes.</param>
/// <param name="stopping">Ends the waits and the requests.</param>
internal sealed class Listing<T>(
    Func<ChatKitListOptions, IProgress<ChatKitExchange>, CancellationToken, Task<ChatKitPage<T>>> fetch,
    ChatKitListOptions query,
    ListingRange<T> range,
    IListingHost<T> host,
    CancellationToken stopping)
    where T : ChatKitObject
{
    private readonly HashSet<string> _cursors = [];
    private string? _cursor = query.After;

    /// <summary>How many were written.</summary>
    public int Written { get; private set; }

    /// <summary>Fetches the first page.</summary>
    public Task<ChatKitPage<T>> FetchFirstAsync(IProgress<ChatKitExchange> exchanges, CancellationToken cancellationToken) =>
        fetch(NextPage(0), exchanges, cancellationToken);

    /// <summary>Writes the list.</summary>
    public void Run() => Run(host.WaitFor(Outcome<Listing<T>, ChatKitPage<T>>.OfAsync(this, (_, exchanges, token) => FetchFirstAsync(exchanges, token), stopping)));

    /// <summary>Writes the list, of which the first page has been fetched.</summary>
    public void Run(Outcome<Listing<T>, ChatKitPage<T>> first)
    {
        Outcome<Listing<T>, ChatKitPage<T>>? outcome = first;
        while (outcome is not null)
        {
            host.WriteExchanges(outcome.Exchanges);
            if (outcome.Failure is not null)
            {
                host.WriteFailure(outcome.Failure, _cursor, Written);
                return;
            }

            outcome = WritePage(outcome.Result!);
        }
    }

    /// <summary>Writes a page, and gives the next one; null where there is none that is needed.</summary>
    private Outcome<Listing<T>, ChatKitPage<T>>? WritePage(ChatKitPage<T> page)
    {
        (List<T> wanted, bool isEnough) = Choose(page.Data);
        if (!page.HasMore || isEnough)
        {
            wanted.ForEach(Write);
            return null;
        }

        if (page.LastId is null || page.LastId == query.After || !_cursors.Add(page.LastId))
        {
            // What such a page holds may have been written before.
            host.WriteStuck(page.LastId, _cursor, Written);
            return null;
        }

        _cursor = page.LastId;
        ChatKitListOptions options = NextPage(Written + wanted.Count);
        var next = Outcome<Listing<T>, ChatKitPage<T>>.OfAsync(this, (_, exchanges, token) => fetch(options, exchanges, token), stopping);

        // Whoever takes what is written may delete it. The next page begins after the last of this one, which is kept until that page is there.
        int free = wanted.Count > 0 && ReferenceEquals(wanted[wanted.Count - 1], page.Data[page.Data.Count - 1]) ? wanted.Count - 1 : wanted.Count;
        wanted.GetRange(0, free).ForEach(Write);
        Outcome<Listing<T>, ChatKitPage<T>> outcome = host.WaitFor(next);
        wanted.GetRange(free, wanted.Count - free).ForEach(Write);
        return outcome;
    }

    private ChatKitListOptions NextPage(int written) =>
        new() { Limit = range.LimitFor(written), Order = query.Order, After = _cursor, Before = query.Before, User = query.User };

    private (List<T> Wanted, bool IsEnough) Choose(IReadOnlyList<T> data)
    {
        List<T> wanted = new(data.Count);
        foreach (T element in data)
        {
            if (Written + wanted.Count == range.First || range.EndsAt?.Invoke(element) == true)
            {
                return (wanted, true);
            }

            if (range.Wants?.Invoke(element) != false)
            {
                wanted.Add(element);
            }
        }

        return (wanted, Written + wanted.Count == range.First);
    }

    private void Write(T element)
    {
        Written++;
        host.Write(element);
    }
}
