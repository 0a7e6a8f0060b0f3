// The one rule about cursors: what a page must be for a list to go on.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ChatKit.Streams;

namespace ChatKit.Tests;

public class PageStreamTests
{
    [Theory]
    [InlineData("a b c", "a b>", "c.")]
    [InlineData("a b", "a>x", "b.")]
    [InlineData("a", ">x", "a.")]
    [InlineData("a b", "a>", ">x", ">y", ">z", "b.")]
    [InlineData("", ".")]
    public async Task A_list_goes_on_where_the_server_says_so(string given, params string[] pages) =>
        Assert.Equal((given, null), await ReadAsync(pages));

    [Theory]
    [InlineData("", "not after which id", ">")]
    [InlineData("a", "not after which id", "a>x", ">")]
    [InlineData("", "again", "s>")]
    [InlineData("", "again", "a>s")]
    [InlineData("a b", "again", "a b>", "b>")]
    [InlineData("a b", "again", "a>", "b>", "c>a")]
    public async Task A_cursor_that_does_not_advance_is_an_error_and_its_page_is_not_given(
        string given, string said, params string[] pages)
    {
        (string ids, string? failure) = await ReadAsync(pages);

        Assert.Equal(given, ids);
        Assert.Contains("The cursor of the list does not advance", failure);
        Assert.Contains(said, failure);
    }

    [Theory]
    [InlineData("", "after 's'", "s a.")]
    [InlineData("", "after 's'", "b s a>")]
    [InlineData("a b", "after 'b'", "a b>", "b c.")]
    [InlineData("a b", "before 'z'", "a b>", "y z x>")]
    [InlineData("", "before 'z'", "z.")]
    public async Task A_list_that_holds_what_it_was_asked_to_come_after_or_before_is_an_error(
        string given, string said, params string[] pages)
    {
        (string ids, string? failure) = await ReadAsync(pages);

        Assert.Equal(given, ids);
        Assert.Contains("The list does not keep to its cursors", failure);
        Assert.Contains(said, failure);
    }

    [Theory]
    [InlineData("", "{0}", ">x{0}")]
    [InlineData("a b", "a b>y{0}", "a b>x{0}")]
    [InlineData("a b", "a>y{0}", "b>z{0}", "a>x{0}", "b>w{0}")]
    public async Task Pages_that_are_empty_or_come_again_are_an_error_after_a_few_however_new_their_cursors_are(
        string given, params string[] pages)
    {
        string[] endless = [.. Enumerable.Range(0, 100).SelectMany(
            i => pages.Skip(i == 0 ? 0 : Math.Max(0, pages.Length - 2)).Select(page => page.Replace("{0}", $"{i}")))];

        (string ids, string? failure) = await ReadAsync([.. endless.Where(page => page.Contains('>'))]);

        Assert.Equal(given, ids);
        Assert.Contains("the last 6 pages were empty or had come before", failure);
    }

    [Fact]
    public async Task A_failure_says_after_which_id_to_resume()
    {
        List<StreamBatch<ChatKitThread>> batches = await BatchesAsync(new(new() { After = "s" }), "a b>", "c>x");

        Assert.Equal([("a b", null, 2), ("c", null, 3), ("", "x", 3)], batches.Select(
            batch => (Ids([batch]), batch.Cursor, batch.Given)));
        Assert.Equal([false, false, true], batches.Select(batch => batch.IsLast));
        Assert.Equal(ChatKitErrorKind.NotFound, Assert.IsType<ChatKitApiException>(batches[2].Failure).Kind);
        Assert.All(batches, batch => Assert.Single(batch.Exchanges));
    }

    [Fact]
    public async Task No_more_is_asked_for_than_is_wanted()
    {
        FakeServer server = Server("a b>", "c.");
        using ChatKitClient client = new(server.Options, server);
        List<StreamBatch<ChatKitThread>> batches = [];
        await foreach (StreamBatch<ChatKitThread> batch in PageStream.ReadAsync<ChatKitThread>(
            client.ListThreadsAsync, new(new() { Limit = 2 }) { First = 3 }, TestContext.Current.CancellationToken))
        {
            batches.Add(batch);
        }

        Assert.Equal("a b c", Ids(batches));
        Assert.Equal(["?limit=2", "?limit=1&after=b"], server.Requests.Select(request => request.RequestUri!.Query));
        Assert.Equal("a b", Ids(await BatchesAsync(new(new()) { First = 2 }, "a b c>")));
    }

    /// <summary>
    /// A page is its ids, then <c>&gt;</c> and its <c>last_id</c> where there are more, or a full stop.
    /// </summary>
    private static FakeServer Server(params string[] pages) => FakeServer.InTurn(
        [
            .. pages.Select(page =>
            {
                string[] parts = page.Split('>', '.');
                IEnumerable<string> data =
                    parts[0].Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(id => $$"""{"id":"{{id}}"}""");
                return $$"""200|{"data":[{{string.Join(",", data)}}],"last_id":"{{parts[1]}}","has_more":{{(page.Contains('>') ? "true" : "false")}}}""";
            }),
            "404",
        ]);

    private static async Task<List<StreamBatch<ChatKitThread>>> BatchesAsync(ListRange range, params string[] pages)
    {
        FakeServer server = Server(pages);
        using ChatKitClient client = new(server.Options, server);
        List<StreamBatch<ChatKitThread>> batches = [];
        await foreach (StreamBatch<ChatKitThread> batch in PageStream.ReadAsync<ChatKitThread>(
            client.ListThreadsAsync, range, TestContext.Current.CancellationToken))
        {
            batches.Add(batch);
        }

        return batches;
    }

    private static async Task<(string Ids, string? Failure)> ReadAsync(params string[] pages)
    {
        List<StreamBatch<ChatKitThread>> batches = await BatchesAsync(new(new() { After = "s", Before = "z" }), pages);
        Exception? failure = batches[batches.Count - 1].Failure;
        Assert.Equal(failure is null, batches.All(batch => batch.Failure is null));
        Assert.True(failure is null or ChatKitApiException { Kind: ChatKitErrorKind.InvalidResponse });
        return (Ids(batches), failure?.Message);
    }

    private static string Ids(List<StreamBatch<ChatKitThread>> batches) =>
        string.Join(" ", batches.SelectMany(batch => batch.Elements).Select(thread => thread.Id));
}
