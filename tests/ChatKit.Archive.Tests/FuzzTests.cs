// Whatever is changed in an archive, it is not complete, or what is read back is byte for byte what was written.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using ChatKit.Archive;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class FuzzTests
{
    private const int Changes = 500;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public async Task Whatever_is_changed_nothing_else_is_taken_for_complete(int version, int together)
    {
        using Site site = Site.Of(5);
        site.PartSize = 1500;
        await site.ExportAsync();
        site.Change("cthr_5", items: items => items.Take(2));
        await site.ExportAsync(options => options.Update = true);
        if (version == 1)
        {
            site.Downgrade();
        }
        else if (version == 3)
        {
            ChatKitArchiveCompactionOptions options = new() { KeepVersions = true, Compress = true, PartSize = 1800 };
            using var compaction = ChatKitArchiveCompaction.Open(
                new ArchiveFolder(site.Folder), options, null, TestContext.Current.CancellationToken);
            compaction.Run(TestContext.Current.CancellationToken);
        }

        Assert.Equal(version, ChatKitArchiveManifest.Read(site.Folder).Version);

        Dictionary<string, byte[]> sound = Directory.GetFiles(site.Folder)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => file, File.ReadAllBytes);
        List<string> expected = Read(site);
        Assert.True(IsComplete(site));
        int rejected = 0;
        Gen<Change> change =
            from kind in Gen.Choose(0, 8)
            from file in Gen.Choose(0, sound.Count - 1)
            from place in Gen.Choose(0, int.MaxValue - 1)
            from other in Gen.Choose(0, int.MaxValue - 1)
            select new Change(kind, file, place, other);
        Prop.ForAll(Gen.ArrayOf(change, together).ToArbitrary(), changes =>
        {
            foreach ((string file, byte[] bytes) in sound)
            {
                File.WriteAllBytes(file, bytes);
            }

            foreach (Change one in changes)
            {
                one.Apply(site, [.. sound.Keys]);
            }

            bool isComplete = IsComplete(site);
            rejected += isComplete ? 0 : 1;
            foreach (string file in Directory.GetFiles(site.Folder, "threads-*").Except(sound.Keys))
            {
                File.Delete(file);
            }

            return !isComplete || Read(site).SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Changes).WithReplay(20_261_124, 7));
        Assert.True(rejected > Changes / 2);
    }

    private static bool IsComplete(Site site)
    {
        try
        {
            return ChatKitArchiveVerifier.Verify(site.Folder, null, TestContext.Current.CancellationToken).Complete;
        }
        catch (ChatKitArchiveException)
        {
            return false;
        }
    }

    private static List<string> Read(Site site)
    {
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(
            site.Folder, cancellationToken: TestContext.Current.CancellationToken);
        return [.. index.Threads.Select(index.Read).Select(line => string.Join(
            "\n",
            line.Items.Select(item => item.Json).Prepend(line.Thread)
                .Select(json => Encoding.UTF8.GetString(json.Span))))];
    }

    /// <summary>
    /// One change of an archive: bytes, lines, whole files; and the manifest as one changes it who seals it anew.
    /// </summary>
    private sealed record Change(int Kind, int File, int Place, int Other)
    {
        public void Apply(Site site, string[] files)
        {
            string file = files[File];
            if (!System.IO.File.Exists(file))
            {
                return;
            }

            byte[] bytes = System.IO.File.ReadAllBytes(file);
            int place = bytes.Length == 0 ? 0 : Place % bytes.Length;
            int end = place + Math.Min(bytes.Length - place, 1 + (Other % 400));
            switch (Kind)
            {
                case 0:
                    System.IO.File.WriteAllBytes(
                        file, [.. bytes[..place], (byte)Other, .. bytes[Math.Min(bytes.Length, place + 1)..]]);
                    break;
                case 1:
                    System.IO.File.WriteAllBytes(file, [.. bytes[..place], .. bytes[end..]]);
                    break;
                case 2:
                    System.IO.File.WriteAllBytes(file, [.. bytes[..end], .. bytes[place..]]);
                    break;
                case 3:
                    Lines(file, lines => lines.RemoveAt(Place % lines.Count));
                    break;
                case 4:
                    Lines(file, lines => lines.Insert(Other % lines.Count, lines[Place % lines.Count]));
                    break;
                case 5:
                    Lines(
                        file,
                        lines => (lines[Place % lines.Count], lines[Other % lines.Count]) = (
                            lines[Other % lines.Count], lines[Place % lines.Count]));
                    break;
                case 6:
                    System.IO.File.WriteAllBytes(
                        file,
                        System.IO.File.ReadAllBytes(
                            files[Other % files.Length] is var other && System.IO.File.Exists(other) ? other : file));
                    break;
                case 7:
                    System.IO.File.Delete(file);
                    break;
                default:
                    Reseal(site);
                    break;
            }
        }

        private static void Lines(string file, Action<List<string>> change)
        {
            List<string> lines = [.. System.IO.File.ReadAllLines(file)];
            if (lines.Count > 0)
            {
                change(lines);
                System.IO.File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
            }
        }

        /// <summary>
        /// Takes a member or an element out of the manifest, or has it twice, or another in its place.
        /// </summary>
        private void Reseal(Site site)
        {
            string manifest = Path.Combine(site.Folder, "manifest.json");
            try
            {
                JsonObject root = JsonNode.Parse(System.IO.File.ReadAllBytes(manifest))!.AsObject();
                List<JsonNode> all = [.. Below(root)];
                JsonNode node = all[Place % all.Count];
                if (node.Parent is JsonArray array)
                {
                    array.Remove(node);
                }
                else
                {
                    JsonObject parent = node.Parent!.AsObject();
                    string name = node.GetPropertyName();
                    JsonNode? replacement = (Other % 3) switch
                    {
                        0 => null,
                        1 => all[Other % all.Count].DeepClone(),
                        _ => JsonValue.Create(Other % 5),
                    };
                    parent.Remove(name);
                    if (replacement is not null && name != "seal")
                    {
                        parent[name] = replacement;
                    }
                }

                JsonNode? seal = root["seal"];
                root.Remove("seal");
                root["seal"] = seal?.DeepClone();
                string text = root.ToJsonString(new() { WriteIndented = true });
                System.IO.File.WriteAllText(manifest, text);
                site.RewriteManifest(same => same);
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or IOException
                or NullReferenceException or ArgumentException)
            {
                // Another change has made it no JSON.
            }
        }

        private static IEnumerable<JsonNode> Below(JsonNode node)
        {
            IEnumerable<JsonNode?> children = node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray elements => elements,
                _ => [],
            };
            return children.OfType<JsonNode>().SelectMany(child => Below(child).Prepend(child));
        }
    }
}
