// The forms of a seed, and what is said of a file that is none.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class SeedTests
{
    /// <summary>A seed, the threads that it has, and how many items each of these has.</summary>
    public static TheoryData<string, string, int> Forms => new()
    {
        { """[{"id":"a"},{"id":"b"}]""", "a b", 0 },
        { """{"object":"list","data":[{"id":"a"},{"id":"b"}],"has_more":false}""", "a b", 0 },
        { """{"id":"a","object":"chatkit.thread"}""", "a", 0 },
        { "{\n  \"id\": \"a\"\n}\n", "a", 0 },
        { "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "a b", 0 },
        { "\r\n{\"id\":\"a\"}\r\n\r\n  {\"id\":\"b\"}  \r\n", "a b", 0 },
        { """[{"thread":{"id":"a"},"items":[{"id":"i"},{"id":"j"}]}]""", "a", 2 },
        { """{"thread":{"id":"a"},"items":{"data":[{"id":"i"}],"has_more":false}}""", "a", 1 },
        { "{\"thread\":{\"id\":\"a\"},\"items\":[{\"id\":\"i\"}]}\n{\"thread\":{\"id\":\"b\"},\"items\":[{\"id\":\"j\"}]}", "a b", 1 },
        { """{"id":"a","items":{"data":[{"id":"i"},{"id":"j"}],"has_more":false}}""", "a", 2 },
        { """{"id":"a","items":[{"id":"i"}]}""", "a", 1 },
        { """{"id":"a","items":null}""", "a", 0 },
        { "[]", "", 0 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_seed_is_read(string seed, string ids, int items)
    {
        ThreadStore store = Load(seed);
        string[] expected = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, store.Count);
        Assert.All(expected, id => Assert.Equal(items, store.Find(id)!.Items.Count));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(" \r\n\t\n", "it is empty")]
    [InlineData("Id,Status", "not JSON: ")]
    [InlineData("<html></html>", "not JSON: ")]
    [InlineData("[\n  {\"id\":\"a\"},\n  {\"id\":}\n]", "not JSON: .*LineNumber: 2")]
    [InlineData("{\"id\":\"a\"}\n{\"id\":\n", "line 2: not JSON: ")]
    [InlineData("{\"id\":\"a\"}\n\n\"b\"", "line 3: not a thread")]
    [InlineData("{\"id\":\"a\"}\n{\"id\":\"a\"}", "line 2: the id 'a' is there twice")]
    [InlineData("42", "^not a thread")]
    [InlineData("null", "^not a thread")]
    [InlineData("{}", "^not a thread, since it has no id")]
    [InlineData("""{"data":null}""", "^not a thread, since it has no id")]
    [InlineData("""[{"id":"a"},["b"]]""", "element 1: not a thread, since it has no id")]
    [InlineData("""[{"id":"a"},{"title":"b"}]""", "element 1: not a thread, since it has no id")]
    [InlineData("""{"data":[{"id":7}]}""", "element 0: not a thread, since it has no id")]
    [InlineData("""[{"id":" "}]""", "element 0: not a thread, since it has no id")]
    [InlineData("""[{"thread":{"title":"a"},"items":[]}]""", "element 0: not a thread, since it has no id")]
    [InlineData(
        """{"data":[{"id":"i","object":"chatkit.thread_item"}]}""",
        "element 0: not a thread, but a 'chatkit.thread_item'")]
    [InlineData("""[{"id":"a"},{"id":"b"},{"thread":{"id":"a"}}]""", "element 2: the id 'a' is there twice")]
    [InlineData("""[{"id":"a","items":"none"}]""", "element 0: its items are not a list")]
    [InlineData("""[{"id":"a","items":{"data":{}}}]""", "element 0: its items are not a list")]
    public void A_seed_that_cannot_be_used_says_where(string seed, string message) =>
        Assert.Matches(message, Assert.Throws<InvalidDataException>(() => Load(seed)).Message);

    [Fact]
    public void Items_may_be_a_bare_array_inside_their_thread()
    {
        ThreadStore store =
            Emulated.Seeded("""{"id":"t","items":[{"id":"b","created_at":2},{"id":"a","created_at":1}]}""");

        Assert.Equal(["a", "b"], store.Find("t")!.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task A_thread_with_a_bare_array_of_items_is_read_by_a_client()
    {
        using ChatKitClient client = Emulated.Client(
            Load("""[{"id":"t","items":[],"title":"T"},{"id":"u","items":[{"id":"a","type":"task"}]}]"""));
        Assert.Equal(
            "T", (await client.GetThreadAsync("t", cancellationToken: TestContext.Current.CancellationToken)).Title);
        Assert.Single(
            (await client.GetThreadAsync("u", cancellationToken: TestContext.Current.CancellationToken)).GetItems());
        Assert.Equal(
            2, (await client.ListThreadsAsync(cancellationToken: TestContext.Current.CancellationToken)).Data.Count);
    }

    [Fact]
    public void A_time_without_a_date_is_no_date()
    {
        ThreadStore store = Emulated.Seeded(
            """[{"id":"b","created_at":"12:30:00.00"},{"id":"a","created_at":"1970-01-01T00:01:00Z"}]""");

        Assert.Equal((0, 60), (store.Find("b")!.CreatedAt, store.Find("a")!.CreatedAt));
    }

    [Fact]
    public void An_id_that_the_store_already_has_is_there_twice()
    {
        ThreadStore store = Load("""{"id":"a"}""");
        Assert.Contains(
            "the id 'a' is there twice",
            Assert.Throws<InvalidDataException>(() => Seed.Load(store, """{"id":"a"}""")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_is_kept_without_the_white_space_between()
    {
        ThreadStore store =
            Load("""{ "new" : [ 1.50, 1e3, null ], "id" : "a", "items" : { "data" : [ { "x" : " y " } ] } }""");
        Assert.Equal("""{"new":[1.50,1e3,null],"id":"a","items":{"data":[{"x":" y "}]}}""", Encoding.UTF8.GetString(
            store.Find("a")!.Json));
        Assert.Equal("""{"x":" y "}""", Encoding.UTF8.GetString(store.Find("a")!.Items[0].Json.Span));
    }

    [Fact]
    public async Task Text_outside_ASCII_survives_spelled_out_or_escaped()
    {
        using ChatKitClient client =
            Emulated.Client(Load("""{"id":"a","title":"請求書 🧾 ü","user":"\u00fc \ud83e\uddfe"}"""));
        ChatKitThread thread =
            await client.GetThreadAsync("a", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("請求書 🧾 ü", "ü 🧾"), (thread.Title, thread.User));
    }

    [Fact]
    public async Task A_lone_surrogate_is_read_as_a_client_reads_it()
    {
        using ChatKitClient client = Emulated.Client(Load("""[{"thread":{"id":"a","title":"x\ud83e","user":"\udc00y"},"items":[{"id":"i","type":"task","heading":"\ud83e"}]}]"""));
        ChatKitThread thread =
            await client.GetThreadAsync("a", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("x\uFFFD", "\uFFFDy"), (thread.Title, thread.User));
        Assert.Equal(
            "\uFFFD",
            (await client.ListItemsAsync("a", cancellationToken: TestContext.Current.CancellationToken)).Data[0].Text);
    }

    [Theory]
    [InlineData("""[{"id":"a"},{"id":"b"}]""")]
    [InlineData("{\"id\":\"a\"}\n{\"id\":\"b\"}")]
    public void A_byte_order_mark_at_the_start_is_no_part_of_the_seed(string seed) =>
        Assert.Equal(2, Load("\uFEFF" + seed).Count);

    [Theory]
    [InlineData("NEST")]
    [InlineData("[NEST]")]
    [InlineData("""{"thread":NEST}""")]
    [InlineData("""[{"thread":NEST}]""")]
    [InlineData("""{"data":[{"thread":NEST}]}""")]
    public async Task What_is_as_deep_as_a_client_reads_is_kept_in_every_form(string form)
    {
        string json = Nested(64);
        using ChatKitClient client = Emulated.Client(Load(form.Replace("NEST", json, StringComparison.Ordinal)));
        Assert.Equal(json, (await client.GetThreadAsync("a", cancellationToken: TestContext.Current.CancellationToken))
            .ToJson());
    }

    [Theory]
    [InlineData(67, true)]
    [InlineData(68, false)]
    [InlineData(1_000_000, false)]
    public void A_seed_of_67_levels_is_read_and_a_deeper_one_is_not(int levels, bool read)
    {
        if (read)
        {
            Assert.Equal(1, Load(Nested(levels)).Count);
        }
        else
        {
            Assert.Contains(
                "maximum configured depth of 67",
                Assert.Throws<InvalidDataException>(() => Load(Nested(levels))).Message,
                StringComparison.Ordinal);
        }
    }

    private static string Nested(int levels) =>
        $$"""{"id":"a","new":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";

    private static ThreadStore Load(string seed)
    {
        ThreadStore store = new();
        Seed.Load(store, seed);
        return store;
    }
}
