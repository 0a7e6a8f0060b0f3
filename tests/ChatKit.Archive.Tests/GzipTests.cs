// Parts in gzip: read from any place, as any program writes them, and refused where they are not what was written.
using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public class GzipTests
{
    private const string First = "threads-00001-1.jsonl.gz";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_read_wherever_it_stands_and_however_many_members_it_has()
    {
        using Site site = await CompressedAsync();
        var index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        ChatKitArchivePart part = Assert.Single(index.Manifest.Parts);
        Assert.True(part.Members!.Count > 6 && part.IsIndexed);
        Assert.Equal(new FileInfo(Path.Combine(site.Folder, First)).Length, part.Bytes);
        ChatKitArchivedThread[] threads = [.. index.Threads];
        for (int i = 0; i < 60; i++)
        {
            ChatKitArchivedThread thread = threads[i * 37 % threads.Length];
            Assert.Equal(site.LineOf(thread.Id), Site.LineOf(index.Read(thread)));
        }

        Parallel.ForEach(threads, thread => Assert.Equal(site.LineOf(thread.Id), Site.LineOf(index.Read(thread))));
    }

    [Fact]
    public async Task A_part_of_gzip_is_what_any_program_reads()
    {
        using Site site = await CompressedAsync();
        ChatKitArchivePart part = Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Parts);
        byte[] file = File.ReadAllBytes(Path.Combine(site.Folder, First));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), part.Sha256);

        // Member after member by RFC 1952: magic, deflate, an extra field, and where the next one begins.
        int members = 0;
        int at = 0;
        while (at < file.Length)
        {
            Assert.Equal([0x1f, 0x8b, 8, 4], file[at..(at + 4)]);
            Assert.Equal((8, (byte)'C', (byte)'K', 4), (file[at + 10], file[at + 12], file[at + 13], file[at + 14]));
            at += BitConverter.ToInt32(file, at + 16);
            members++;
        }

        Assert.Equal(file.Length, at);
        Assert.True(members > 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_part_that_another_program_compressed_is_read_searched_and_made_one_of_ours(int members)
    {
        using Site site = Site.Of(30);
        await site.ExportAsync();
        byte[] text = File.ReadAllBytes(Path.Combine(site.Folder, "threads-00001.jsonl"));
        Replace(site, "threads-00001.jsonl", "threads-00001.jsonl.gz", Foreign(text, members));
        site.AssertWhole();
        var index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        Assert.False(index.Manifest.Parts[0].IsIndexed);
        ChatKitArchiveSearch search = new(index, new ChatKitSearch(["say 30"]));
        Assert.Single(search.Run(Token).SelectMany(batch => batch.GetAwaiter().GetResult().Found));

        Compact(site, compress: false);
        Assert.Equal("threads-00001.jsonl.gz", Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Parts).Name);
        Compact(site, compress: true);
        Assert.Equal(First, Assert.Single(ChatKitArchiveManifest.Read(site.Folder).Parts).Name);
        site.AssertWhole();
    }

    [Fact]
    public async Task An_index_of_a_part_that_has_changed_since_gives_no_other_line()
    {
        using Site site = await CompressedAsync();
        var index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        string file = Path.Combine(site.Folder, First);
        byte[] bytes = File.ReadAllBytes(file);
        foreach (int at in new[] { 0, 16, 12, 200, bytes.Length / 2, bytes.Length - 1 })
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            File.WriteAllBytes(file, changed);
            index.Manifest.Parts[0].Last = null;
            int refused = 0;
            foreach (ChatKitArchivedThread thread in index.Threads)
            {
                try
                {
                    Assert.Equal(site.LineOf(thread.Id), Site.LineOf(index.Read(thread)));
                }
                catch (ChatKitArchiveException e)
                {
                    Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, e.Kind);
                    refused++;
                }
            }

            Assert.True(refused > 0, $"at {at}");
        }

        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        index.Manifest.Parts[0].Last = null;
        ChatKitArchiveException short1 = Assert.Throws<ChatKitArchiveException>(
            () => index.Threads.Select(index.Read).ToList());
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnreadable, short1.Kind);
    }

    [Fact]
    public async Task Of_a_damaged_part_what_can_be_decompressed_is_read_and_nothing_is_made_of_pieces()
    {
        using Site site = await CompressedAsync();
        string file = Path.Combine(site.Folder, First);
        byte[] bytes = File.ReadAllBytes(file);
        int second = BitConverter.ToInt32(bytes, 16);
        bytes[second + 500] ^= 1;
        File.WriteAllBytes(file, bytes);
        ChatKitArchiveVerification found = ChatKitArchiveVerifier.Verify(site.Folder, null, Token);
        Assert.Contains(found.Problems, problem => problem.Kind == ChatKitArchiveProblemKind.PartAltered);
        Assert.Throws<ChatKitArchiveException>(() => ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token));

        var index = ChatKitArchiveIndex.Open(site.Folder, skipDamage: true, cancellationToken: Token);
        Assert.InRange(index.Threads.Count, site.Ids.Count / 2, site.Ids.Count - 1);
        Assert.All(index.Threads, thread => Assert.Equal(site.LineOf(thread.Id), Site.LineOf(index.Read(thread))));
    }

    [Fact]
    public async Task A_lost_manifest_is_made_anew_from_compressed_parts()
    {
        using Site site = await CompressedAsync();
        File.Delete(Path.Combine(site.Folder, "manifest.json"));
        ChatKitArchiveVerification repaired = ChatKitArchiveRepair.Repair(site.Folder, null, Token);
        Assert.Equal(site.Ids.Count, repaired.Threads);
        Assert.Equal(3, repaired.Manifest.Version);
        site.AssertHolds([.. site.Ids]);
    }

    [Fact]
    public void A_member_that_says_it_is_longer_than_any_is_refused_before_there_is_room_for_it()
    {
        byte[] member = GzipMember.Compress(new byte[1000], 1000);
        Assert.Equal(member.Length, GzipMember.LengthOf(member));
        Assert.Equal(new byte[1000], GzipMember.Decompress(member));
        foreach (uint length in new[] { 999u, 1001u, GzipMember.MostText + 1u, uint.MaxValue })
        {
            BitConverter.GetBytes(length).CopyTo(member, member.Length - 4);
            Assert.Throws<InvalidDataException>(() => GzipMember.Decompress(member));
        }

        // What our header says is longer than any member of ours is none of ours.
        BitConverter.GetBytes(int.MaxValue).CopyTo(member, 16);
        Assert.Equal(0, GzipMember.LengthOf(member));
    }

    [Fact]
    public void Text_of_any_length_is_decompressed_to_what_it_was()
    {
        Random random = new(7);
        foreach (int length in new[] { 0, 1, GzipMember.TextLength - 1, GzipMember.TextLength })
        {
            byte[] text = new byte[length];
            random.NextBytes(text);
            byte[] member = GzipMember.Compress(text, length);
            Assert.Equal(member.Length, GzipMember.LengthOf(member));
            Assert.Equal(text, GzipMember.Decompress(member));
        }
    }

    [Theory]
    [InlineData(2, "\"name\": \"threads-00001.jsonl.gz\"")]
    [InlineData(2, "\"name\": \"threads-00001-00002-1.jsonl\"")]
    [InlineData(3, "\"open\": true, \"name\": \"threads-00001.jsonl.gz\"")]
    [InlineData(3, "\"name\": \"threads-00001-00001-1.jsonl\"")]
    [InlineData(3, "\"name\": \"threads-00001-00002.jsonl\"")]
    [InlineData(3, "\"name\": \"threads-00001.jsonl.gz.gz\"")]
    public async Task A_manifest_with_what_its_version_does_not_know_is_damaged(int version, string name)
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        site.RewriteManifest(text => text
            .Replace("\"version\": 2", $"\"version\": {version}", StringComparison.Ordinal)
            .Replace("\"name\": \"threads-00001.jsonl\"", name, StringComparison.Ordinal));
        ChatKitArchiveException e = Assert.Throws<ChatKitArchiveException>(
            () => ChatKitArchiveManifest.Read(site.Folder));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveDamaged, e.Kind);
    }

    /// <summary>An archive of 90 threads in one part of several members, of which one is all of one line.</summary>
    private static async Task<Site> CompressedAsync()
    {
        Site site = new();
        Random random = new(5);
        for (int i = 0; i < 90; i++)
        {
            byte[] noise = new byte[i == 45 ? 600_000 : 15_000];
            random.NextBytes(noise);
            site.Add($"cthr_{i}", 1_000_000 + i, 1, title: Convert.ToBase64String(noise));
        }

        await site.ExportAsync();
        Compact(site, compress: true);
        return site;
    }

    private static void Compact(Site site, bool compress)
    {
        using var compaction = ChatKitArchiveCompaction.Open(site.Folder, new() { Compress = compress }, null, Token);
        compaction.Run(Token);
    }

    private static byte[] Foreign(byte[] text, int members)
    {
        using MemoryStream file = new();
        int length = (text.Length / members) + 1;
        foreach (byte[] piece in Enumerable.Range(0, members).Select(i => text.Skip(i * length).Take(length).ToArray()))
        {
            using GZipStream gzip = new(file, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(piece, 0, piece.Length);
        }

        return file.ToArray();
    }

    /// <summary>Has another file in the place of a part, as another program writes them.</summary>
    private static void Replace(Site site, string old, string name, byte[] file)
    {
        File.Delete(Path.Combine(site.Folder, old));
        File.WriteAllBytes(Path.Combine(site.Folder, name), file);
        site.RewriteManifest(text =>
        {
            JsonObject manifest = JsonNode.Parse(text)!.AsObject();
            JsonObject part = manifest["parts"]![0]!.AsObject();
            manifest["version"] = 3;
            manifest["bytes"] = file.Length;
            (part["name"], part["bytes"]) = (name, file.Length);
            part["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file));
            return manifest.ToJsonString(new() { WriteIndented = true });
        });
    }
}
