// The result of one request of a stream.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Streams;

/// <summary>The result of one request of a stream. A stream never throws: its last batch has the failure.</summary>
/// <param name="elements">The elements, in order.</param>
internal sealed class StreamBatch<T>(IReadOnlyList<T> elements)
{
    /// <summary>The elements, in order. They may be fewer or more than the response had.</summary>
    public IReadOnlyList<T> Elements { get; } = elements;

    /// <summary>The elements that cannot be read.</summary>
    public IReadOnlyList<UnreadableElement> Unreadable { get; set; } = [];

    /// <summary>The attempts that were made.</summary>
    public IReadOnlyList<ChatKitExchange> Exchanges { get; set; } = [];

    /// <summary>The failure that ended the stream; null if there is none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>
    /// After a failure, the id after which the list can be resumed; null for its start, or if the cursor does not
    /// advance.
    /// </summary>
    public string? Cursor { get; set; }

    /// <summary>The number of elements that the stream has yielded, including these.</summary>
    public int Given { get; set; } = elements.Count;

    /// <summary>Whether this is the last batch.</summary>
    public bool IsLast { get; set; }

    /// <summary>
    /// Whether the next page starts after the last element, which must not be deleted before that page has come.
    /// </summary>
    public bool EndsAtCursor { get; set; }

    /// <summary>The approximate memory of the batch, in bytes.</summary>
    public long Size { get; set; }

    /// <summary>Sends a request, and returns its result or its failure.</summary>
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
