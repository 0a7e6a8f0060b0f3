// A thread that is to be exported by id.
namespace ChatKit.Archive;

/// <summary>A thread that is to be exported: its id, and the thread itself where it has been fetched already.</summary>
/// <param name="id">The identifier; null for what is none, which is one thread's failure.</param>
/// <param name="thread">The thread, whose JSON is then not asked for again; null where only its id is known.</param>
public sealed class ChatKitExportTarget(string? id, ChatKitThread? thread = null)
{
    /// <summary>The identifier.</summary>
    public string? Id { get; } = id;

    /// <summary>The thread, where it has been fetched already.</summary>
    public ChatKitThread? Thread { get; } = thread;

    /// <summary>A thread of which only the id is known.</summary>
    /// <param name="id">The identifier.</param>
    /// <returns>The target.</returns>
    public static implicit operator ChatKitExportTarget(string? id) => new(id);

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id ?? "";
}
