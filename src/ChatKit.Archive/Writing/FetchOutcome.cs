// How the fetch of one thread turned out.
namespace ChatKit.Archive;

/// <summary>How a thread that was asked for turned out.</summary>
internal enum FetchOutcome
{
    /// <summary>It is to be written.</summary>
    Fetched,

    /// <summary>The archive has it as it is.</summary>
    Unchanged,

    /// <summary>The archive has it, and nothing new is expected, so that it was not asked for.</summary>
    Idle,

    /// <summary>The server does not have it.</summary>
    NotThere,

    /// <summary>It could not be fetched.</summary>
    Failed,
}
