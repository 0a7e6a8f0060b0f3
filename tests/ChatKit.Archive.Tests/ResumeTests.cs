// A run that ended anywhere is resumed.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ResumeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_ends_anywhere_is_resumed(bool isKilled)
    {
        // Every byte has been tried, and takes minutes. The moments that the manifest has are not always of the same
        // length.
        long whole = await WholeAsync(isKilled) - 64;
        for (long budget = 0; budget < whole; budget += budget < 20 ? 1 : 19)
        {
            using Site site = Small();
            site.Files = new FailingFolder(site.Folder, budget, isKilled);
            ChatKitArchiveException e = await site.FailAsync();
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, e.Kind);

            site.Files = new FailingFolder(site.Folder, long.MaxValue, isKilled);
            ChatKitArchiveExportResult result = await site.ExportAsync();
            Assert.Equal(3, result.Run.Written + result.Run.Skipped);
            Assert.Equal(3, site.Lines().Length);
            site.AssertWhole();
        }
    }

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_gets_there()
    {
        using Site site = Site.Of(40);
        site.PartSize = 20_000;
        int runs = 0;
        while (true)
        {
            Assert.True(++runs < 100);
            site.Files = new FailingFolder(site.Folder, 22_000, isKilled: true);
            try
            {
                if ((await site.ExportAsync()).Manifest.Complete)
                {
                    break;
                }
            }
            catch (ChatKitArchiveException)
            {
                // Killed.
            }
        }

        Assert.True(runs > 5);
        Assert.Equal(40, site.Lines().Length);
        site.AssertWhole();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3000)]
    public async Task A_line_that_is_cut_off_anywhere_is_dropped_and_written_anew(int zeros)
    {
        using Site killed = await KilledAsync();
        byte[] part = File.ReadAllBytes(PartOf(killed));
        int last = part.AsSpan(0, part.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int length = last; length < part.Length; length += zeros == 0 ? 1 : 11)
        {
            using Site site = Small();
            CopyOf(killed, site);
            site.Files = new FailingFolder(site.Folder, long.MaxValue, isKilled: false);
            File.WriteAllBytes(PartOf(site), [.. part[..length], .. new byte[zeros]]);
            ChatKitArchiveExportResult result = await site.ExportAsync();
            Assert.Equal(length - last + zeros, result.BytesCut);
            site.AssertWhole();
            Assert.Equal(3, site.Lines().Length);
        }
    }

    [Fact]
    public async Task What_stands_behind_a_bad_line_of_an_open_part_goes_with_it()
    {
        using Site site = await KilledAsync();
        string[] lines = File.ReadAllLines(PartOf(site));
        File.WriteAllText(PartOf(site), new string('\0', lines[0].Length) + "\n" + lines[1] + "\n");
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(lines[0].Length + lines[1].Length + 2, result.BytesCut);
        site.AssertWhole();
    }

    [Fact]
    public async Task A_line_of_a_run_that_was_killed_is_fetched_again_where_it_was_altered_since()
    {
        using Site site = await KilledAsync();
        string part = File.ReadAllText(PartOf(site));
        File.WriteAllText(PartOf(site), part.Replace(" say 2 ", " say 8 ", StringComparison.Ordinal));
        Assert.True((await site.ExportAsync()).BytesCut > 0);
        site.AssertWhole();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_that_is_cancelled_ends_at_once_and_is_resumed()
    {
        using Site site = Site.Of(30);
        using CancellationTokenSource cancelling = new();
        TaskCompletionSource never = new();
        site.Fault = async path =>
        {
            if (path.StartsWith("threads/cthr_5/", StringComparison.Ordinal))
            {
                await cancelling.CancelAsync();
                await never.Task.WaitAsync(cancelling.Token);
            }

            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => site.ExportAsync(token: cancelling.Token));
        ChatKitArchiveManifest manifest = ChatKitArchiveManifest.Read(site.Folder);
        Assert.False(manifest.Complete);
        Assert.All(manifest.Parts, part => Assert.NotNull(part.Sha256));

        site.Fault = null;
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(
            (manifest.Threads, 30 - manifest.Threads, 0), (result.Run.Skipped, result.Run.Written, result.BytesCut));
        site.AssertWhole();
    }

    [Fact]
    public async Task A_thread_that_is_there_is_not_asked_for_again()
    {
        using Site site = await KilledAsync();
        site.Requests.Clear();
        await site.ExportAsync();
        Assert.Single(site.Requests, path => path.Contains("/items", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thread_that_is_deleted_between_two_runs_stays_and_is_gone()
    {
        using Site site = await KilledAsync();
        site.Remove("cthr_3");
        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(["cthr_3"], result.Manifest.Gone);
        Assert.Equal((1, 3, true), (result.NewlyGone, result.Manifest.Threads, result.Manifest.Complete));
    }

    [Fact]
    public async Task A_complete_archive_is_left_as_it_is()
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        string manifest = site.Text("manifest.json");
        site.Add("cthr_new", 2_000_000, 1);
        site.Requests.Clear();

        ChatKitArchiveExportResult result = await site.ExportAsync();
        Assert.Equal(
            (3, 0, 3, true), (result.Run.Skipped, result.Run.Written, result.Run.Total, result.Manifest.Complete));
        Assert.Empty(site.Requests);
        Assert.Equal(manifest, site.Text("manifest.json"));
    }

    private static Site Small()
    {
        Site site = Site.Of(3);
        site.PartSize = 700;
        return site;
    }

    private static string PartOf(Site site) => Path.Combine(site.Folder, "threads-00001.jsonl");

    /// <summary>How much there is to do for a whole run.</summary>
    private static async Task<long> WholeAsync(bool isKilled)
    {
        using Site site = Small();
        FailingFolder files = new(site.Folder, 1_000_000, isKilled);
        site.Files = files;
        await site.ExportAsync();
        Assert.Equal(2, ChatKitArchiveManifest.Read(site.Folder).Parts.Count);
        return files.Used;
    }

    /// <summary>A site whose export was killed after two of three threads, with its first part open.</summary>
    private static async Task<Site> KilledAsync()
    {
        for (long budget = 0; ; budget += 50)
        {
            Site site = Small();
            site.PartSize = 100_000;
            site.Files = new FailingFolder(site.Folder, budget, isKilled: true);
            await site.FailAsync();
            site.Files = null;
            if (File.Exists(PartOf(site)) && File.ReadAllBytes(PartOf(site)) is { Length: > 0 } part &&
                part.Count(b => b == (byte)'\n') == 2)
            {
                // Whatever came of the third line is taken off.
                File.WriteAllBytes(PartOf(site), part[..(part.AsSpan().LastIndexOf((byte)'\n') + 1)]);
                return site;
            }

            site.Dispose();
        }
    }

    private static void CopyOf(Site from, Site to)
    {
        Directory.CreateDirectory(to.Folder);
        foreach (string file in Directory.GetFiles(from.Folder))
        {
            File.Copy(file, Path.Combine(to.Folder, Path.GetFileName(file)));
        }
    }
}
