// One page of a list.
using System.Collections.Generic;
using ChatKit.Json;

namespace ChatKit;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
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

    /// <summary>
    /// The cursor of the next page: the server's <c>last_id</c>, or else the last element's id; null if there is
    /// neither.
    /// </summary>
    public string? LastId { get; }

    /// <summary>
    /// The elements that could not be read, if that does not fail the page. They are not in <see cref="Data"/>.
    /// </summary>
    internal IReadOnlyList<UnreadableElement> Unreadable { get; set; } = [];

    /// <summary>Whether there are more elements after this page.</summary>
    public bool HasMore { get; }
}
