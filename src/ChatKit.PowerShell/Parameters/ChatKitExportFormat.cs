// What Export-ChatKitThread writes.
namespace ChatKit;

/// <summary>What threads are exported as.</summary>
public enum ChatKitExportFormat
{
    /// <summary>
    /// An archive: a line of JSON per thread. It can be resumed, updated, tested, and read back with <c>Connect-ChatKit
    /// -Archive</c>.
    /// </summary>
    JsonLines,

    /// <summary>Pages of HTML for people: an index to search, and a page per thread.</summary>
    Html,

    /// <summary>Pages of Markdown for people: a file per thread.</summary>
    Markdown,
}
