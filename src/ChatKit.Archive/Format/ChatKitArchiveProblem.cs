// What may be wrong with an archive.
namespace ChatKit.Archive;

/// <summary>Something wrong with an archive.</summary>
public sealed class ChatKitArchiveProblem
{
    internal ChatKitArchiveProblem(
        ChatKitArchiveProblemKind kind, string message, string? part = null, long? line = null, string? threadId = null)
    {
        Kind = kind;
        Message = message;
        Part = part;
        Line = line;
        ThreadId = threadId;
    }

    /// <summary>The kind of problem.</summary>
    public ChatKitArchiveProblemKind Kind { get; }

    /// <summary>The name of the part; null where the problem is in none.</summary>
    public string? Part { get; }

    /// <summary>The number of the line in the part, from 1; null where the problem is in none.</summary>
    public long? Line { get; }

    /// <summary>The identifier of the thread; null where it is not known, or the problem is of none.</summary>
    public string? ThreadId { get; }

    /// <summary>The problem in words.</summary>
    public string Message { get; }

    /// <summary>
    /// Whether what was written is not there as it was written; not so for what has yet to be fetched.
    /// </summary>
    internal bool IsDamage => Kind is not (
        ChatKitArchiveProblemKind.Incomplete or ChatKitArchiveProblemKind.FailedThread or
        ChatKitArchiveProblemKind.LineTorn or ChatKitArchiveProblemKind.PartLeftOver);

    /// <summary>The problem with its place.</summary>
    /// <returns>A line for a log.</returns>
    public override string ToString()
    {
        string part = Part is null ? "" : $" in {Part}";
        string line = Line is null ? "" : $", line {Line}";
        string thread = ThreadId is null ? "" : $", {ThreadId}";
        return $"{Kind}{part}{line}{thread}: {Message}";
    }
}
