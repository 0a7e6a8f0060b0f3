// A folder of HTML pages: one per thread, an index of them all, and the texts that it searches.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace ChatKit.Archive;

/// <summary>
/// Writes threads as HTML for people: <c>threads/</c> with a page per thread, <c>search/</c> with the texts of their
/// items, and <c>index.html</c>, written last, which searches them.
/// </summary>
/// <remarks>
/// The pages need nothing from anywhere, and nothing of the data runs in them. Of each thread a row of the index is
/// kept in memory; of the texts of items a few million characters, until they are written. Threads may be added from
/// several threads of the process at once. A page that is there already is replaced; other pages in the folder stay.
/// The texts of an earlier index are deleted when the index is written.
/// </remarks>
public sealed class HtmlPages
{
    internal const string IndexName = "index.html";

    private readonly string _folder;
    private readonly string _title;
    private readonly DateTime _writtenAt;
    private readonly Dictionary<string, HtmlIndexRow> _rows = [];
    private readonly SearchShards _shards;

    /// <summary>Makes the folder, if it is not there.</summary>
    /// <param name="folder">Where the pages go.</param>
    /// <param name="title">What the index is headed with, such as the name of the project.</param>
    /// <param name="writtenAt">When the threads were exported, which the index says.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public HtmlPages(string folder, string title, DateTimeOffset writtenAt)
    {
        _folder = folder;
        _title = title;
        _writtenAt = writtenAt.UtcDateTime;
        // Each by itself: a folder that is made on the way to another has the usual mode.
        PrivateFile.CreateFolder(folder);
        PrivateFile.CreateFolder(Path.Combine(folder, HtmlIndexPage.Folder));
        string shards = Path.Combine(folder, SearchShards.Folder);
        PrivateFile.CreateFolder(shards);
        _shards = new SearchShards(shards);
    }

    /// <summary>Whether pages bring something of this name into their folder.</summary>
    internal static bool Writes(string? name) =>
        name is IndexName or IndexName + PageFile.Unfinished or HtmlIndexPage.Folder or SearchShards.Folder;

    /// <summary>Writes a thread's page. A thread that was added before is written anew.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="items">Its items, oldest first; gone through once.</param>
    /// <param name="cancellationToken">Stops; then there is no page.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The page may not be written.</exception>
    public string Add(
        ChatKitThread thread, IEnumerable<ChatKitThreadItem> items, CancellationToken cancellationToken = default)
    {
        string name = PageName.Of(thread.Id);
        string path = Path.Combine(_folder, HtmlIndexPage.Folder, name + ".html");
        int number = _shards.NextThread();
        int count = 0;
        SearchText text = new();
        PageFile.Write(path, writer => count = HtmlThreadPage.Write(writer, thread, Searched(), cancellationToken));
        HtmlIndexRow row = new(name, thread, count, number);
        _shards.Add(text);
        lock (_rows)
        {
            _rows[name] = row;
        }

        return path;

        IEnumerable<ChatKitThreadItem> Searched()
        {
            int item = 0;
            foreach (ChatKitThreadItem each in items)
            {
                text.Append(number, ++item, each.Text);
                _shards.WriteIfFull(text);
                yield return each;
            }
        }
    }

    /// <summary>Writes the index of the threads that were added, newest first.</summary>
    /// <param name="notice">
    /// What readers must know before they rely on the pages, such as that threads are missing; null for nothing.
    /// </param>
    /// <returns>The path of the index.</returns>
    /// <exception cref="IOException">The index cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The index may not be written.</exception>
    public string WriteIndex(string? notice = null)
    {
        string path = Path.Combine(_folder, IndexName);
        lock (_rows)
        {
            HtmlIndexRow[] rows =
                [.. _rows.Values.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal)];
            (IReadOnlyList<(string Name, int Items)> shards, string? filter) = _shards.Finish();
            PageFile.Write(
                path, writer => HtmlIndexPage.Write(writer, _title, _writtenAt, notice, rows, shards, filter));
        }

        _shards.DeleteOthers();

        return path;
    }
}
