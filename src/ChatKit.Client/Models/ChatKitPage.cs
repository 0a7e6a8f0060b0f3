// One page of a list, and the order that lists come in.
using System.Collections.Generic;

namespace ChatKit;

/// <summary>The order of a list, by creation time.</summary>
public enum ChatKitOrder
{
    /// <summary>Newest first, as the API lists unless asked otherwise.</summary>
    Descending,

    /// <summary>Oldest first.</summary>
    Ascending,
}

/// <summary>Which part of a list to ask for. What is null is not sent.</summary>
public sealed class ChatKitListOptions
{
    /// <summary>How many elements a page has at most: 0 to 100, the API's own range; it gives 20 where none is sent.</summary>
    public int? Limit { get; set; }

    /// <summary>The order; the API's own, newest first, where none is sent.</summary>
    public ChatKitOrder? Order { get; set; }

    /// <summary>The id after which the page begins, which is not in it.</summary>
    public string? After { get; set; }

    /// <summary>The id before which the list ends, which is not in it.</summary>
    public string? Before { get; set; }

    /// <summary>The end user whose threads are listed, 1 to 512 characters; all users' where it is null. Not for items.</summary>
    public string? User { get; set; }
}

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class ChatKitPage<T>
    where T : ChatKitObject
{
    internal ChatKitPage(IReadOnlyList<T> data, string? lastId, bool hasMore)
    {
        Data = data;
        LastId = lastId;
        HasMore = hasMore;
    }

    /// <summary>The elements, in the list's order.</summary>
    public IReadOnlyList<T> Data { get; }

    /// <summary>The id after which the next page begins: the server's <c>last_id</c>, or the last element's where it sent none; null where that has none, or for an empty page.</summary>
    public string? LastId { get; }

    /// <summary>Whether there are more after this page.</summary>
    public bool HasMore { get; }
}
