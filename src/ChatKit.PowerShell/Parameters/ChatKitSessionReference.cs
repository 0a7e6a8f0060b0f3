// What a parameter makes of whatever names a session.
namespace ChatKit;

/// <summary>A session as a parameter names it.</summary>
public sealed class ChatKitSessionReference
{
    internal ChatKitSessionReference(string? id) => Id = id;

    /// <summary>The identifier; null where what was given has none.</summary>
    public string? Id { get; }

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id ?? "";
}
