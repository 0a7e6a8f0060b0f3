// What a stretch of a search brought.
using System.Collections.Generic;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>What a stretch of a search brought, in order.</summary>
public sealed class ChatKitSearchBatch
{
    private readonly List<ChatKitFoundItem> _found = [];
    private readonly List<ChatKitSearchFailure> _failures = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<ChatKitFoundItem> Found => _found;

    /// <summary>What could not be looked at.</summary>
    public IReadOnlyList<ChatKitSearchFailure> Failures => _failures;

    /// <summary>How many bytes of an archive were read.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Ends the search before the next item.</summary>
    internal CancellationToken Stopping { get; set; }

    internal void Add(ChatKitFoundItem found) => _found.Add(found);

    internal void Add(ChatKitSearchFailure failure) => _failures.Add(failure);

    /// <summary>Takes back what was found since there were so many.</summary>
    internal void TakeBack(int count) => _found.RemoveRange(count, _found.Count - count);
}
