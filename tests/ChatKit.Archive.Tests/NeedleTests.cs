// The search of bytes never misses what a search of the text finds, however a writer escaped it.
using System;
using System.Globalization;
using System.Linq;
using System.Text;
using ChatKit.Archive;
using ChatKit.Emulator;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class NeedleTests
{
    private static readonly string[] Pieces =
    [
        "a", "A", "s", "S", "k", "K", "i", "I", "zebra", "Zebra", "ZEBRA", " ", "  ", "the", "\"", "\\", "/", "\n",
        "\r\n",
        "\t", "<", ">", "> ", "&", "'", "`", "+", "(", ")", ":", ": ", " → ", "→", "[", "]", "{", "}", ",", "\\u0061",
        "\\n",
        "é", "É", "ß", "ẞ", "ſ", "ı", "İ", "K", "Å", "å", "σ", "ς", "Σ", "привет", "ПРИВЕТ", "П", "日本", "語", "🎉",
        "😀", "𐐀", "𐐨", "\u0000", "\u001b", "\u2028", "\uFFFD", "ǅ", "ᲀ", "ᲂ", "о", "О", "ⱥ", "Ⱥ",
        "ǆ", "Ǆ", "user", "text", "chatkit.", "0", "9",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);

    [Fact]
    public void Every_character_is_found_in_each_spelling_that_is_equal_without_case()
    {
        string[] characters =
        [
            .. Enumerable.Range(1, char.MaxValue).Where(unit => unit is < 0xD800 or > 0xDFFF)
                .Select(unit => ((char)unit).ToString()),
        ];
        int certain = 0;
        foreach (IGrouping<string, string> group in characters.GroupBy(c => c, StringComparer.OrdinalIgnoreCase))
        {
            string[] equal = [.. group];
            if (equal.Length > 1 || equal[0][0] < 0x250)
            {
                ByteNeedle? needle = ByteNeedle.Of(equal[0]);
                certain += needle is null ? 0 : 1;
                Assert.All(equal, spelling =>
                {
                    Assert.True(needle?.MayBeIn(Encoding.UTF8.GetBytes($"{spelling}")) ?? true, spelling);
                    Assert.True(needle?.MayBeIn(Encoding.UTF8.GetBytes($"\\u{(int)spelling[0]:X4}")) ?? true, spelling);
                });
            }
        }

        Assert.True(certain > 500, $"{certain}");
    }

    [Theory]
    [InlineData("zebra", "a horse", false)]
    [InlineData("zebra", "a ZeBrA", true)]
    [InlineData("Zebra", "a very long text in which at last, behind more than one vector, a zebra", true)]
    [InlineData("zebra", "a very long text in which at last, behind more than one vector, a zebr", false)]
    [InlineData("z", "zebra", true)]
    [InlineData("q", "zebra", false)]
    [InlineData("zebra", @"caf\u00e9", false)]
    [InlineData("zebra", @"\u007a", true)]
    [InlineData("zebra", @"\u005A", true)]
    [InlineData("привет", "привёт", false)]
    [InlineData("привет", "ПриВет", true)]
    [InlineData("straße", "STRASSE", false)]
    [InlineData("日本", "日本", true)]
    [InlineData("日本", "日の本", false)]
    [InlineData("日本", @"\u65e5\u672C", true)]
    [InlineData("日本", @"\u00e9", false)]
    [InlineData("🎉", "🎉", true)]
    [InlineData("🎉", "😀", false)]
    [InlineData("🎉", @"\uD83C\uDF89", true)]
    [InlineData("see /cat/ there", "see a cat", false)]
    [InlineData("see /cat/ there", "There is", true)]
    public void Bytes_that_cannot_hold_a_text_are_passed_over(string text, string json, bool mayBe) =>
        Assert.Equal(mayBe, ByteNeedle.Of(text)!.MayBeIn(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_text_is_found_at_every_place_up_to_the_last()
    {
        foreach (string text in new[] { "z", "zebra", "abcxyz", "extraordinarily long, longer than a vector" })
        {
            ByteNeedle needle = ByteNeedle.Of(text)!;
            foreach (int before in Enumerable.Range(0, 70))
            {
                byte[] json = Encoding.UTF8.GetBytes(new string('.', before) + text.ToUpperInvariant());
                Assert.True(needle.MayBeIn(json), $"{text}, {before}");
                Assert.False(needle.MayBeIn(json.AsSpan(0, json.Length - 1)), $"{text}, {before}");
                Assert.True(needle.MayBeIn([.. json, .. new byte[before]]), $"{text}, {before}");
            }
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("\" : \"")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("𐐀")]
    [InlineData("\uD83D")]
    public void A_text_of_which_no_byte_is_certain_has_no_needle(string text) => Assert.Null(ByteNeedle.Of(text));

    [Fact]
    public void A_search_of_an_archive_finds_what_a_search_of_each_text_does()
    {
        Gen<Case> cases =
            from items in Gen.ArrayOf(Gen.ArrayOf(Texts, 3), 6)
            from kinds in Gen.ArrayOf(Gen.Choose(0, 5), 6)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from other in Texts
            select new Case(items, kinds, seed, other);
        int found = 0;
        Prop.ForAll(cases.ToArbitrary(), one => found += FindsAll(one)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_261_125, 9));
        Assert.True(found > 300, $"{found}");
    }

    /// <summary>Archives the items, and searches for parts of their texts; gives how many were found.</summary>
    private static int FindsAll(Case one)
    {
        Random random = new(one.Seed);
        using Site site = new();
        string[] items = [.. one.Items.Select((words, i) => Item(random, one.Kinds[i], $"i{i}", words))];
        site.Add("cthr_1", 1, null, SearchTests.Thread("cthr_1", "t", "u"), items);
        site.ExportAsync().GetAwaiter().GetResult();
        ChatKitThreadItem[] plain = Plain(site);
        Assert.Equal(items.Length, plain.Length);
        int found = 0;
        string[] texts = [.. plain.Select(item => Part(random, item.Text)), one.Other];
        foreach (string text in texts.Where(text => text.Length > 0))
        {
            (string, int)[] expected =
            [
                .. plain.Select(item => (item.Id, item.Text.IndexOf(text, StringComparison.OrdinalIgnoreCase)))
                    .Where(match => match.Item2 >= 0),
            ];
            Assert.Equal(expected, SearchTests.Found(site, new([text])).Select(match => (match.ItemId!, match.Index)));
            found += expected.Length;
        }

        return found;
    }

    private static ChatKitThreadItem[] Plain(Site site)
    {
        ThreadStore store = ChatKitArchiveStore.Of(
            ChatKitArchiveIndex.Open(site.Folder, cancellationToken: TestContext.Current.CancellationToken));
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new() { ApiKey = Site.Key, BaseUri = ChatKitEmulator.BaseUri }, store);
        return [.. client.ListItemsAsync(
            "cthr_1",
            new() { Order = ChatKitOrder.Ascending, Limit = 100 },
            null,
            TestContext.Current.CancellationToken).GetAwaiter().GetResult().Data];
    }

    /// <summary>A part of a text, with its case changed here and there.</summary>
    private static string Part(Random random, string text)
    {
        int start = random.Next(text.Length + 1);
        string part = text.Substring(start, random.Next(text.Length - start + 1));
        return string.Concat(part.Select(c => random.Next(3) switch
        {
            0 => char.ToUpperInvariant(c),
            1 => char.ToLowerInvariant(c),
            _ => c,
        }));
    }

    private static string Item(Random random, int kind, string id, string[] texts)
    {
        string[] json = [.. texts.Select(text => Escaped(random, text))];
        string rest = kind switch
        {
            0 => $$"""user_message","content":[{"type":"input_text","text":{{json[0]}}},{"type":"quoted_text","text":{{json[1]}}}]""",
            1 => $$"""assistant_message","content":[{"type":"output_text","text":{{json[0]}},"annotations":[]}]""",
            2 => $$"""client_tool_call","name":{{json[0]}},"arguments":{{json[1]}},"output":{{json[2]}}""",
            3 => $$"""task","heading":{{json[0]}},"summary":{{json[1]}}""",
            4 => $$"""task_group","tasks":[{"heading":{{json[0]}},"summary":{{json[1]}}},{"heading":{{json[2]}}}]""",
            _ => $$"""widget","widget":{{json[0]}}""",
        };
        return $$"""{"id":"{{id}}","type":"chatkit.{{rest}}}""";
    }

    /// <summary>A JSON string, each character of it as one writer or another spells it.</summary>
    private static string Escaped(Random random, string text)
    {
        int most = random.Next(1, 12);
        StringBuilder json = new("\"");
        for (int i = 0; i < text.Length; i++)
        {
            // Both halves of a pair are escaped, or none.
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text, i);
            bool mustBe = text[i] is '"' or '\\' || text[i] < ' ';
            int length = isPair ? 2 : 1;
            int shortForm = "\"\\/\b\f\n\r\t".IndexOf(text[i].ToString(), StringComparison.Ordinal);
            if (shortForm >= 0 && random.Next(2) == 0)
            {
                json.Append('\\').Append("\"\\/bfnrt"[shortForm]);
            }
            else if (mustBe || random.Next(most) == 0)
            {
                foreach (char unit in text.Substring(i, length))
                {
                    string format = random.Next(2) == 0 ? "x4" : "X4";
                    json.Append("\\u").Append(((int)unit).ToString(format, CultureInfo.InvariantCulture));
                }
            }
            else
            {
                json.Append(text, i, length);
            }

            i += length - 1;
        }

        return json.Append('"').ToString();
    }

    private sealed record Case(string[][] Items, int[] Kinds, int Seed, string Other)
    {
        public override string ToString() =>
            $"{string.Join(" | ", Items.Select(texts => string.Join("·", texts)))}, {string.Join(",", Kinds)}, " +
            $"{Seed}, {Other}";
    }
}
