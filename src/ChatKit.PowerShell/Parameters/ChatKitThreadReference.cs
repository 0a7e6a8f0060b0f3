// What a parameter makes of whatever names a thread.
using System;

namespace ChatKit;

/// <summary>A thread as a parameter names it: its id, and its title and user where what was given has them.</summary>
public sealed class ChatKitThreadReference
{
    internal ChatKitThreadReference(string? id, string? title = null, string? user = null, DateTime? createdAt = null)
    {
        Id = id;
        Title = title;
        User = user;
        CreatedAt = createdAt;
    }

    /// <summary>The identifier; null where what was given has none.</summary>
    public string? Id { get; }

    /// <summary>The title, where it is known.</summary>
    public string? Title { get; }

    /// <summary>The end user, where it is known.</summary>
    public string? User { get; }

    /// <summary>When it was created, in local time, where it is known.</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>The thread itself, where it was given as such.</summary>
    internal ChatKitThread? Thread { get; set; }

    /// <summary>The identifier.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id ?? "";
}
