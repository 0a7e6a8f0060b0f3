// The outcome of fetching one thread.
namespace ChatKit.Archive;

/// <summary>The outcome of a thread that was requested.</summary>
internal enum FetchOutcome
{
    /// <summary>It is to be written.</summary>
    Fetched,

    /// <summary>The archive has it as it is.</summary>
    Unchanged,

    /// <summary>The archive has it, and nothing new is expected, so that it was not asked for.</summary>
    Idle,

    /// <summary>The source does not have it.</summary>
    NotThere,

    /// <summary>The server does not have it any more; the archive does.</summary>
    Gone,

    /// <summary>It could not be fetched.</summary>
    Failed,
}
