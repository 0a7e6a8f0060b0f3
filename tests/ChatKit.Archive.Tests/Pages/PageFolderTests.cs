// What lies in a folder of pages: who may read it, and what stays there of earlier runs.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class PageFolderTests
{
#if !NETFRAMEWORK
    [Theory]
    [InlineData(ChatKitPageFormat.Html)]
    [InlineData(ChatKitPageFormat.Markdown)]
    public async Task Folders_and_pages_are_for_their_owner_alone(ChatKitPageFormat format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows they are for whom the folder above is.");
        using TemporaryFolder folder = new();
        string pages = Path.Combine(folder.Path, "pages");
        await ExportAsync(pages, format);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (string path in (string[])[pages, .. Directory.GetDirectories(pages)])
            {
                Assert.Equal(Mode | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            }

            string[] files = Directory.GetFiles(pages, "*", SearchOption.AllDirectories);
            Assert.True(files.Length >= 12);
            foreach (string path in files)
            {
                Assert.Equal(Mode, File.GetUnixFileMode(path));
            }
        }
    }
#endif

    [Theory]
    [InlineData(ChatKitPageFormat.Html, "threads/cthr_def456.html")]
    [InlineData(ChatKitPageFormat.Markdown, "cthr_def456.md")]
    public async Task Pages_that_a_run_does_not_write_stay_and_it_says_which(ChatKitPageFormat format, string page)
    {
        using TemporaryFolder folder = new();
        Assert.Empty((await ExportAsync(folder.Path, format)).Others);
        string before = folder.Read(page);

        ChatKitPageExportResult result = await ExportAsync(folder.Path, format, "cthr_abc123", "cthr_ghi789");
        Assert.Equal(10, result.Others.Count);
        Assert.Contains(Path.GetFileName(page), result.Others);
        Assert.DoesNotContain(result.Others, name => name.StartsWith("cthr_abc123", StringComparison.Ordinal));
        Assert.Equal(result.Others.Order(StringComparer.Ordinal), result.Others);
        Assert.Equal(before, folder.Read(page));
        Assert.True(result.Complete);
    }

    [Theory]
    [InlineData(ChatKitPageFormat.Html, "threads/cthr_def456.html.tmp")]
    [InlineData(ChatKitPageFormat.Html, "index.html.tmp")]
    [InlineData(ChatKitPageFormat.Markdown, "cthr_def456.md.tmp")]
    public async Task What_a_killed_run_left_of_a_page_is_gone_after_the_next(ChatKitPageFormat format, string half)
    {
        using TemporaryFolder folder = new();
        await ExportAsync(folder.Path, format);
        File.WriteAllText(Path.Combine(folder.Path, half), "half a p");
        ChatKitPageExportResult result = await ExportAsync(folder.Path, format, "cthr_abc123");
        Assert.DoesNotContain(folder.Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Equal(11, result.Others.Count);
    }

    [Theory]
    [InlineData(ChatKitPageFormat.Html)]
    [InlineData(ChatKitPageFormat.Markdown)]
    public async Task One_run_at_a_time_writes_to_a_folder(ChatKitPageFormat format)
    {
        using TemporaryFolder folder = new();
        using ChatKitClient client = ChatKitEmulator.CreateClient();
        ChatKitArchiveExportOptions options = new(folder.Path, new(ChatKitEmulator.BaseUri)) { Ids = Ids() };
        ChatKitArchiveErrorKind? second = null;
        ChatKitPageExportResult first = await new ChatKitPageExport(client, options, format, "t")
            .RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveLocked, second);
        Assert.True(first.Complete);
        Assert.DoesNotContain(folder.Files, file => file.EndsWith(".lock", StringComparison.Ordinal));

        // A run that was killed leaves its lock behind.
        File.WriteAllText(Path.Combine(folder.Path, "pages.lock"), "");
        Assert.True((await ExportAsync(folder.Path, format)).Complete);

        // The second run begins while the first one waits for its ids.
        IEnumerable<ChatKitExportTarget> Ids()
        {
            yield return new("cthr_abc123");
            second = Assert.Throws<ChatKitArchiveException>(
                () => ExportAsync(folder.Path, format).GetAwaiter().GetResult()).Kind;
        }
    }

    private static async Task<ChatKitPageExportResult> ExportAsync(
        string folder, ChatKitPageFormat format, params string[] ids)
    {
        using ChatKitClient client = ChatKitEmulator.CreateClient();
        ChatKitArchiveExportOptions options = new(folder, new(ChatKitEmulator.BaseUri))
        {
            Ids = ids.Length == 0 ? null : ids.Select(id => new ChatKitExportTarget(id)),
        };
        return await new ChatKitPageExport(client, options, format, "t")
            .RunAsync(cancellationToken: TestContext.Current.CancellationToken);
    }
}
