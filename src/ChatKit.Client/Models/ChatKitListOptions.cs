// The parameters of a list request.
namespace ChatKit;

/// <summary>The parameters of a list request. Null values are not sent.</summary>
public sealed class ChatKitListOptions
{
    /// <summary>The page size: 0 to 100. The API's default is 20.</summary>
    public int? Limit { get; set; }

    /// <summary>The order. The API's default is newest first.</summary>
    public ChatKitOrder? Order { get; set; }

    /// <summary>The id after which the page starts (exclusive).</summary>
    public string? After { get; set; }

    /// <summary>The id before which the list ends (exclusive).</summary>
    public string? Before { get; set; }

    /// <summary>
    /// The end user whose threads are listed, 1 to 512 characters; null for all users. Not used for items.
    /// </summary>
    public string? User { get; set; }
}
