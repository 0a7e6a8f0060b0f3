// One run of an export to pages for people.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Json;

namespace ChatKit.Archive;

/// <summary>
/// Writes threads as pages for people. Pages of an earlier run are written anew, and those of threads that are not met
/// with stay.
/// </summary>
/// <param name="client">The connection; not closed.</param>
/// <param name="options">
/// What to export, and where to; <see cref="ChatKitArchiveExportOptions.Update"/> means nothing here.
/// </param>
/// <param name="format">What the pages are written in.</param>
/// <param name="title">What the index is headed with.</param>
/// <param name="asOf">The moment whose threads these are; null for now.</param>
public sealed class ChatKitPageExport(
    ChatKitClient client,
    ChatKitArchiveExportOptions options,
    ChatKitPageFormat format,
    string title,
    DateTimeOffset? asOf = null) : ChatKitExport(client, options)
{
    private const string LockName = "pages.lock";

    private readonly HashSet<string> _written = [];

    /// <summary>Where the pages of threads are.</summary>
    private string PagesFolder =>
        format == ChatKitPageFormat.Html ? Path.Combine(Options.Folder, HtmlIndexPage.Folder) : Options.Folder;

    private string Extension => format == ChatKitPageFormat.Html ? ".html" : ".md";

    /// <summary>
    /// Runs. A thread or a list that fails does not end it: <see cref="ChatKitExport.TryTakeFailure"/> has it, and the
    /// index says so.
    /// </summary>
    /// <param name="exchanges">Is told of each attempt of each request, on whatever thread; may be null.</param>
    /// <param name="cancellationToken">
    /// Ends the run at once; the pages that were written stay, without an index.
    /// </param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ChatKitArchiveException">The folder cannot be written, or holds something else.</exception>
    /// <exception cref="ChatKitApiException">The connection is lost; what was written before stays.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ChatKitPageExportResult> RunAsync(
        IProgress<ChatKitExchange>? exchanges = null, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        HtmlPages? html = null;
        MarkdownPages? markdown = null;
        Write(() =>
        {
            CheckFolder();
            html = format == ChatKitPageFormat.Html ? new(Options.Folder, title, asOf ?? DateTimeOffset.Now) : null;
            markdown = format == ChatKitPageFormat.Markdown ? new(Options.Folder) : null;
        });
        using IDisposable @lock = Lock();
        Write(() =>
        {
            PageFile.DeleteUnfinished(Options.Folder);
            PageFile.DeleteUnfinished(PagesFolder);
            if (html is not null)
            {
                PageFile.DeleteUnfinished(Path.Combine(Options.Folder, SearchShards.Folder));
            }
        });

        // Rendering is no work for whoever called.
        await Task.Run(TakeAllAsync, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> missing = Options.Source?.MissingFor(Options.Query) ?? [];
        bool isComplete = IsWhole && Progress.Failed == 0 && missing.Count == 0;
        Write(() => html?.WriteIndex(isComplete ? null : Notice(missing)));
        Count(progress => progress.Stage = ChatKitArchiveExportStage.Ended);
        string[] others = [];
        Write(() => others = FindOthers());
        return new(Progress, isComplete, clock.Elapsed) { Others = others };

        async Task TakeAllAsync()
        {
            IAsyncEnumerable<FetchedThread> threads =
                ReadAsync(new ThreadLocations(), [], null, null, exchanges, cancellationToken);
            await foreach (FetchedThread fetched in threads.ConfigureAwait(false))
            {
                Take(fetched);
            }
        }

        void Take(FetchedThread fetched)
        {
            if (fetched.Outcome == FetchOutcome.Failed ||
                (fetched.Outcome == FetchOutcome.NotThere && !fetched.IsListed))
            {
                Fail(fetched);
            }
            else if (fetched.Outcome == FetchOutcome.NotThere)
            {
                Count(progress => progress.NotThere++);
            }
            else
            {
                TryAdd(fetched);
            }
        }

        void TryAdd(FetchedThread fetched)
        {
            try
            {
                Write(() => Add(fetched));
            }
            catch (JsonException e)
            {
                fetched.Failure = new ChatKitApiException(
                    ChatKitErrorKind.InvalidResponse,
                    $"What the server sent cannot be shown: {PrintableText.Excerpt(e.Message, 200)}");
                Fail(fetched);
            }
        }

        void Add(FetchedThread fetched)
        {
            var thread = ChatKitJson.ReadThread(fetched.Json);
            string path = html?.Add(thread, Items(fetched), cancellationToken)
                ?? markdown!.Add(thread, Items(fetched), cancellationToken);
            _written.Add(Path.GetFileName(path));
            Count(progress =>
            {
                progress.Written++;
                progress.Items += fetched.Pages.Sum(page => page.Count);
                progress.Attachments += fetched.Pages.Sum(page => page.Attachments);
                progress.Bytes += new FileInfo(path).Length;
            });
        }
    }

    /// <summary>
    /// Keeps other runs from the folder: each would delete what the other has not finished. The file goes with the run.
    /// </summary>
    private IDisposable Lock()
    {
        IDisposable? @lock = null;
        Write(() => @lock = ArchiveFolder.Lock(
            Path.Combine(Options.Folder, LockName), $"pages to '{Options.Folder}'", FileOptions.DeleteOnClose));
        return @lock!;
    }

    /// <summary>The pages that are there and that this run has not written.</summary>
    private string[] FindOthers() =>
        [.. Directory.EnumerateFiles(PagesFolder, "*" + Extension)
            .Select(file => Path.GetFileName(file))
            .Where(name => !_written.Contains(name))
            .OrderBy(name => name, StringComparer.Ordinal)];

    private string Notice(IReadOnlyList<string> missing)
    {
        const int MostReasons = 20;
        string? failed = Progress.Failed == 0
            ? null
            : $"{PageText.Count(Progress.Failed, "thread", "threads")} could not be fetched";
        string? here = IsWhole ? failed : "the list of threads did not come to its end";
        string more = missing.Count > MostReasons ? $" And {missing.Count - MostReasons:N0} reasons more." : "";
        string what = here is null ? "This is not everything." : $"This is not everything: {here}.";
        return $"{what} {string.Join(" ", missing.Take(MostReasons))}{more}".TrimEnd();
    }

    /// <summary>The items, oldest first, a page of them in memory as objects at a time.</summary>
    private static IEnumerable<ChatKitThreadItem> Items(FetchedThread thread) =>
        thread.Pages.AsEnumerable().Reverse()
            .SelectMany(page => ChatKitJson.ReadItemPage(List(page), thread.Id).Data.Reverse());

    private static byte[] List(ItemPage page)
    {
        using MemoryStream list = new();
        byte[] start = Encoding.ASCII.GetBytes("{\"data\":[");
        list.Write(start, 0, start.Length);
        for (int i = 0; i < page.Count; i++)
        {
            if (i > 0)
            {
                list.WriteByte((byte)',');
            }

            list.Write(page[i].Array!, page[i].Offset, page[i].Count);
        }

        list.WriteByte((byte)']');
        list.WriteByte((byte)'}');
        return list.ToArray();
    }

    /// <summary>Only pages may be in the way: whatever else a folder holds is not to be mixed with them.</summary>
    private void CheckFolder()
    {
        if (!Directory.Exists(Options.Folder))
        {
            return;
        }

        string? other = Directory.EnumerateFileSystemEntries(Options.Folder).Select(Path.GetFileName).FirstOrDefault(
            name => name != LockName && (format == ChatKitPageFormat.Html
                ? !HtmlPages.Writes(name)
                : Path.GetExtension(name) is not (".md" or PageFile.Unfinished)));
        if (other is not null)
        {
            throw new ChatKitArchiveException(ChatKitArchiveErrorKind.NotPages, $"The folder '{Options.Folder}' " +
                $"holds something other than pages of {format}: '{PrintableText.OneLine(other)}'.");
        }
    }

    private static void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChatKitArchiveException(
                ChatKitArchiveErrorKind.ArchiveUnwritable, $"The pages cannot be written: {e.Message}", e);
        }
    }
}
