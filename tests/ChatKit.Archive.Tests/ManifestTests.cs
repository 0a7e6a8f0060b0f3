// What the manifest promises, it has to hold: nothing can be taken out, and nothing is believed that is not so.
using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class ManifestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_without_one_of_its_lines_is_damaged()
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, "manifest.json");
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            File.WriteAllLines(file, [.. lines[..i], .. lines[(i + 1)..]]);
            Assert.False(IsComplete(site), lines[i]);
        }
    }

    [Fact]
    public async Task A_manifest_of_which_any_byte_is_altered_is_damaged()
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, "manifest.json");
        byte[] sound = File.ReadAllBytes(file);
        for (int i = 0; i < sound.Length; i++)
        {
            byte[] altered = [.. sound];
            altered[i] ^= 1;
            File.WriteAllBytes(file, altered);
            Assert.False(IsComplete(site), $"byte {i}");
        }
    }

    [Theory]
    [InlineData("""(?m)^      "sha256": "[0-9a-f]{64}"(?=\r?$)""", "      \"open\": true")]
    [InlineData("""(?m),\r?\n      "sha256": "[0-9a-f]{64}"(?=\r?$)""", "")]
    [InlineData("""(?m)"sha256": "[0-9a-f]{64}"(?=\r?$)""", "\"sha256\": \"\"")]
    [InlineData("""(?m)"sha256": "([0-9a-f]{64})"(?=\r?$)""", "\"sha256\": \"$1\", \"open\": true")]
    [InlineData("\"bytes\": ([0-9]+),", "\"bytes\": -$1,")]
    [InlineData("\"gone\": \\[\\]", "\"gone\": [\"cthr_never\"]")]
    [InlineData("\"gone\": \\[\\]", "\"gone\": [null]")]
    [InlineData("\"gone\": \\[\\]", "\"gone\": null")]
    [InlineData("\"failed\": \\[\\]", "\"failed\": [{\"id\": \"cthr_9\", \"kind\": \"ServerError\", \"reason\": \"\"}]")]
    [InlineData("\"missing\": \\[\\]", "\"missing\": [\"The rest.\"]")]
    [InlineData("\"runs\": \\[", "\"ran\": [")]
    [InlineData("\"all\": true,", "")]
    public async Task A_manifest_whose_seal_was_made_anew_is_still_held_to_what_is_there(
        string pattern, string replacement)
    {
        using Site site = await ArchivedAsync();
        site.RewriteManifest(manifest =>
        {
            string rewritten = Regex.Replace(manifest, pattern, replacement);
            Assert.NotEqual(manifest, rewritten);
            return rewritten;
        });
        Assert.False(IsComplete(site));
    }

    [Theory]
    [InlineData("\"baseUri\": \"[^\"]*\"", "\"baseUri\": \"ftp://emulator.invalid/v1\"")]
    [InlineData("\"baseUri\": \"[^\"]*\"", "\"baseUri\": \"file:///etc\"")]
    [InlineData("\"baseUri\": \"[^\"]*\"", "\"baseUri\": \"/v1\"")]
    [InlineData("\"baseUri\": \"[^\"]*\"", "\"baseUri\": \"https://emulator.invalid/%1B[31m\"")]
    [InlineData("\"baseUri\": \"[^\"]*\"", "\"baseUri\": \"https://emulator.invalid/\\u202E\"")]
    [InlineData("\"project\": \"[^\"]*\"", "\"project\": \"\\u001b[31m\"")]
    [InlineData("\"organization\": \"[^\"]*\"", "\"organization\": \"a\\nb\"")]
    [InlineData("\"createdBy\": \"[^\"]*\"", "\"createdBy\": \"\\u009b31m\"")]
    public async Task Names_that_a_terminal_would_obey_and_addresses_of_other_kinds_are_damage(
        string pattern, string replacement)
    {
        using Site site = await ArchivedAsync();
        site.RewriteManifest(manifest => new Regex(pattern).Replace(manifest, replacement, 1));
        ChatKitArchiveException e = Assert.Throws<ChatKitArchiveException>(
            () => ChatKitArchiveManifest.Read(site.Folder));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, e.Kind);
        Assert.Equal(PrintableText.OneLine(e.Message), e.Message);
    }

    [Fact]
    public async Task An_archive_of_version_1_is_read_and_resumed_in_version_2()
    {
        using Site site = await ArchivedAsync();
        site.Downgrade();
        Assert.Equal(1, ChatKitArchiveManifest.Read(site.Folder).Version);
        site.AssertWhole();
        Assert.All(
            ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token).Threads,
            thread => Assert.Null(thread.CapturedAt));

        site.Add("cthr_new", 2_000_000, 2);
        await site.ExportAsync(options => options.Update = true);
        Assert.Equal(2, ChatKitArchiveManifest.Read(site.Folder).Version);
        site.AssertWhole();
        Assert.NotNull(ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token).Threads[^1].CapturedAt);
    }

    [Fact]
    public async Task An_archive_of_version_1_without_the_hash_of_its_last_part_is_not_complete()
    {
        using Site site = await ArchivedAsync();
        site.Downgrade();
        string manifest = site.Text("manifest.json").Replace("\r\n", "\n");
        int last = manifest.LastIndexOf(",\n      \"sha256\"", StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(site.Folder, "manifest.json"), manifest.Remove(last, manifest.IndexOf('}', last) - last));
        Assert.False(IsComplete(site));
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, (await site.FailAsync(options => options.Update = true)).Kind);
    }

    [Fact]
    public async Task A_new_manifest_that_did_not_take_the_place_of_the_old_one_takes_it()
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, "manifest.json");
        File.Move(file, file + ".new");
        site.AssertWhole();
        site.Add("cthr_new", 2_000_000, 2);
        await site.ExportAsync(options => options.Update = true);
        Assert.True(File.Exists(file));
        site.AssertWhole();
    }

    [Fact]
    public async Task Half_a_new_manifest_is_none()
    {
        using Site site = await ArchivedAsync();
        string file = Path.Combine(site.Folder, "manifest.json");
        File.WriteAllText(file + ".new", site.Text("manifest.json")[..^20]);
        site.AssertWhole();
        File.Delete(file);
        Assert.Equal(
            ChatKitArchiveErrorKind.NotAnArchive,
            Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveManifest.Read(site.Folder)).Kind);
        Assert.Equal(ChatKitArchiveErrorKind.NotAnArchive, (await site.FailAsync()).Kind);
    }

    /// <summary>An archive in two parts.</summary>
    private static async Task<Site> ArchivedAsync()
    {
        Site site = Site.Of(4);
        site.PartSize = 1500;
        await site.ExportAsync();
        Assert.Equal(2, ChatKitArchiveManifest.Read(site.Folder).Parts.Count);
        return site;
    }

    private static bool IsComplete(Site site)
    {
        try
        {
            return ChatKitArchiveVerifier.Verify(site.Folder, null, Token).Complete;
        }
        catch (ChatKitArchiveException e) when (e.Kind is ChatKitArchiveErrorKind.ArchiveDamaged
                or ChatKitArchiveErrorKind.NotAnArchive
                or ChatKitArchiveErrorKind.UnsupportedArchive)
        {
            return false;
        }
    }
}
