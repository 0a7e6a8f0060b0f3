// Answers at the borders of JSON, Unicode and time: an object that is true, or InvalidResponse.
using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class BorderTests
{
    [Theory]
    [InlineData(@"\ud800", "\uFFFD")]
    [InlineData(@"\uDFFF", "\uFFFD")]
    [InlineData(@"cut \ud83d", "cut \uFFFD")]
    [InlineData(@"\ud83d\ud83d\ude00", "\uFFFD😀")]
    [InlineData(@"\ude00\ud83d", "\uFFFD\uFFFD")]
    [InlineData(@"\ud83dx\ude00", "\uFFFDx\uFFFD")]
    [InlineData(@"\ud83d\\ude00", "\uFFFD\\ude00")]
    [InlineData(@"\\ud83d \ud83d", "\\ud83d \uFFFD")]
    [InlineData(@"\\\ud83d", "\\\uFFFD")]
    [InlineData(@"\ud83d\n\ud83d\ude00\ud83d", "\uFFFD\n😀\uFFFD")]
    public async Task A_lone_surrogate_is_a_replacement_character_and_costs_nothing_else(
        string spelled, string title)
    {
        string thread =
            $$"""{"id":"cthr_1","title":"{{spelled}}","status":{"type":"locked","reason":"{{spelled}}"},"user":"ü"}""";
        string task = $$"""{"id":"i1","type":"task","heading":"{{spelled}}"}""";
        string unknown = $$"""{"id":"{{spelled}}","type":"{{spelled}}"}""";
        string json =
            $$"""{"data":[{{task}},{{unknown}},{"id":"i3","type":"task","heading":"after"}],"last_id":"{{spelled}}"}""";

        ChatKitThread alone = await FakeServer.ReadAsync(thread);
        ChatKitPage<ChatKitThread> threads = await new FakeServer($$"""{"data":[{{thread}},{"id":"cthr_2"}]}""")
            .CallAsync(client => client.ListThreadsAsync(null, null, TestContext.Current.CancellationToken));
        ChatKitPage<ChatKitThreadItem> items = await new FakeServer(json).CallAsync(
            client => client.ListItemsAsync("cthr_1", null, null, TestContext.Current.CancellationToken));

        foreach (ChatKitThread read in new[] { alone, threads.Data[0] })
        {
            Assert.Equal((title, title, "ü", thread), (read.Title, read.StatusReason, read.User, read.ToJson()));
        }

        Assert.Equal("cthr_2", threads.Data[1].Id);
        Assert.Equal([title, $"[{title}]", "after"], items.Data.Select(item => item.Text));
        Assert.Equal([task, unknown], items.Data.Take(2).Select(item => item.ToJson()));
        Assert.Equal((title, title), (items.Data[1].Id, items.LastId));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_the_words_of_a_refusal_is_a_replacement_character()
    {
        ChatKitApiException failure =
            await new FakeServer("""{"error":{"message":"No '\ud83d'.","code":"\udc00"}}""", 400).FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.BadRequest, "No '\uFFFD'. (HTTP 400)", "\uFFFD"),
            (failure.Kind, failure.Message, failure.Code));
    }

    [Fact]
    public async Task A_thread_that_is_named_by_half_a_pair_is_not_the_one_that_was_asked_for()
    {
        ChatKitApiException failure = await new FakeServer("""{"id":"cthr_1\ud83d"}""").FailAsync();

        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
        Assert.Contains("'cthr_1\uFFFD' came", failure.Message);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_no_page()
    {
        foreach (string json in new[]
        {
            """{"data":[{"id":"cthr_1","title":"ÿ"}]}""",
            """{"data":[{"id":"cthr_1"}],"last_id":"ÿ"}""",
            """{"data":[{"id":"ÿ"}]}""",
        })
        {
            FakeServer server = new(_ => FakeServer.Response(Latin1(json)));
            Assert.Equal(ChatKitErrorKind.InvalidResponse, (await server.FailAsync(client => client.ListThreadsAsync(null, null, TestContext.Current.CancellationToken))).Kind);
        }

        foreach (string json in new[]
        {
            """{"data":[{"type":"task","heading":"ÿ"}]}""",
            """{"data":[{"type":"ÿ"}]}""",
            """{"data":[],"last_id":"ÿ"}""",
        })
        {
            FakeServer server = new(_ => FakeServer.Response(Latin1(json)));
            Assert.Equal(ChatKitErrorKind.InvalidResponse, (await server.FailAsync(client => client.ListItemsAsync("cthr_1", null, null, TestContext.Current.CancellationToken))).Kind);
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"Nope: ÿ","code":"c"}}""")]
    [InlineData("ÿ")]
    public async Task Bytes_that_are_not_utf8_in_a_refusal_are_shown_as_replacement_characters(string latin1)
    {
        ChatKitApiException failure = await new FakeServer(_ => FakeServer.Response(Latin1(latin1), 403)).FailAsync();

        Assert.Equal(ChatKitErrorKind.Forbidden, failure.Kind);
        Assert.Contains($"«{latin1.Replace('ÿ', '\uFFFD')}»", failure.Message);
    }

    [Fact]
    public async Task An_item_without_an_id_is_kept_and_is_no_cursor()
    {
        const string Bare = """{"type":"task","heading":"H"}""";
        ChatKitPage<ChatKitThreadItem> page = await ItemsAsync(
            $$"""{"data":[{"id":null,"type":"new"},{"id":"i2","type":"task"},{{Bare}}],"has_more":true}""");

        Assert.Equal(["", "i2", ""], page.Data.Select(item => item.Id));
        Assert.Equal(["cthr_1", "cthr_1", "cthr_1"], page.Data.Select(item => item.ThreadId));
        Assert.Equal(("H", Bare), (page.Data[2].Text, page.Data[2].ToJson()));
        Assert.Equal((null, true), (page.LastId, page.HasMore));
        Assert.Equal("i9", (await ItemsAsync($$"""{"data":[{{Bare}}],"last_id":"i9"}""")).LastId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":" "}""")]
    public async Task A_thread_without_an_id_cannot_be_addressed_and_is_no_answer(string thread)
    {
        FakeServer server = new($$"""{"data":[{"id":"cthr_1"},{{thread}}]}""");

        Assert.Equal(ChatKitErrorKind.InvalidResponse, (await server.FailAsync(client => client.ListThreadsAsync(null, null, TestContext.Current.CancellationToken))).Kind);
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e99999999999")]
    [InlineData("9999999999999")]
    [InlineData("253402300800")]
    [InlineData("\"9999-12-31T23:59:59.9999999-14:00\"")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"0000-01-01\"")]
    [InlineData("\"10000-01-01T00:00:00Z\"")]
    public async Task A_moment_that_no_calendar_has_is_null(string moment)
    {
        Assert.Null((await FakeServer.ReadAsync($$"""{"id":"cthr_1","created_at":{{moment}}}""")).CreatedAt);
        FakeServer server = new($$"""{"id":"s","expires_at":{{moment}}}""");
        Assert.Null((await server.CallAsync(client => client.CancelSessionAsync("s", null, TestContext.Current.CancellationToken))).ExpiresAt);
    }

    [Theory]
    [InlineData("-1", "1969-12-31T23:59:59")]
    [InlineData("-0", "1970-01-01T00:00:00")]
    [InlineData("1e-400", "1970-01-01T00:00:00")]
    [InlineData("\"9999-12-31T23:59:59.9999999+14:00\"", "9999-12-31T09:59:59")]
    [InlineData("\"0001-01-02T00:00:00-14:00\"", "0001-01-02T14:00:00")]
    [InlineData("-62135510400", "0001-01-02T00:00:00")]
    [InlineData("253402214400", "9999-12-31T00:00:00")]
    public async Task A_moment_at_the_ends_of_the_calendar_is_one(string moment, string utc)
    {
        ChatKitThread thread = await FakeServer.ReadAsync($$"""{"id":"cthr_1","created_at":{{moment}}}""");

        Assert.Equal(DateTimeKind.Local, thread.CreatedAt!.Value.Kind);
        Assert.Equal(DateTime.Parse(utc, null), thread.CreatedAt.Value.ToUniversalTime(), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("253402300799")]
    [InlineData("-62135596800")]
    [InlineData("\"9999-12-31T23:59:59.9999999Z\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    public async Task A_moment_whose_local_time_may_be_out_of_the_calendar_is_its_end(string moment)
    {
        ChatKitThread thread = await FakeServer.ReadAsync($$"""{"id":"cthr_1","created_at":{{moment}}}""");

        Assert.True(thread.CreatedAt!.Value.Year is 1 or 9999, $"{thread.CreatedAt:O}");
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1.5")]
    [InlineData("\"5\"")]
    [InlineData("true")]
    [InlineData("[]")]
    public async Task A_count_that_is_no_integer_in_range_is_no_answer(string number)
    {
        foreach (string member in new[]
        {
            $$""" "max_requests_per_1_minute":{{number}} """,
            $$""" "rate_limits":{"max_requests_per_1_minute":{{number}}} """,
            $$$""" "chatkit_configuration":{"file_upload":{"max_files":{{{number}}}}} """,
            $$$""" "chatkit_configuration":{"history":{"recent_threads":{{{number}}}}} """,
        })
        {
            FakeServer server = new($$"""{"id":"s",{{member}}}""");
            Assert.Equal(ChatKitErrorKind.InvalidResponse, (await server.FailAsync(client => client.CancelSessionAsync("s", null, TestContext.Current.CancellationToken))).Kind);
        }
    }

    [Fact]
    public async Task A_number_that_nobody_reads_may_be_of_any_size()
    {
        string json = $$"""{"id":"cthr_1","new":[1e99999,-0.0,{{new string('9', 1000)}}]}""";

        Assert.Equal(json, (await FakeServer.ReadAsync(json)).ToJson());
    }

    [Theory]
    [InlineData("\\u001b[31m\\u009b2J\\u001b]0;x\\u0007", "\u001b[31m\u009b2J\u001b]0;x\u0007")]
    [InlineData("a\\r\\nb\\rc\\u0085\\u2028", "a\r\nb\rc\u0085\u2028")]
    [InlineData("\u202egnp.exe\u2066\u200b\ufeff", "\u202egnp.exe\u2066\u200b\ufeff")]
    [InlineData("\\u0000\u007f", "\0\u007f")]
    public async Task A_text_is_kept_as_it_was_sent_whatever_a_terminal_would_make_of_it(string spelled, string text)
    {
        ChatKitThread thread =
            await FakeServer.ReadAsync($$"""{"id":"cthr_1","title":"{{spelled}}","user":"{{spelled}}"}""");

        Assert.Equal((text, text), (thread.Title, thread.User));
    }

    private static byte[] Latin1(string text) => Encoding.GetEncoding("iso-8859-1").GetBytes(text);

    private static Task<ChatKitPage<ChatKitThreadItem>> ItemsAsync(string json) =>
        new FakeServer(json).CallAsync(
            client => client.ListItemsAsync("cthr_1", null, null, TestContext.Current.CancellationToken));
}
