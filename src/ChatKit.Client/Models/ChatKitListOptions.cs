// Which part of a list to ask for.
namespace ChatKit;

/// <summary>Which part of a list to ask for. What is null is not sent.</summary>
public sealed class ChatKitListOptions
{
    /// <summary>How many elements a page has at most: 0 to 100, the API's own range; it gives 20 where none is sent.</summary>
    public int? Limit { get; set; }

    /// <summary>The order; the API's own, newest first, where none is sent.</summary>
    public ChatKitOrder? Order { get; set; }

    /// <summary>The id after which the page begins, which is not in it.</summary>
    public string? After { get; set; }

    /// <summary>The id before which the list ends, which is not in it.</summary>
    public string? Before { get; set; }

    /// <summary>The end user whose threads are listed, 1 to 512 characters; all users' where it is null. Not for items.</summary>
    public string? User { get; set; }
}
