// The formats of pages for people.
namespace ChatKit.Archive;

/// <summary>What pages are written in.</summary>
public enum ChatKitPageFormat
{
    /// <summary>A page of HTML per thread, and an index of them.</summary>
    Html,

    /// <summary>A file of Markdown per thread.</summary>
    Markdown,
}
