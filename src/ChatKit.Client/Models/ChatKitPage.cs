// One page of a list, and the order that lists come in.
using System.Collections.Generic;
using ChatKit.Json;

namespace ChatKit;

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

    /// <summary>What of the page cannot be read, where that does not fail; it is not among the elements.</summary>
    internal IReadOnlyList<UnreadableElement> Unreadable { get; set; } = [];

    /// <summary>Whether there are more after this page.</summary>
    public bool HasMore { get; }
}
