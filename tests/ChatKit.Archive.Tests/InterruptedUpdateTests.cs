// What was verified before an update that was cut off stays verified.
using System;
using System.IO;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class InterruptedUpdateTests
{
    [Fact]
    public async Task What_the_manifest_has_seen_on_the_disk_is_not_taken_for_torn()
    {
        using Site site = await KilledUpdateAsync(site => ChatKitArchiveManifest.Read(site.Folder).Parts[0].IsOpen);
        byte[] part = File.ReadAllBytes(PartOf(site));
        File.WriteAllBytes(PartOf(site), part[..100]);
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync()).Kind);
        Assert.Equal(100, new FileInfo(PartOf(site)).Length);

        File.WriteAllBytes(PartOf(site), part);
        await site.ExportAsync(options => options.Update = true);
        site.AssertWhole();
    }

    [Fact]
    public async Task What_was_verified_before_an_update_that_was_killed_is_still_verified_after_it()
    {
        using Site site = await KilledUpdateAsync(
            site => new FileInfo(PartOf(site)).Length > ChatKitArchiveManifest.Read(site.Folder).Bytes);
        byte[] part = File.ReadAllBytes(PartOf(site));
        byte[] altered = [.. part];
        int say = part.AsSpan().IndexOf(" say 1 "u8);
        altered[say + 5] = (byte)'7';
        File.WriteAllBytes(PartOf(site), altered);
        Assert.Contains(
            ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Problems,
            problem => problem.Kind == ChatKitArchiveProblemKind.PartAltered);
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
        Assert.Equal(altered, File.ReadAllBytes(PartOf(site)));

        File.WriteAllBytes(PartOf(site), part);
        await site.ExportAsync(options => options.Update = true);
        site.AssertWhole();
    }

    private static string PartOf(Site site) => Path.Combine(site.Folder, "threads-00001.jsonl");

    /// <summary>
    /// A site of four threads whose archive has three, and whose update was killed once something was so.
    /// </summary>
    private static async Task<Site> KilledUpdateAsync(Func<Site, bool> isSo)
    {
        for (long budget = 0; ; budget += 50)
        {
            Site site = Site.Of(3);
            await site.ExportAsync();
            site.Add("cthr_4", 1_000_004, 4);
            site.Files = new FailingFolder(site.Folder, budget, isKilled: true);
            await site.FailAsync(options => options.Update = true);
            site.Files = null;
            if (isSo(site))
            {
                return site;
            }

            site.Dispose();
        }
    }
}
