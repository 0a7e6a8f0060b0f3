// The record of a deletion, to keep as proof.
using System;

namespace ChatKit;

/// <summary>A thread that was deleted: what it was, when, and the server's own number of the request.</summary>
public sealed class ChatKitThreadRemoval
{
    internal ChatKitThreadRemoval(ChatKitThreadReference thread, ChatKitExchange response)
    {
        Id = thread.Id!;
        Deleted = true;
        Title = thread.Title;
        User = thread.User;
        CreatedAt = thread.CreatedAt;
        RemovedAt = response.EndedAt.LocalDateTime;
        RequestId = response.RequestId;
    }

    /// <summary>The identifier of the thread.</summary>
    public string Id { get; }

    /// <summary>Whether the server says that it is gone.</summary>
    public bool Deleted { get; }

    /// <summary>The title, where what was piped had it.</summary>
    public string? Title { get; }

    /// <summary>The end user, where what was piped had it.</summary>
    public string? User { get; }

    /// <summary>When the thread was created, in local time, where what was piped had it.</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>When the response came that says so, in local time.</summary>
    public DateTime RemovedAt { get; }

    /// <summary>The <c>x-request-id</c> of that response.</summary>
    public string? RequestId { get; }

    /// <summary>The identifier of the thread.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
