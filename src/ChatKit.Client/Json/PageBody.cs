// A page as it is in the response.
using System.Collections.Generic;

namespace ChatKit.Json;

/// <summary>
/// A page. <see cref="Data"/> is null if the response has no list, which is an error; an empty list is not.
/// </summary>
internal sealed class PageBody<T>(
    IReadOnlyList<T>? data, string? lastId, bool hasMore, IReadOnlyList<UnreadableElement> unreadable)
    where T : ChatKitObject
{
    public IReadOnlyList<T>? Data { get; } = data;

    public string? LastId { get; } = lastId;

    public bool HasMore { get; } = hasMore;

    public IReadOnlyList<UnreadableElement> Unreadable { get; } = unreadable;
}
