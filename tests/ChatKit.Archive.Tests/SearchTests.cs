// What is found in an archive, in which order, and what is said of it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

public class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_comes_in_the_order_of_the_list_and_says_where_it_stands()
    {
        using Site site = new();
        site.Add("cthr_old", 1_000_001, "user_1", Thread("cthr_old", "Old", "user_1"), Message("i1", "a zebra"));
        site.Add("cthr_new", 1_000_002, "user_2", Thread("cthr_new", "New", "user_2"),
            Message("i2", "two ZEBRAS, one zebra"), Message("i3", "none"), Message("i4", "and a Zebra"));
        await site.ExportAsync();

        // A thread that is older than those which the archive has comes behind them all the same.
        site.Add("cthr_later", 1_000_000, "user_1", Thread("cthr_later", "Later", "user_1"), Message("i5", "zebra"));
        await site.ExportAsync(options => options.Update = true);
        ChatKitFoundItem[] found = Found(site, new(["zebra"]));
        Assert.Equal(
            [
                ("cthr_new", "i2", "ZEBRA", 4), ("cthr_new", "i4", "Zebra", 6), ("cthr_old", "i1", "zebra", 2),
                ("cthr_later", "i5", "zebra", 0),
            ],
            found.Select(one => (one.ThreadId, one.ItemId!, one.Match, one.Index)));
        Assert.Equal(
            ("New", "user_2", "chatkit.user_message", "two ZEBRAS, one zebra", "two ZEBRAS, one zebra"),
            (found[0].Title, found[0].User, found[0].Type, found[0].Text, found[0].Excerpt));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(7).LocalDateTime, found[0].CreatedAt);
    }

    [Fact]
    public async Task Users_are_searched_in_their_order_and_one_who_is_not_there_has_nothing()
    {
        using Site site = new();
        foreach (int number in Enumerable.Range(1, 4))
        {
            string user = $"user_{number % 2}";
            site.Add($"cthr_{number}", number, user, Thread($"cthr_{number}", "t", user), Message("i", "zebra"));
        }

        await site.ExportAsync();
        Assert.Equal(
            ["cthr_3", "cthr_1", "cthr_4", "cthr_2"],
            Found(site, new(["zebra"]), ["user_1", "user_none", "user_0", "user_1"]).Select(one => one.ThreadId));
        Assert.Empty(Found(site, new(["zebra"]), ["User_1"]));
    }

    [Fact]
    public async Task Kinds_dates_and_titles_narrow_and_widen_a_search()
    {
        using Site site = new();
        site.Add("cthr_1", 5, null, Thread("cthr_1", "A zebra", "u"), Message("i1", "zebra", at: 10),
            """{"id":"i2","type":"task","created_at":20,"heading":"Zebra","summary":"found"}""",
            """{"id":"i3","type":"new.kind_of_zebra","created_at":30}""",
            """{"id":"i4","type":"chatkit.widget","widget":"zebra"}""");
        await site.ExportAsync();
        Assert.Equal(["i1", "i2", "i3", "i4"], Ids(new(["ZEBRA"])));
        Assert.Equal(["i2", "i4"], Ids(new(["zebra"]) { Types = ["task", "Chatkit.Widget", "widget"] }));
        Assert.Equal(["i2"], Ids(new(["zebra"]) { CreatedAfter = At(10), CreatedBefore = At(30) }));
        Assert.Equal(["", "i2"], Ids(new(["zebra"])
        {
            IncludeTitle = true, CreatedAfter = At(4), CreatedBefore = At(30), Types = ["task"],
        }));
        Assert.Equal(["i2", "i3"], Ids(new(["zebra"]) { IncludeTitle = true, CreatedAfter = At(10) }));
        Assert.Equal(["i2"], Ids(new(["zebra: FOUND"])));
        ChatKitFoundItem title = Found(site, new(["a z"]) { IncludeTitle = true })[0];
        Assert.Equal(("chatkit.thread", "A zebra", "A z", null), (title.Type, title.Text, title.Match, title.ItemId));

        string[] Ids(ChatKitSearch search) => [.. Found(site, search).Select(one => one.ItemId ?? "")];
        static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    [Fact]
    public async Task Only_the_versions_count_that_the_connection_reads()
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"), Message("i1", "zebra"));
        await site.ExportAsync();
        DateTimeOffset first = ChatKitArchiveManifest.Read(site.Folder).UpdatedAt;
        await Task.Run(() => SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > first.AddMilliseconds(2)), Token);
        site.Change("cthr_1", items: _ => [Message("i1", "horse")]);
        await site.ExportAsync(options => options.Update = true);
        Assert.Empty(Found(site, new(["zebra"])));
        Assert.Single(Found(site, new(["horse"])));
        Assert.Single(Found(site, new(["zebra"]), asOf: first));
        Assert.Empty(Found(site, new(["horse"]), asOf: first));
    }

    [Fact]
    public async Task The_first_of_several_texts_is_shown_and_of_two_at_one_place_the_longer()
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"), Message("i1", "a horse and a zebra crossing"));
        await site.ExportAsync();
        Assert.Equal("horse", Assert.Single(Found(site, new(["zebra", "horse"]))).Match);
        Assert.Equal("zebra crossing", Assert.Single(Found(site, new(["zebra", "zebra crossing", "none"]))).Match);
        Assert.Equal("h", Assert.Single(Found(site, new(["H"]))).Match);
        Assert.Throws<ArgumentException>(() => new ChatKitSearch([""]));
        Assert.Throws<ArgumentException>(() => new ChatKitSearch([]));
    }

    [Fact]
    public async Task A_pattern_that_runs_out_of_time_costs_the_item_and_no_other()
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"),
            Message("i1", new string('a', 40) + "!"), Message("i2", "aaa"));
        await site.ExportAsync();
        ChatKitSearchBatch[] batches = await Run(site, new("^(A+)+$", TimeSpan.FromMilliseconds(20)));
        Assert.Equal("i2", Assert.Single(batches.SelectMany(batch => batch.Found)).ItemId);
        ChatKitSearchFailure failure = Assert.Single(batches.SelectMany(batch => batch.Failures));
        Assert.Equal(("cthr_1", "i1"), (failure.ThreadId, failure.ItemId));
        Assert.IsType<TimeoutException>(failure.Exception, exactMatch: false);
        Assert.ThrowsAny<ArgumentException>(() => new ChatKitSearch("(", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_a_failure_where_it_may_match()
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"),
            """{"id":"i1","type":"chatkit.user_message","content":"zebra"}""", Message("i2", "zebra"));
        await site.ExportAsync();
        ChatKitSearchBatch[] batches = await Run(site, new(["zebra"]));
        Assert.Equal("i2", Assert.Single(batches.SelectMany(batch => batch.Found)).ItemId);
        ChatKitSearchFailure failure = Assert.Single(batches.SelectMany(batch => batch.Failures));
        Assert.Equal("i1", failure.ItemId);
        Assert.Equal(ChatKitErrorKind.InvalidResponse, Assert.IsType<ChatKitApiException>(failure.Exception).Kind);
    }

    [Theory]
    [InlineData("zebra", "zebrA", true)]
    [InlineData("horse", "hors\n", false)]
    public async Task A_thread_that_has_changed_since_the_archive_was_opened_is_a_failure(
        string old, string now, bool isFound)
    {
        using Site site = new();
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"), Message("i1", "zebra horse"));
        site.Add("cthr_2", 2, null, Thread("cthr_2", "t", "u"), Message("i2", "zebra"));
        await site.ExportAsync();
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        string part = Path.Combine(site.Folder, "threads-00001.jsonl");
        string[] lines = File.ReadAllText(part).Split('\n');
        int line = Array.FindIndex(lines, text => text.Contains("cthr_1", StringComparison.Ordinal));
        lines[line] = lines[line].Replace(old, now, StringComparison.Ordinal);
        File.WriteAllText(part, string.Join("\n", lines));
        ChatKitSearchBatch[] batches = await Run(index, new(["zebra"]));
        Assert.Equal("cthr_2", Assert.Single(batches.SelectMany(batch => batch.Found)).ThreadId);
        ChatKitSearchFailure failure = Assert.Single(batches.SelectMany(batch => batch.Failures));
        Assert.Equal(("cthr_1", null), (failure.ThreadId, failure.ItemId));
        Assert.Equal(
            ChatKitArchiveErrorKind.ArchiveDamaged, Assert.IsType<ChatKitArchiveException>(failure.Exception).Kind);

        // What was damaged when it was opened is read as it is, as far as it can be.
        ChatKitArchiveIndex damaged = ChatKitArchiveIndex.Open(site.Folder, skipDamage: true, cancellationToken: Token);
        Assert.Equal(isFound ? 2 : 1, (await Run(damaged, new(["zebra"]))).Sum(batch => batch.Found.Count));
    }

    [Fact]
    public async Task A_pattern_looks_at_no_more_items_once_the_search_is_stopped()
    {
        using ChatKitClient client = ChatKitEmulator.CreateClient();
        ChatKitThread thread = await client.GetThreadAsync("cthr_abc123", cancellationToken: Token);
        ChatKitThreadItem item = (await client.ListItemsAsync(thread.Id, cancellationToken: Token)).Data[0];
        using CancellationTokenSource stop = new();
        int taken = 0;
        IEnumerable<ChatKitThreadItem> items = Enumerable.Range(0, 5).Select(i =>
        {
            taken++;
            if (i == 2)
            {
                stop.Cancel();
            }

            return item;
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => new ChatKitSearch("say", TimeSpan.FromSeconds(1)).Find(thread, items, false, stop.Token));
        Assert.Equal(3, taken);
    }

    [Fact]
    public async Task A_part_that_is_gone_ends_the_search()
    {
        using Site site = Site.Of(2);
        await site.ExportAsync();
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        File.Delete(Path.Combine(site.Folder, "threads-00001.jsonl"));
        ChatKitArchiveException e = await Assert.ThrowsAsync<ChatKitArchiveException>(() => Run(index, new(["say"])));
        Assert.Equal(ChatKitArchiveErrorKind.ArchiveUnreadable, e.Kind);
        Assert.Contains("is not there any more", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_byte_of_every_part_is_counted_once_and_whoever_has_enough_ends_the_search()
    {
        using Site site = new() { PartSize = 40_000 };
        string filler = new('x', 20_000);
        foreach (int number in Enumerable.Range(1, 150))
        {
            string id = $"cthr_{number}";
            site.Add(id, number, null, Thread(id, "t", "u"), Message("i", $"{filler} {number}."));
        }

        await site.ExportAsync();
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token);
        ChatKitArchiveSearch search = new(index, new([" 77."]));
        List<ChatKitSearchBatch> batches = [];
        foreach (Task<ChatKitSearchBatch> task in search.Run(Token))
        {
            batches.Add(await task);
        }

        Assert.True(batches.Count > 2);
        Assert.Equal("cthr_77", Assert.Single(batches.SelectMany(batch => batch.Found)).ThreadId);
        Assert.Equal(search.Bytes, batches.Sum(batch => batch.Bytes));
        Assert.Equal(index.Threads.Sum(thread => (long)thread.Length), search.Bytes);
        using IEnumerator<Task<ChatKitSearchBatch>> some =
            new ChatKitArchiveSearch(index, new(["x"])).Run(Token).GetEnumerator();
        Assert.True(some.MoveNext());
        Assert.Equal("cthr_150", (await some.Current).Found[0].ThreadId);
    }

    [Theory]
    [InlineData("zebra", "zebra")]
    [InlineData("The zebra crossed the road.", "The zebra crossed the road.")]
    [InlineData("One\nline of zebra", "One line of zebra")]
    [InlineData("Forty characters or so stand before this zebra", "…or so stand before this zebra")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaazebra", "…aaaaaaaaaaaaaaaaaaaaaaaazebra")]
    public async Task An_excerpt_has_the_words_around_the_match_on_one_line(string text, string excerpt)
    {
        using Site site = new();
        string json = System.Text.Json.JsonSerializer.Serialize(text);
        site.Add("cthr_1", 1, null, Thread("cthr_1", "t", "u"), Message("i1", json.Substring(1, json.Length - 2)));
        await site.ExportAsync();
        ChatKitFoundItem found = Assert.Single(Found(site, new(["zebra"])));
        Assert.Equal(excerpt, found.Excerpt);
    }

    internal static string Thread(string id, string title, string user) =>
        $$"""{"id":"{{id}}","object":"chatkit.thread","created_at":5,"title":"{{title}}","user":"{{user}}"}""";

    internal static string Message(string id, string text, int at = 7) =>
        $$"""{"id":"{{id}}","type":"chatkit.user_message","created_at":{{at}},"content":[{"type":"input_text","text":"{{text}}"}]}""";

    internal static ChatKitFoundItem[] Found(
        Site site, ChatKitSearch search, IEnumerable<string>? users = null, DateTimeOffset? asOf = null)
    {
        ChatKitArchiveIndex index = ChatKitArchiveIndex.Open(site.Folder, asOf: asOf, cancellationToken: Token);
        ChatKitSearchBatch[] batches =
            [.. new ChatKitArchiveSearch(index, search, users).Run(Token).Select(task => task.GetAwaiter().GetResult())];
        Assert.Empty(batches.SelectMany(batch => batch.Failures));
        return [.. batches.SelectMany(batch => batch.Found)];
    }

    private static Task<ChatKitSearchBatch[]> Run(Site site, ChatKitSearch search) =>
        Run(ChatKitArchiveIndex.Open(site.Folder, cancellationToken: Token), search);

    private static async Task<ChatKitSearchBatch[]> Run(ChatKitArchiveIndex index, ChatKitSearch search)
    {
        List<ChatKitSearchBatch> batches = [];
        foreach (Task<ChatKitSearchBatch> task in new ChatKitArchiveSearch(index, search).Run(Token))
        {
            batches.Add(await task);
        }

        return [.. batches];
    }
}
