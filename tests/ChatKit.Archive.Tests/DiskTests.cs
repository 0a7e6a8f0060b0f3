// What the disk refuses, what it gives back otherwise, and who may read what it has.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class DiskTests
{
    [Fact]
    public async Task A_run_whose_files_the_disk_does_not_take_fails_at_whichever_flush()
    {
        int flushes = 0;
        using (Site whole = Site.Of(3))
        {
            whole.Files = new Disk(whole.Folder) { Flushing = () => flushes++ };
            await whole.ExportAsync();
        }

        Assert.True(flushes > 8);
        for (int failing = 0; failing < flushes; failing++)
        {
            using Site site = Site.Of(3);
            int done = 0;
            site.Files = new Disk(site.Folder)
            {
                Flushing = () => _ = done++ == failing ? throw new IOException("Input/output error") : 0,
            };
            Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, (await site.FailAsync()).Kind);
            site.Files = null;
            await site.ExportAsync();
            site.AssertWhole();
        }
    }

    [Fact]
    public async Task A_part_that_comes_back_otherwise_than_it_was_written_is_not_complete()
    {
        using Site site = Site.Of(3);
        site.Files = new Disk(site.Folder) { Altering = true };
        ChatKitArchiveException e = await site.FailAsync();
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnwritable, e.Kind);
        Assert.Contains("is not what was written", e.Message, StringComparison.Ordinal);
        Assert.False(ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Complete);

        site.Files = null;
        await site.ExportAsync();
        site.AssertWhole();
    }

    [Fact]
    public void A_file_that_somebody_has_open_is_replaced_once_it_is_closed()
    {
        int moves = 0;
        int pauses = 0;
        FileReplacement.Replace(
            () => _ = ++moves < 5 ? throw new IOException("In use", unchecked((int)0x80070020)) : 0, _ => pauses++);
        Assert.Equal((5, 4), (moves, pauses));

        moves = 0;
        FileReplacement.Replace(() => _ = ++moves < 3 ? throw new UnauthorizedAccessException() : 0, _ => { });
        Assert.Equal(3, moves);
    }

    [Fact]
    public void A_file_that_stays_open_or_cannot_be_replaced_is_an_error()
    {
        int moves = 0;
        Assert.Throws<IOException>(
            () => FileReplacement.Replace(
                () => throw new IOException($"In use {++moves}", unchecked((int)0x80070020)), _ => { }));
        Assert.InRange(moves, 10, 100);

        moves = 0;
        Assert.Throws<IOException>(
            () => FileReplacement.Replace(
                () => throw new IOException($"Full {++moves}", unchecked((int)0x80070070)), _ => { }));
        Assert.Equal(1, moves);
    }

    [Fact]
    public async Task A_part_is_closed_where_the_manifest_cannot_be_saved()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        site.Add("cthr_new", 2_000_000, 1);
        Disk files = new(site.Folder) { FailsToReplaceAfter = 1 };
        site.Files = files;
        await site.FailAsync(options => options.Update = true);
        Assert.True(files.Opened > files.Replaced);
        Assert.Equal(0, files.StillOpen);
    }

#if NET // .NET Framework knows no modes.
    [Fact]
    public async Task Folders_and_files_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows they are for whom the folder above is.");
        using Site site = Site.Of(2);
        await site.ExportAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(site.Folder));
            string[] files = Directory.GetFiles(site.Folder);
            Assert.Equal(3, files.Length);
            foreach (string file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task A_folder_that_was_there_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using Site site = Site.Of(2);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Mode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
                UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
            Directory.CreateDirectory(site.Folder, Mode);
            await site.ExportAsync();
            Assert.Equal(Mode, File.GetUnixFileMode(site.Folder));
        }
    }
#endif

    /// <summary>A disk that refuses to flush, or alters what is written to a part.</summary>
    private sealed class Disk(string path) : ArchiveFolder(path)
    {
        public Action? Flushing { get; init; }

        public bool Altering { get; init; }

        public int FailsToReplaceAfter { get; init; } = int.MaxValue;

        public int Opened { get; private set; }

        public int StillOpen { get; set; }

        public int Replaced { get; private set; }

        public override Stream Open(string file, FileMode mode)
        {
            Opened++;
            StillOpen++;
            return new Counted(this, file, mode);
        }

        public override void Flush(Stream stream) => Flushing?.Invoke();

        public override void FlushFolder() => Flushing?.Invoke();

        public override void Replace(string from, string to)
        {
            if (Replaced++ >= FailsToReplaceAfter)
            {
                throw new IOException("No.");
            }

            base.Replace(from, to);
        }
    }

    private sealed class Counted(Disk disk, string file, FileMode mode) : FileStream(
        file, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1)
    {
        private bool _isClosed;

        public override void Write(byte[] buffer, int offset, int count)
        {
            byte[] written = [.. buffer.Skip(offset).Take(count)];
            if (disk.Altering && PartName.TryParse(Path.GetFileName(Name)) is not null && count > 50)
            {
                written[40] ^= 1;
            }

            base.Write(written, 0, count);
        }

        protected override void Dispose(bool disposing)
        {
            disk.StillOpen -= _isClosed ? 0 : 1;
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
