// A thread, or a list, that an export could not fetch.
using System;

namespace ChatKit.Archive;

/// <summary>A thread, or a list of threads, that could not be fetched. The run goes on.</summary>
public sealed class ChatKitArchiveExportFailure
{
    internal ChatKitArchiveExportFailure(Exception exception, string? id, string? user, bool isList)
    {
        Exception = exception;
        Id = id;
        User = user;
        IsList = isList;
    }

    /// <summary>Why.</summary>
    public Exception Exception { get; }

    /// <summary>The id of the thread, as it was asked for; null for a list, or where null was asked for.</summary>
    public string? Id { get; }

    /// <summary>The user whose threads were listed; null for a thread, or the list of all users' threads.</summary>
    public string? User { get; }

    /// <summary>
    /// Whether a list failed: the archive may lack threads that are named nowhere. The next run lists them again.
    /// </summary>
    public bool IsList { get; }
}
