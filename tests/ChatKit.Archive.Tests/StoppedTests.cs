// Whoever stops an optimization or an erasure does not wait for it, and nobody else may write before it has ended.
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class StoppedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    public async Task Keeps_its_lock_until_it_has_ended(bool isErasure, int flush)
    {
        using Site site = Site.Of(6);
        site.PartSize = 1500;
        await site.ExportAsync();
        using SlowFolder slow = new(site.Folder, flush);
        using CancellationTokenSource stop = new();
        using IDisposable owner = Open(slow, isErasure);
        Task run = Task.Run(() => Run(owner, stop.Token), Token);
        slow.Begun.Wait(Token);

        // What the cmdlets do when they are stopped.
        await stop.CancelAsync();
        owner.Dispose();

        ChatKitArchiveException locked =
            Assert.Throws<ChatKitArchiveException>(() => Open(new(site.Folder), isErasure));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveLocked, locked.Kind);
        slow.Go.Set();
        await Task.WhenAny(run);
        using (IDisposable next = Open(new(site.Folder), isErasure))
        {
            Run(next, Token);
        }

        Assert.True(ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Complete);
        Assert.Equal(isErasure ? 5 : 6, ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token).Threads.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Does_not_begin_once_it_is_closed(bool isErasure)
    {
        using Site site = Site.Of(3);
        await site.ExportAsync();
        IDisposable owner = Open(new(site.Folder), isErasure);
        owner.Dispose();

        Assert.Throws<OperationCanceledException>(() => Run(owner, Token));

        site.AssertWhole();
    }

    private static IDisposable Open(ArchiveFolder folder, bool isErasure) => isErasure
        ? ChatKitArchiveErasure.Open(folder, ["cthr_3"], [], null, Token)
        : ChatKitArchiveCompaction.Open(folder, new() { Compress = true }, null, Token);

    private static void Run(IDisposable owner, CancellationToken stopping)
    {
        if (owner is ChatKitArchiveErasure erasure)
        {
            erasure.Erase(cancellationToken: stopping);
        }
        else
        {
            ((ChatKitArchiveCompaction)owner).Run(stopping);
        }
    }

    /// <summary>A disk whose n-th flush takes until it is told to end.</summary>
    private sealed class SlowFolder(string path, int flush) : ArchiveFolder(path), IDisposable
    {
        private int _left = flush;

        public ManualResetEventSlim Begun { get; } = new();

        public ManualResetEventSlim Go { get; } = new();

        public override void Flush(Stream stream)
        {
            Wait();
            base.Flush(stream);
        }

        public override void FlushFolder()
        {
            Wait();
            base.FlushFolder();
        }

        public void Dispose()
        {
            Go.Set();
            Begun.Dispose();
            Go.Dispose();
        }

        private void Wait()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Begun.Set();
                Go.Wait(Token);
            }
        }
    }
}
