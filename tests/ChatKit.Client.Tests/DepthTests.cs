// How deep an answer may be nested: 64 levels, wherever in it they are.
using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class DepthTests
{
    private const int Bound = 64;

    /// <summary>
    /// Answers in which NEST stands for arrays in arrays, and how deep the place is that they stand at.
    /// </summary>
    public static TheoryData<string, string, int> Places => new()
    {
        { "thread", """{"id":"x","new":NEST}""", 1 },
        { "thread", """{"id":"x","status":{"type":"active","new":NEST}}""", 2 },
        { "thread", """{"id":"x","items":{"data":[{"type":"task","new":NEST}]}}""", 4 },
        { "threads", """{"data":[],"new":NEST}""", 1 },
        { "threads", """{"data":[{"id":"x","new":NEST}]}""", 3 },
        { "items", """{"data":[{"id":"i","type":"task","new":NEST}]}""", 3 },
        { "items", """{"data":[{"id":"i","new":NEST,"type":"new"}]}""", 3 },
        {
            "items",
            """{"data":[{"id":"i","type":"assistant_message","content":[{"type":"output_text","new":NEST}]}]}""",
            5
        },
        { "items", """{"data":[{"id":"i","type":"assistant_message","content":[{"type":"output_text","annotations":[{"new":NEST}]}]}]}""", 7 },
        { "deletion", """{"id":"x","deleted":true,"new":NEST}""", 1 },
        { "session", """{"id":"x","new":NEST}""", 1 },
        { "session", """{"id":"x","workflow":{"state_variables":{"new":NEST}}}""", 3 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task At_the_bound_is_read_and_one_level_more_is_not(string what, string answer, int above)
    {
        string deepest = answer.Replace("NEST", Nest(Bound - above));
        string json = await CallAsync(new FakeServer(deepest), what);
        if (json.Length > 0)
        {
            // Which is what JsonDocument takes by itself.
            using JsonDocument document = JsonDocument.Parse(json);
            Assert.Equal(
                deepest.Count(c => c == '['), json.Count(c => c == '[') + (what is "threads" or "items" ? 1 : 0));
        }

        foreach (int more in new[] { 1, 1_000_000 })
        {
            ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(
                () => CallAsync(new FakeServer(answer.Replace("NEST", Nest(Bound - above + more))), what));
            Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
            Assert.Contains("maximum configured depth of 64", failure.Message);
        }
    }

    [Theory]
    [InlineData(0, "M")]
    [InlineData(1, "The server answered 404 Not Found with «{\"error\":")]
    [InlineData(1_000_000, "The server answered 404 Not Found with «{\"error\":")]
    public async Task Of_a_refusal_is_bounded_too(int more, string message)
    {
        ChatKitApiException failure = await new FakeServer(
            $$$"""{"error":{"new":{{{Nest(Bound - 2 + more)}}},"message":"M"}}""", 404).FailAsync();

        Assert.Equal(ChatKitErrorKind.NotFound, failure.Kind);
        Assert.StartsWith(message, failure.Message);
    }

    private static string Nest(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>The JSON of what was read; empty where it has none.</summary>
    private static async Task<string> CallAsync(FakeServer server, string what)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ChatKitObject? read = what switch
        {
            "thread" => await server.GetAsync("x"),
            "threads" =>
                (await server.CallAsync(client => client.ListThreadsAsync(null, null, token))).Data.SingleOrDefault(),
            "items" => (await server.CallAsync(client => client.ListItemsAsync("x", null, null, token))).Data.Single(),
            "session" => await server.CallAsync(client => client.CancelSessionAsync("x", null, token)),
            "deletion" when await server.CallAsync(client => client.DeleteThreadAsync("x", null, token)) => null,
            _ => throw new ArgumentException(what, nameof(what)),
        };
        return read?.ToJson() ?? "";
    }
}
