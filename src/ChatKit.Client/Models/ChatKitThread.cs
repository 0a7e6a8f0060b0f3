// A thread, flat: the wire's unions and pages fold into scalars that filter, sort and export.
using System;
using System.Collections.Generic;
using ChatKit.Json;
using ChatKit.Streams;

namespace ChatKit;

/// <summary>A ChatKit thread: one conversation of one end user.</summary>
/// <remarks>The properties are scalars in the order in which a CSV shows them. <see cref="ChatKitObject.ToJson"/> has everything else.</remarks>
public sealed class ChatKitThread : ChatKitObject, IListElement
{
    /// <summary>The identifier, such as <c>cthr_abc123</c>.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The title, or null while none has been given or generated.</summary>
    public string? Title { get; internal set; }

    /// <summary>
    /// <c>active</c>, <c>locked</c> or <c>closed</c>, or whatever else the server says, as it says it. A thread without a status is
    /// <c>active</c>, which the API documents as the default.
    /// </summary>
    public string Status { get; internal set; } = ThreadConverter.DefaultStatus;

    /// <summary>Why the thread is locked or closed, or null where no reason is recorded.</summary>
    public string? StatusReason { get; internal set; }

    /// <summary>The end user who owns the thread, as the application names its users; null where the server left it out.</summary>
    public string? User { get; internal set; }

    /// <summary>When the thread was created, in local time; null where the server left it out. <see cref="ChatKitObject.ToJson"/> has the server's own number.</summary>
    public DateTime? CreatedAt { get; internal set; }

    internal string? ObjectType { get; set; }

    internal IReadOnlyList<ChatKitThreadItem>? EmbeddedItems { get; set; }

    /// <summary>
    /// The items that came inside the thread: the API may embed the first page of them. Empty where it embedded none, which does not mean
    /// that the thread has none.
    /// </summary>
    /// <returns>The embedded items in the order in which they came.</returns>
    public IReadOnlyList<ChatKitThreadItem> GetItems() => EmbeddedItems ?? [];

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;

    internal override void Attach(byte[] response)
    {
        base.Attach(response);
        foreach (ChatKitThreadItem item in GetItems())
        {
            // An embedded item need not repeat whose it is.
            item.ThreadId ??= Id;
            item.Attach(response);
        }
    }
}
