// A folder of Markdown pages, one per thread.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>Writes threads as Markdown for people: a file <c>.md</c> per thread.</summary>
/// <remarks>
/// What users wrote is escaped: it cannot become markup, HTML or a link, other than where a viewer makes links of
/// addresses that it finds in plain text. Nothing of a thread is kept in memory. Threads may be added from several
/// threads of the process at once.
/// </remarks>
public sealed class MarkdownPages
{
    private readonly string _folder;

    /// <summary>Makes the folder, if it is not there.</summary>
    /// <param name="folder">Where the pages go.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public MarkdownPages(string folder)
    {
        _folder = folder;
        PrivateFile.CreateFolder(folder);
    }

    /// <summary>Writes a thread's page. One that is there already is replaced.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="items">Its items, oldest first; gone through once.</param>
    /// <param name="cancellationToken">Stops; then there is no page.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The page may not be written.</exception>
    public string Add(
        ChatKitThread thread, IEnumerable<ChatKitThreadItem> items, CancellationToken cancellationToken = default)
    {
        string path = Path.Combine(_folder, PageName.Of(thread.Id) + ".md");
        PageFile.Write(path, writer => MarkdownThreadPage.Write(writer, thread, items, cancellationToken));
        return path;
    }
}
