// Answers with a good status that are not the thread asked for.
using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class AnswerTests
{
    [Theory]
    [InlineData("<!DOCTYPE html>\n<title>Sign in</title>", "<!DOCTYPE html> <title>Sign in</title>")]
    [InlineData("", "nothing")]
    [InlineData("  \n ", "«»")]
    [InlineData("null", "«null»")]
    [InlineData("[]", "«[]»")]
    [InlineData("\"cthr_1\"", "«\"cthr_1\"»")]
    [InlineData("{}", "no id")]
    [InlineData("""{"object":"chatkit.thread","title":"T"}""", "no id")]
    [InlineData("""{"id":null}""", "no id")]
    [InlineData("""{"id":" "}""", "no id")]
    [InlineData("""{"id":7}""", "«{\"id\":7}»")]
    [InlineData("""{"id":"cthr_2","object":"chatkit.thread"}""", "'cthr_2' came")]
    [InlineData("""{"id":"CTHR_1"}""", "'CTHR_1' came")]
    [InlineData("""{"id":"cthr_1","object":"chatkit.thread.deleted","deleted":true}""", "a 'chatkit.thread.deleted'")]
    [InlineData("""{"object":"list","data":[{"id":"cthr_1"}]}""", "a 'list'")]
    [InlineData("""{"id":"cthr_1","tit""", "«{\"id\":\"cthr_1\",\"tit»")]
    [InlineData("""{"id":"cthr_1"} trailing""", "trailing")]
    [InlineData("""{"id":"cthr_1"}{"id":"cthr_1"}""", "«{\"id\"")]
    [InlineData("""{"id":"cthr_1",}""", "«{\"id\"")]
    [InlineData("""{'id':'cthr_1'}""", "«{'id'")]
    [InlineData("""{"id":"cthr_1","title":5}""", "'title' is not a string, before byte 24.")]
    [InlineData(
        """{"id":"cthr_1","status":[]}""",
        "A thread's status, where it is no string, is not an object, before byte 25.")]
    [InlineData("""{"id":"cthr_1","items":{"data":5}}""", "What should be a list is none, before byte 32.")]
    [InlineData("""{"id":"cthr_1","object":5}""", "as a string, before byte 25.")]
    public async Task Are_refused_with_what_came(string body, string shown)
    {
        FakeServer server =
            new(body, 200, "x-request-id: req_1", "Content-Type: text/html; charset=utf-8", "retry-after: 3");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (ChatKitErrorKind.InvalidResponse, 200, "req_1", 3.0),
            (failure.Kind, failure.StatusCode, failure.RequestId, failure.RetryAfter!.Value.TotalSeconds));
        Assert.StartsWith("The answer of api.openai.com is not what was asked for: ", failure.Message);
        Assert.Contains(shown, failure.Message);
        Assert.EndsWith(" (HTTP 200, request req_1)", failure.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"id":"cthr_1","title":"ÿ"}""")]
    [InlineData("""{"id":"ÿ"}""")]
    [InlineData("""{"id":"cthr_1","object":"ÿ"}""")]
    [InlineData("""{"id":"cthr_1","status":{"type":"ÿ"}}""")]
    [InlineData("""{"id":"cthr_1","status":"ÿ"}""")]
    [InlineData("""{"id":"cthr_1","created_at":"ÿ"}""")]
    [InlineData("""{"id":"cthr_1","items":{"data":[{"type":"ÿ"}]}}""")]
    [InlineData("""{"id":"cthr_1","items":{"data":[{"type":"new","id":"ÿ"}]}}""")]
    [InlineData(
        """{"id":"cthr_1","items":{"data":[{"type":"user_message","content":[{"type":"input_text","text":"ÿ"}]}]}}""")]
    public async Task Are_refused_where_they_are_not_utf8(string latin1)
    {
        byte[] body = Encoding.GetEncoding("iso-8859-1").GetBytes(latin1);

        ChatKitApiException failure = await new FakeServer(_ => FakeServer.Response(body)).FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 200), (failure.Kind, failure.StatusCode));
        Assert.Contains("«{\"id\":", failure.Message);
    }

    [Fact]
    public async Task Are_refused_where_nothing_is_in_them()
    {
        ChatKitApiException failure =
            await new FakeServer(_ => new HttpResponseMessage(System.Net.HttpStatusCode.NoContent)).FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 204), (failure.Kind, failure.StatusCode));
        Assert.EndsWith("What came: nothing. (HTTP 204)", failure.Message);
    }

    [Fact]
    public async Task Are_refused_where_less_came_than_was_announced()
    {
        ChatKitApiException failure =
            await new FakeServer("""{"id":"cthr_1"}""", 200, "Content-Length: 500").FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, 200), (failure.Kind, failure.StatusCode));
        Assert.Contains("was cut short after 15 bytes", failure.Message);
    }

    [Fact]
    public async Task Are_shown_by_their_first_characters_alone()
    {
        ChatKitApiException failure = await new FakeServer("\t\n" + new string('x', 200_000)).FailAsync();

        Assert.Contains($"«{new string('x', 120)}…»", failure.Message);
    }

    [Fact]
    public async Task Are_read_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        try
        {
            ChatKitThread thread =
                await FakeServer.ReadAsync("""{"id":"cthr_1","created_at":"2024-04-05T19:34:38Z"}""");
            Assert.Equal(new System.DateTime(2024, 4, 5, 19, 34, 38), thread.CreatedAt!.Value.ToUniversalTime());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
