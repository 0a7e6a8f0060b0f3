// The HTML pages as files: what is in them, what is escaped, and that none is ever there by half.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.Tests;

public sealed class HtmlPagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HtmlPages _pages;

    public HtmlPagesTests() => _pages = new HtmlPages(_folder.Path, "A <project>", TestThreads.Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task There_is_a_page_per_thread_and_an_index_and_what_it_searches_and_nothing_else()
    {
        AddAll(await TestThreads.SampleAsync());
        Assert.Equal(12, _folder.Files.Length);
        Assert.Equal(Path.Combine(_folder.Path, "index.html"), _pages.WriteIndex());
        Assert.Equal(14, _folder.Files.Length);
        Assert.All(
            _folder.Files,
            file => Assert.Matches("^((index|threads/[a-z0-9_]+)\\.html|search/[0-9a-f]{16}\\.js)$", file));
    }

    [Fact]
    public async Task A_thread_reads_as_a_conversation()
    {
        AddAll((await TestThreads.SampleAsync()).Where(thread => thread.Id == "cthr_abc123"));
        string page = _folder.Read("threads", "cthr_abc123.html");
        Assert.Contains("<h1 dir=\"auto\">Customer escalation</h1>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<time datetime=\"2026-11-18T11:38:52Z\">2026-11-18 11:38:52 UTC</time>", page, StringComparison.Ordinal);
        Assert.Equal(
            ["User", "Assistant", "Task", "Tool call", "Tasks", "Assistant", "User", "Task", "Widget", "chatkit.structured_input", "Assistant", "Tool call"],
            Regex.Matches(page, "<h2><bdi>(.*?)</bdi></h2>").Select(match => match.Groups[1].Value));
        Assert.Contains("<a href=\"https://files.example.com/previews/onboarding-step-3.png\" rel=\"noopener " +
            "noreferrer\"><bdi>Preview</bdi></a>", page, StringComparison.Ordinal);
        Assert.Contains("&quot;version&quot;: &quot;12&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<details open", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_allows_itself_its_own_style_and_script_and_nothing_else()
    {
        AddAll(await TestThreads.SampleAsync());
        _pages.WriteIndex();
        foreach (string file in _folder.Pages)
        {
            string page = _folder.Read(file);
            string style = Hash(Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value);
            Match script = Assert.Single(
                Regex.Matches(page, "<script(?: nonce=\"(.*?)\")?>(.*?)</script>", RegexOptions.Singleline).Cast<Match>());
            string nonce = file == "index.html" ? $" 'nonce-{script.Groups[1].Value}'" : "";
            Assert.Equal(file == "index.html" ? 44 : 0, script.Groups[1].Length);
            string policy = $"default-src 'none'; script-src '{Hash(script.Groups[2].Value)}'{nonce}; " +
                $"style-src '{style}'; base-uri 'none'; form-action 'none'";
            Assert.Contains(
                $"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_of_the_data_is_markup()
    {
        AddAll(await TestThreads.HostileAsync());
        _pages.WriteIndex();
        foreach (string file in _folder.Pages)
        {
            string page = _folder.Read(file);
            string rest = Regex.Replace(
                page, "<style>.*?</style>|<script( nonce=\"[^\"]*\")?>.*?</script>", "", RegexOptions.Singleline);
            Assert.DoesNotMatch("(?i)<(img|iframe|svg|base|object|embed)|<script(?! " +
                "id=\"(rows|shards)\")|href=\"(?!https?:|#|\\.\\./index\\.html\"|threads/\")", rest);
            Assert.DoesNotMatch("(?i)<[^>]* on\\w+", Regex.Replace(rest, "=\"[^\"]*\"", ""));
            Assert.DoesNotMatch("[\\u202D\\u202E\\x00-\\x08\\x0B-\\x1F]", page);
        }
    }

    [Fact]
    public async Task The_index_has_of_each_thread_what_it_shows_newest_first()
    {
        List<ChatKitThread> threads = await TestThreads.HostileAsync();
        AddAll(Enumerable.Reverse(threads));
        _pages.WriteIndex();
        string page = _folder.Read("index.html");
        string data = Regex.Match(
            page,
            "<script id=\"rows\" type=\"application/json\">(.*?)</script>",
            RegexOptions.Singleline).Groups[1].Value;
        Assert.DoesNotContain("<", data, StringComparison.Ordinal);
        JsonElement[] rows = [.. JsonDocument.Parse(data).RootElement.EnumerateArray()];
        Assert.Equal(threads.Count, rows.Length);
        JsonElement row = rows.Single(row => row[0].GetString() == "CON");
        Assert.Equal(
            "[\"CON\",\"An id of a device\",\"  proto  \",\"\",\"constructor\",1795176000,0,15,\"" +
                PageName.Of("CON") + "\"]",
            row.ToString());
        long[] dates = [.. rows.Select(row => row[5].GetInt64())];
        Assert.Equal(dates.OrderDescending(), dates);
        Assert.Contains("<h1 dir=\"auto\">A &lt;project&gt;</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_with_nothing_but_an_id_has_a_page_and_a_row()
    {
        AddAll(await TestThreads.LoadAsync([new JsonObject { ["id"] = "cthr_bare" }]));
        _pages.WriteIndex("Three threads are <missing>.");
        Assert.Contains(
            "This thread has no items.", _folder.Read("threads", "cthr_bare.html"), StringComparison.Ordinal);
        string index = _folder.Read("index.html");
        Assert.Contains("[\"cthr_bare\",\"\",\"active\",\"\",\"\",null,0,1]", index, StringComparison.Ordinal);
        Assert.Contains(
            "<p class=\"notice\" dir=\"auto\">Three threads are &lt;missing&gt;.</p>", index, StringComparison.Ordinal);
    }

    [Fact]
    public void No_threads_make_an_index_too()
    {
        _pages.WriteIndex();
        string page = _folder.Read("index.html");
        Assert.Contains("type=\"application/json\">[\n]</script>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<script id=\"shards\" type=\"application/json\">{\"filter\":\"\",\"texts\":[]}</script>",
            page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("nonce-", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_whose_items_cannot_be_read_leaves_no_page_and_what_was_there_stays()
    {
        List<ChatKitThread> threads = await TestThreads.SampleAsync();
        Assert.Throws<InvalidOperationException>(
            () => _pages.Add(threads[0], Failing(threads[0]), TestContext.Current.CancellationToken));
        Assert.Empty(_folder.Files);

        AddAll([threads[0]]);
        string before = _folder.Read(Assert.Single(_folder.Files));
        Assert.Throws<InvalidOperationException>(
            () => _pages.Add(threads[0], Failing(threads[0]), TestContext.Current.CancellationToken));
        Assert.Equal(before, _folder.Read(Assert.Single(_folder.Files)));

        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => _pages.Add(threads.First(thread => thread.GetItems().Count > 0), threads.First(thread => thread.GetItems().Count > 0).GetItems(), cancelled.Token));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public async Task A_thread_that_is_added_again_is_there_once_as_it_was_last()
    {
        List<ChatKitThread> threads = await TestThreads.SampleAsync();
        ChatKitThread thread = threads.Single(thread => thread.Id == "cthr_abc123");
        AddAll([thread]);
        _pages.Add(thread, [], TestContext.Current.CancellationToken);
        _pages.WriteIndex();
        Assert.Contains(
            "This thread has no items.", _folder.Read("threads", "cthr_abc123.html"), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(_folder.Read("index.html"), "\\[\"cthr_abc123\".*,0,2\\]"));
    }

    [Fact]
    public async Task The_same_threads_make_the_same_files()
    {
        List<ChatKitThread> threads = await TestThreads.ManyAsync(20);
        AddAll(threads);
        _pages.WriteIndex();
        using TemporaryFolder other = new();
        HtmlPages again = new(other.Path, "A <project>", TestThreads.Now.ToOffset(TimeSpan.FromHours(5)));
        AddAll(threads, again);
        again.WriteIndex();
        Assert.Equal(_folder.Files, other.Files);
        Assert.All(_folder.Files, file => Assert.Equal(_folder.Read(file), other.Read(file)));
    }

    [Fact]
    public async Task Threads_may_be_added_at_the_same_time()
    {
        List<ChatKitThread> threads = await TestThreads.ManyAsync(200);
        Parallel.ForEach(
            threads, thread => _pages.Add(thread, thread.GetItems(), TestContext.Current.CancellationToken));
        _pages.WriteIndex();
        SearchedTexts texts = new(_folder);
        Assert.Equal(200, texts.Count);
        Assert.All(
            threads, thread => Assert.Equal(thread.GetItems().Select(item => item.Text), texts.Of(thread.Id)));
    }

    private static string Hash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static IEnumerable<ChatKitThreadItem> Failing(ChatKitThread thread)
    {
        foreach (ChatKitThreadItem item in thread.GetItems())
        {
            yield return item;
        }

        throw new InvalidOperationException("The network is gone.");
    }

    private void AddAll(IEnumerable<ChatKitThread> threads, HtmlPages? pages = null)
    {
        foreach (ChatKitThread thread in threads)
        {
            (pages ?? _pages).Add(thread, thread.GetItems(), TestContext.Current.CancellationToken);
        }
    }
}
