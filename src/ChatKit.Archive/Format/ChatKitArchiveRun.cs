// What one run of an export did to an archive, as the manifest lists it.
using System;

namespace ChatKit.Archive;

/// <summary>A run of an export.</summary>
public sealed class ChatKitArchiveRun
{
    internal ChatKitArchiveRun(DateTimeOffset startedAt, string by, ChatKitArchiveQuery query, bool update)
    {
        StartedAt = startedAt;
        By = by;
        Query = query;
        Update = update;
    }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended; null for one that was killed, or still runs.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>The product and version that ran.</summary>
    public string By { get; }

    /// <summary>What was asked for.</summary>
    public ChatKitArchiveQuery Query { get; }

    /// <summary>Whether threads that were in the archive were looked at again.</summary>
    public bool Update { get; }

    /// <summary>
    /// Whether this was a run not of the archive but of one that it was copied from, whose last versions alone it has.
    /// </summary>
    public bool Copied { get; internal set; }

    /// <summary>How many threads were not asked for, since they were closed or had long been idle.</summary>
    public long Idle { get; internal set; }

    /// <summary>How many threads the lists named, or were asked for by id; null where it is not known.</summary>
    public long? Listed { get; internal set; }

    /// <summary>How many threads were fetched and written.</summary>
    public long? Fetched { get; internal set; }

    /// <summary>How many threads were in the archive as they are, whether they were looked at again or not.</summary>
    public long? Unchanged { get; internal set; }

    /// <summary>How many threads could not be fetched.</summary>
    public long? Failed { get; internal set; }

    /// <summary>How many threads were found to be gone from the server.</summary>
    public long? Gone { get; internal set; }

    /// <summary>Whether the run ended with everything that it was asked for.</summary>
    public bool Complete { get; internal set; }

    /// <summary>The run as a copy of its archive lists it.</summary>
    internal ChatKitArchiveRun ToCopied()
    {
        var copy = (ChatKitArchiveRun)MemberwiseClone();
        copy.Copied = true;
        return copy;
    }
}
