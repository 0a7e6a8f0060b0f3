// The order of a list.
namespace ChatKit;

/// <summary>The order of a list, by creation time.</summary>
public enum ChatKitOrder
{
    /// <summary>Newest first, the API's default.</summary>
    Descending,

    /// <summary>Oldest first.</summary>
    Ascending,
}
