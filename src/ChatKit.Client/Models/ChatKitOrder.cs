// The order that lists come in.
namespace ChatKit;

/// <summary>The order of a list, by creation time.</summary>
public enum ChatKitOrder
{
    /// <summary>Newest first, as the API lists unless asked otherwise.</summary>
    Descending,

    /// <summary>Oldest first.</summary>
    Ascending,
}
