// A thread that an export could not fetch, as the manifest lists it.
namespace ChatKit.Archive;

/// <summary>A thread that could not be fetched.</summary>
public sealed class ChatKitArchiveFailedThread
{
    internal ChatKitArchiveFailedThread(string id, string kind, string reason)
    {
        Id = id;
        Kind = kind;
        Reason = reason;
    }

    /// <summary>The identifier, as it was asked for.</summary>
    public string Id { get; }

    /// <summary>The kind of failure, such as <c>ServerError</c>: a name of <see cref="ChatKitErrorKind"/>.</summary>
    public string Kind { get; }

    /// <summary>The failure in words.</summary>
    public string Reason { get; }
}
