// A thread. The unions of the API become scalar properties, which are easy to filter, sort and export.
using System;
using System.Collections.Generic;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit;

/// <summary>A ChatKit thread: one conversation of one end user.</summary>
/// <remarks>
/// The properties are scalars, in the order of a CSV export. <see cref="ChatKitObject.ToJson"/> has everything else.
/// </remarks>
public sealed class ChatKitThread : ChatKitObject, IListElement
{
    /// <summary>The identifier, such as <c>cthr_abc123</c>.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The title; null until there is one.</summary>
    public string? Title { get; internal set; }

    /// <summary>
    /// <c>active</c>, <c>locked</c>, <c>closed</c>, or another value that the server sent. A thread without a status is
    /// <c>active</c>, the documented default.
    /// </summary>
    public string Status { get; internal set; } = ThreadConverter.DefaultStatus;

    /// <summary>Why the thread is locked or closed; null if no reason is given.</summary>
    public string? StatusReason { get; internal set; }

    /// <summary>
    /// The end user who owns the thread, as the application names it; null if the server did not send it.
    /// </summary>
    public string? User { get; internal set; }

    /// <summary>
    /// When the thread was created, in local time; null if the server did not send it.
    /// <see cref="ChatKitObject.ToJson"/> has the server's value.
    /// </summary>
    public DateTime? CreatedAt { get; internal set; }

    internal string? ObjectType { get; set; }

    internal IReadOnlyList<ChatKitThreadItem>? EmbeddedItems { get; set; }

    /// <summary>
    /// The items embedded in the thread: the API may embed the first page. Empty if it embedded none, which does not
    /// mean that the thread has none.
    /// </summary>
    /// <returns>The embedded items, in the server's order.</returns>
    public IReadOnlyList<ChatKitThreadItem> GetItems() => EmbeddedItems ?? [];

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;

    internal override void Attach(byte[] response)
    {
        base.Attach(response);
        foreach (ChatKitThreadItem item in GetItems())
        {
            // An embedded item may omit its thread's id.
            item.ThreadId ??= Id;
            item.Attach(response);
        }
    }
}
