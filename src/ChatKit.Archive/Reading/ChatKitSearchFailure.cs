// What a search could not look at.
using System;

namespace ChatKit.Archive;

/// <summary>A thread or an item that a search could not look at. The others are searched.</summary>
public sealed class ChatKitSearchFailure
{
    internal ChatKitSearchFailure(string threadId, string? itemId, Exception exception)
    {
        ThreadId = threadId;
        ItemId = itemId;
        Exception = exception;
    }

    /// <summary>The identifier of the thread.</summary>
    public string ThreadId { get; }

    /// <summary>The identifier of the item; null where it is the whole thread, or a title.</summary>
    public string? ItemId { get; }

    /// <summary>
    /// Why: a <see cref="ChatKitApiException"/> or a <see cref="ChatKitArchiveException"/> where it cannot be read, a
    /// <see cref="TimeoutException"/> where the time of the pattern ran out.
    /// </summary>
    public Exception Exception { get; }
}
