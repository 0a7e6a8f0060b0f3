// What one request of a stream brought.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Streams;

/// <summary>What one request of a stream brought. A stream never fails: what went wrong is in its last batch.</summary>
/// <param name="elements">The elements, in order.</param>
internal sealed class StreamBatch<T>(IReadOnlyList<T> elements)
{
    /// <summary>The elements, in order; they may be fewer than came, or more.</summary>
    public IReadOnlyList<T> Elements { get; } = elements;

    /// <summary>What came and cannot be read.</summary>
    public IReadOnlyList<UnreadableElement> Unreadable { get; set; } = [];

    /// <summary>The attempts that it took.</summary>
    public IReadOnlyList<ChatKitExchange> Exchanges { get; set; } = [];

    /// <summary>What ended the stream; null where nothing failed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Of a failure: the id after which a list may be resumed; null for its start, or where it does not advance.</summary>
    public string? Cursor { get; set; }

    /// <summary>How many elements the stream has given, with these.</summary>
    public int Given { get; set; } = elements.Count;

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsLast { get; set; }

    /// <summary>Whether the next page begins after the last element: it must not be deleted before that page is there.</summary>
    public bool EndsAtCursor { get; set; }

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Size { get; set; }

    /// <summary>Waits for a request, and gives what came or what went wrong.</summary>
    public static async Task<(T? Result, Exception? Failure)> TryAsync(Func<Task<T>> send)
    {
        try
        {
            return (await send().ConfigureAwait(false), null);
        }
        catch (Exception e)
        {
            return (default, e);
        }
    }
}
