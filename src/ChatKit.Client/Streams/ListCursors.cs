// The cursors that a walk over a list has been at.
using System.Collections.Generic;

namespace ChatKit.Http;

/// <param name="start">Where the walk begins; null for the list's own start.</param>
internal sealed class ListCursors(string? start)
{
    private readonly HashSet<string?> _seen = [null, start];

    /// <summary>Notes where the next page begins.</summary>
    /// <exception cref="ChatKitApiException">The server does not say where, or the walk has been there: what such a page holds may have been given before.</exception>
    public void Advance(string? cursor)
    {
        if (!_seen.Add(cursor))
        {
            throw new ChatKitApiException(ChatKitErrorKind.InvalidResponse, "The list does not advance: the server says that there is more, but not where, or where the list has been before.");
        }
    }
}
