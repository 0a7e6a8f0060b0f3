// Refusals: their kind, what the server said about them, and what must not be seen of it.
using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData(400, ChatKitErrorKind.BadRequest)]
    [InlineData(401, ChatKitErrorKind.Unauthorized)]
    [InlineData(402, ChatKitErrorKind.BadRequest)]
    [InlineData(403, ChatKitErrorKind.Forbidden)]
    [InlineData(404, ChatKitErrorKind.NotFound)]
    [InlineData(407, ChatKitErrorKind.ConnectionFailed)]
    [InlineData(408, ChatKitErrorKind.TimedOut)]
    [InlineData(409, ChatKitErrorKind.Conflict)]
    [InlineData(422, ChatKitErrorKind.BadRequest)]
    [InlineData(429, ChatKitErrorKind.RateLimited)]
    [InlineData(500, ChatKitErrorKind.ServerError)]
    [InlineData(503, ChatKitErrorKind.ServerError)]
    [InlineData(599, ChatKitErrorKind.ServerError)]
    public async Task Follow_the_status(int status, ChatKitErrorKind kind)
    {
        FakeServer server = new(
            """{"error":{"message":"No such thing.","type":"some_error","param":"thread_id","code":"gone"}}""",
            status,
            "x-request-id: req_1",
            "x-should-retry: false");

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal(
            (kind, status, $"No such thing. (HTTP {status}, request req_1)"),
            (failure.Kind, failure.StatusCode, failure.Message));
        Assert.Equal(
            ("some_error", "thread_id", "gone", "req_1", null),
            (failure.Type, failure.Param, failure.Code, failure.RequestId, failure.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"error":{"message":"M"}}""", null, null, null)]
    [InlineData("""{"error":{"message":"M","type":null,"code":null,"param":null}}""", null, null, null)]
    [InlineData("""{"error":{"message":"M","type":{},"code":429,"param":[1]}}""", null, "429", null)]
    [InlineData("\uFEFF{\"error\":{\"message\":\"M\",\"code\":\"c\"},\"more\":[]}", null, "c", null)]
    public async Task Take_what_the_api_says(string body, string? type, string? code, string? param)
    {
        ChatKitApiException failure = await new FakeServer(body, 400).FailAsync();

        Assert.Equal(
            ("M (HTTP 400)", type, code, param, null),
            (failure.Message, failure.Type, failure.Code, failure.Param, failure.RequestId));
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html «<html>Bad gateway</html>»")]
    [InlineData("", "nothing")]
    [InlineData("null", "«null»")]
    [InlineData("[]", "«[]»")]
    [InlineData("\"error\"", "«\"error\"»")]
    [InlineData("{}", "«{}»")]
    [InlineData("""{"error":"Down"}""", "«{\"error\":\"Down\"}»")]
    [InlineData("""{"error":null}""", "«{\"error\":null}»")]
    [InlineData("""{"error":{}}""", "«{\"error\":{}}»")]
    [InlineData("""{"error":{"message":""}}""", "«{\"error\":{\"message\":\"\"}}»")]
    [InlineData("""{"error":{"message":["M"]}}""", "«{\"error\":{\"message\":[\"M\"]}}»")]
    [InlineData("""{"error":{"message":"M""", "«{\"error\":{\"message\":\"M»")]
    public async Task Show_a_body_that_is_not_the_apis(string body, string shown)
    {
        ChatKitApiException failure =
            await new FakeServer(body, 502, "Content-Type: text/html", "x-request-id: req_1").FailAsync();

        Assert.Equal((ChatKitErrorKind.ServerError, null, null), (failure.Kind, failure.Type, failure.Code));
        Assert.StartsWith("The server answered 502 Bad Gateway with ", failure.Message);
        Assert.Contains(shown, failure.Message);
        Assert.EndsWith(". (HTTP 502, request req_1)", failure.Message);
    }

    [Theory]
    [InlineData(301, "https://evil.example/v1/steal", "redirects to https://evil.example/v1/steal;")]
    [InlineData(302, "/login?next=%2F", "redirects to /login?next=%2F;")]
    [InlineData(304, null, "redirects to nowhere;")]
    [InlineData(307, "https://evil.example/", "redirects to https://evil.example/;")]
    [InlineData(308, "//evil.example/", "redirects to //evil.example/;")]
    public async Task Name_the_target_of_a_redirect(int status, string? target, string shown)
    {
        FakeServer server = new("", status, target is null ? "x: y" : "Location: " + target);

        ChatKitApiException failure = await server.FailAsync();

        Assert.Equal((ChatKitErrorKind.InvalidResponse, status), (failure.Kind, failure.StatusCode));
        Assert.Contains(shown, failure.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1.5, "retry-after-ms: 1500")]
    [InlineData(2.0, "retry-after: 2")]
    [InlineData(0.0, "retry-after: 0")]
    [InlineData(0.25, "Retry-After: 0.25")]
    [InlineData(0.25, "retry-after-ms: 250", "retry-after: 9")]
    [InlineData(9.0, "retry-after-ms: soon", "retry-after: 9")]
    [InlineData(1.0, "retry-after-ms: -1", "retry-after: 1")]
    [InlineData(9.0, "retry-after-ms: ", "retry-after: 9")]
    [InlineData(30.0, "date: Wed, 21 Oct 2015 07:28:00 GMT", "retry-after: Wed, 21 Oct 2015 07:28:30 GMT")]
    [InlineData(0.0, "date: Wed, 21 Oct 2015 07:28:00 GMT", "retry-after: Wed, 21 Oct 2015 07:27:00 GMT")]
    [InlineData(0.0, "retry-after: Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData(null, "x: y")]
    [InlineData(null, "retry-after: ")]
    [InlineData(null, "retry-after: soon")]
    [InlineData(null, "retry-after: -1")]
    [InlineData(null, "retry-after: NaN")]
    [InlineData(null, "retry-after: Infinity")]
    [InlineData(null, "retry-after: 1e300")]
    [InlineData(null, "retry-after: 1e999")]
    [InlineData(null, "retry-after-ms: 1e300")]
    public async Task Say_how_long_to_wait(double? seconds, params string[] headers)
    {
        ChatKitApiException failure = await new FakeServer("", 500, headers).FailAsync();

        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Measure_a_date_to_wait_for_by_the_own_clock_where_the_server_tells_none()
    {
        ChatKitApiException failure =
            await new FakeServer("", 500, "retry-after: Thu, 31 Dec 2093 23:59:59 GMT").FailAsync();

        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromDays(365), TimeSpan.FromDays(365 * 80));
    }

    [Theory]
    [InlineData(401, "{\"error\":{\"message\":\"Bad key KEY.\",\"type\":\"KEY\",\"param\":\"KEY\",\"code\":\"KEY\"}}")]
    [InlineData(
        401, "{\"error\":{\"message\":\"LONGKEY\",\"type\":\"LONGKEY\",\"param\":\"LONGKEY\",\"code\":\"LONGKEY\"}}")]
    [InlineData(500, "HALFKEY KEY")]
    [InlineData(500, "", "Content-Type: KEY/KEY", "x: KEY")]
    [InlineData(500, "x", "Content-Type: text/KEY", "Set-Cookie: KEY")]
    [InlineData(302, "KEY", "Location: https://example.com/HALFKEY")]
    [InlineData(302, "KEY", "Location: /?KEY")]
    [InlineData(200, "HALFKEY")]
    [InlineData(200, "{\"id\":\"KEY\"}")]
    [InlineData(200, "{\"id\":\"HALFKEYKEY\"}")]
    [InlineData(200, "{\"id\":\"cthr_1\",\"object\":\"LONGKEY\"}")]
    [InlineData(200, "{\"id\":\"cthr_1\"}", "x-request-id: KEY", "x: KEY")]
    [InlineData(404, "{}", "x-request-id: HALFKEY")]
    public async Task Never_show_the_key(int status, string body, params string[] headers)
    {
        // Where a text is cut, too: half a key is half a secret.
        string Fill(string text) => text
            .Replace("LONG", new string('l', 990)).Replace("HALF", new string('h', 100)).Replace("KEY", FakeServer.Key);
        FakeServer server = new(Fill(body), status, [.. headers.Select(Fill)]);

        Exception? failure = await Record.ExceptionAsync(() => server.GetAsync());

        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        string seen = string.Join("\n", failure, exchange, exchange.ToDetailedString(), exchange.RequestId);
        if (failure is ChatKitApiException refusal)
        {
            seen =
                string.Join("\n", seen, refusal.Message, refusal.Type, refusal.Code, refusal.Param, refusal.RequestId);
        }

        Assert.DoesNotContain(FakeServer.Key.Substring(0, 12), seen);
        Assert.Contains("***", seen);
    }

    [Theory]
    [InlineData(400, "{\"error\":{\"message\":\"\\u001b[31mRed\\u0007\\u009b\",\"type\":\"\\u001b\",\"param\":\"\\u001b\",\"code\":\"\\u001b\"}}")]
    [InlineData(500, "\u001b]0;title\u0007\u0000")]
    [InlineData(200, "\u001b[2J")]
    [InlineData(200, "{\"id\":\"\\u001b[2J\"}")]
    [InlineData(200, "{\"id\":\"cthr_1\",\"object\":\"\\u001b[2J\"}")]
    [InlineData(200, "{\"id\":\"cthr_1\",\"\u001b\":1}")]
    [InlineData(200, "{\"id\":\"cthr_1\",\"status\":{\"type\":{}},\"\u001b\":1}")]
    [InlineData(404, "", "x-request-id: \u001b[2J", "x: \u001b[2J")]
    [InlineData(302, "", "Location: \u001b[2J")]
    [InlineData(500, "x", "Content-Type: text/\u001b[2J")]
    public async Task Never_show_control_characters(int status, string body, params string[] headers)
    {
        FakeServer server = new(_ =>
        {
            HttpResponseMessage response = FakeServer.Response(Encoding.UTF8.GetBytes(body), status, headers);
            response.ReasonPhrase = "Red \u001b[31m";
            return response;
        });

        ChatKitApiException failure = await server.FailAsync();

        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        string seen = string.Join(
            "\n",
            failure,
            failure.Type,
            failure.Code,
            failure.Param,
            failure.RequestId,
            exchange,
            exchange.ToDetailedString());
        Assert.DoesNotContain(seen, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
    }
}
