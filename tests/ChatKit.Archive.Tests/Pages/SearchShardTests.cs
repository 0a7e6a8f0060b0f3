// The shards of the search: what is in them, where they end, and which of them stay.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public sealed class SearchShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HtmlPages _pages;

    public SearchShardTests() => _pages = new HtmlPages(_folder.Path, "t", TestThreads.Now);

    public static TheoryData<string> Texts { get; } =
    [
        .. TestThreads.HostileTexts,
        "", "\"", "\\", "\\\"", "\\u0022+alert(1)+\"", "a\nb\r\nc\td", "a\u2028b\u2029c", "</script>", "<!--<script>",
        "\u001E\u001D\0", "\\x3C", "😀", "\");alert(1);(\"",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_stands_in_the_shard_as_the_page_shows_it(string text)
    {
        ChatKitThread thread = await AddAsync("cthr_1", "before", text, "after");
        _pages.WriteIndex();
        Assert.Equal(["before", PageText.Clean(text), "after"], new SearchedTexts(_folder).Of(thread.Id));
        string script = _folder.Read(Shards.Single());
        Assert.DoesNotContain("<", script, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u2028\u2029]", script);
        Assert.Single(script.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_lone_surrogate_leaves_the_rest_of_its_shard_as_it_is()
    {
        SearchShards shards = new(_folder.Path);
        SearchText text = new();
        text.Append(1, 1, "a\uD83D b");
        text.Append(1, 2, "\uDE00");
        shards.Add(text);
        shards.Finish();
        string file = _folder.Files.Single(file => file.EndsWith(".js", StringComparison.Ordinal));
        Assert.Equal("chatkitTexts([[1,1,2]],\"a\uFFFD b\u001E\uFFFD\u001E\");\n", _folder.Read(file));
    }

    [Fact]
    public async Task Full_shards_are_written_before_the_index_and_none_holds_much_more_than_is_full()
    {
        string text = new('x', 100_000);
        for (int i = 0; i < 30; i++)
        {
            await AddAsync($"cthr_{i}", text, "y");
        }

        Assert.Equal(2, Shards.Length);
        _pages.WriteIndex();
        Assert.Equal(4, Shards.Length);
        Assert.All(
            Shards,
            file => Assert.InRange(new FileInfo(Path.Combine(_folder.Path, file)).Length, 1, SearchShards.FullAt + 200_000));
        SearchedTexts texts = new(_folder);
        Assert.Equal(3, texts.Shards.Count);
        Assert.Equal(30, texts.Count);
        Assert.All(Enumerable.Range(0, 30), i => Assert.Equal([text, "y"], texts.Of($"cthr_{i}")));
    }

    [Fact]
    public async Task A_thread_of_many_texts_is_in_several_shards_and_does_not_wait_in_memory()
    {
        string text = new('x', 400_000);
        string[] all = [.. Enumerable.Range(0, 10).Select(i => i + text)];
        await AddAsync("cthr_small", "small");
        await AddAsync("cthr_long", all);
        Assert.Equal(3, Shards.Length);
        await AddAsync("cthr_last", "last");
        _pages.WriteIndex();
        SearchedTexts texts = new(_folder);
        Assert.Equal(4, texts.Shards.Count);
        Assert.Equal(all, texts.Of("cthr_long"));
        Assert.Equal(["small"], texts.Of("cthr_small"));
        Assert.Equal(["last"], texts.Of("cthr_last"));
    }

    [Fact]
    public async Task Of_a_thread_that_is_added_again_or_fails_only_what_its_page_has_is_searched()
    {
        string text = new('x', SearchShards.FullAt);
        ChatKitThread thread = await AddAsync("cthr_1", "old", text, "older");
        await AddAsync("cthr_1", "new");
        ChatKitThread failing = await ThreadAsync("cthr_2", text, "rest");
        Assert.Throws<InvalidOperationException>(
            () => _pages.Add(failing, Failing(failing), TestContext.Current.CancellationToken));
        _pages.WriteIndex();
        SearchedTexts texts = new(_folder);
        Assert.Equal(["new"], texts.Of(thread.Id));
        Assert.Equal(1, texts.Count);
    }

    [Fact]
    public async Task Threads_without_items_have_no_shard()
    {
        await AddAsync("cthr_1");
        _pages.WriteIndex();
        Assert.Empty(Shards);
        Assert.Empty(new SearchedTexts(_folder).Shards);
    }

    [Fact]
    public async Task The_shards_of_an_earlier_index_stay_until_there_is_another_and_then_go()
    {
        await AddAsync("cthr_1", "first run");
        _pages.WriteIndex();
        string old = Assert.Single(Shards);
        File.WriteAllText(Path.Combine(_folder.Path, "search", "notes.txt"), "not a shard");
        File.WriteAllText(Path.Combine(_folder.Path, "search", "mine.js"), "not a shard");

        HtmlPages next = new(_folder.Path, "t", TestThreads.Now);
        ChatKitThread thread = await ThreadAsync("cthr_1", "second run");
        next.Add(thread, thread.GetItems(), TestContext.Current.CancellationToken);
        Assert.Equal(["first run"], new SearchedTexts(_folder).Of("cthr_1"));
        next.WriteIndex();
        Assert.Equal(["second run"], new SearchedTexts(_folder).Of("cthr_1"));
        Assert.NotEqual(old, Shards.Single(file => file.Length == old.Length));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_folder.Path, "search")).Length);
    }

    private string[] Shards =>
        [.. _folder.Files.Where(file => file.StartsWith("search/", StringComparison.Ordinal) && file.EndsWith(".js", StringComparison.Ordinal))];

    private static IEnumerable<ChatKitThreadItem> Failing(ChatKitThread thread)
    {
        yield return thread.GetItems()[0];
        yield return thread.GetItems()[1];
        throw new InvalidOperationException("The network is gone.");
    }

    private static async Task<ChatKitThread> ThreadAsync(string id, params string[] texts)
    {
        JsonArray items = [.. texts.Select((text, i) => TestThreads.Item(TestThreads.UserMessage(text), i))];
        JsonObject status = new() { ["type"] = "active" };
        return (await TestThreads.LoadAsync([TestThreads.Thread(id, "t", status, null, TestThreads.Now, items)]))
            .Single();
    }

    private async Task<ChatKitThread> AddAsync(string id, params string[] texts)
    {
        ChatKitThread thread = await ThreadAsync(id, texts);
        _pages.Add(thread, thread.GetItems(), TestContext.Current.CancellationToken);
        return thread;
    }
}
