// A page as the wire has it.
using System.Collections.Generic;

namespace ChatKit.Json;

/// <summary>A page. No list at all is told from an empty one: where a page was asked for, only the second is an answer.</summary>
internal sealed class PageBody<T>(IReadOnlyList<T>? data, string? lastId, bool hasMore, IReadOnlyList<UnreadableElement> unreadable)
    where T : ChatKitObject
{
    public IReadOnlyList<T>? Data { get; } = data;

    public string? LastId { get; } = lastId;

    public bool HasMore { get; } = hasMore;

    public IReadOnlyList<UnreadableElement> Unreadable { get; } = unreadable;
}
