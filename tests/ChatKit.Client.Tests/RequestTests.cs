// What is sent: one GET to one address below the base, whatever the id holds, with the headers of the contract.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class RequestTests
{
    [Theory]
    [InlineData("cthr_abc123", "cthr_abc123")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("a?limit=1", "a%3Flimit%3D1")]
    [InlineData("a#b", "a%23b")]
    [InlineData("50%", "50%25")]
    [InlineData("a&b+c;d:e@f", "a%26b%2Bc%3Bd%3Ae%40f")]
    [InlineData(" a b\n", "%20a%20b%0A")]
    [InlineData("\"<'>\"", "%22%3C%27%3E%22")]
    [InlineData("ü日🎉", "%C3%BC%E6%97%A5%F0%9F%8E%89")]
    [InlineData("..%2f..", "..%252f..")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("../../models", "..%2F..%2Fmodels")]
    [InlineData("..\\..", "..%5C..")]
    [InlineData("//evil.example", "%2F%2Fevil.example")]
    [InlineData("/..", "%2F..")]
    [InlineData("...", "...")]
    [InlineData("~a.b-c_d", "~a.b-c_d")]
    public async Task Go_to_one_segment_of_the_path(string id, string segment)
    {
        FakeServer server = FakeServer.WithEveryThread();

        ChatKitThread thread = await server.GetAsync(id);

        Assert.Equal(id, thread.Id);
        HttpRequestMessage request = Assert.Single(server.Requests);
        Assert.Equal(
            (HttpMethod.Get, "https://api.openai.com/v1/chatkit/threads/" + segment, null),
            (request.Method, request.RequestUri!.AbsoluteUri, request.Content));
        Assert.Equal("/v1/chatkit/threads/" + segment, Assert.Single(server.Exchanges).Path);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData(" \t\n\u00a0\u3000", "missing")]
    [InlineData(@"\.", "'.' is not")]
    [InlineData(@"\.\.", "'..' is not")]
    [InlineData(@"\ud800", "not valid Unicode")]
    [InlineData(@"a\udc00b", "not valid Unicode")]
    [InlineData(@"\ud83c\ud83c\udf89\u001b", "not valid Unicode")]
    public async Task Are_not_made_for_what_can_be_no_id(string? id, string said)
    {
        FakeServer server = new("{}");

        // An attribute cannot hold a lone surrogate.
        ChatKitApiException failure = await server.FailAsync(id is null ? null : Regex.Unescape(id));

        Assert.Equal((ChatKitErrorKind.InvalidId, null, null), (failure.Kind, failure.StatusCode, failure.RequestId));
        Assert.Contains(said, failure.Message);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Empty(server.Requests);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData('a', 8_000, true)]
    [InlineData('a', 8_193, false)]
    [InlineData('/', 8_192, false)]
    [InlineData('日', 8_192, false)]
    [InlineData('日', 900, true)]
    [InlineData('a', 1_000_000, false)]
    public async Task Carry_an_id_up_to_what_an_address_holds(char character, int length, bool sent)
    {
        FakeServer server = FakeServer.WithEveryThread();
        string id = new(character, length);

        if (sent)
        {
            Assert.Equal(id, (await server.GetAsync(id)).Id);
        }
        else
        {
            ChatKitApiException failure = await server.FailAsync(id);
            Assert.Equal(
                (ChatKitErrorKind.InvalidId, $"An id of {length} characters is too long."),
                (failure.Kind, failure.Message));
            Assert.Empty(server.Requests);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "http://127.0.0.1:9/chatkit/threads/cthr_1")]
    [InlineData("http://127.0.0.1:9/", "http://127.0.0.1:9/chatkit/threads/cthr_1")]
    [InlineData("https://example.com/openai/v1", "https://example.com/openai/v1/chatkit/threads/cthr_1")]
    [InlineData("https://example.com/openai/v1/", "https://example.com/openai/v1/chatkit/threads/cthr_1")]
    [InlineData("https://example.com/a%20b/ü", "https://example.com/a%20b/%C3%BC/chatkit/threads/cthr_1")]
    public async Task Go_below_the_base_address(string baseUri, string uri)
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.BaseUri = new Uri(baseUri);

        await server.GetAsync();

        Assert.Equal(uri, Assert.Single(server.Requests).RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Carry_the_headers_of_the_contract()
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.ApiKey = $"\t {FakeServer.Key}\r\n";
        server.Options.Organization = "org-1";
        server.Options.Project = "proj_1";
        server.Options.UserAgent = "ChatKit/1.2 (x; \"y\" ü\u001b) z\r\nX-Evil: 1";

        await server.GetAsync();

        Assert.Equal(
            [
                "Accept: application/json",
                $"Authorization: Bearer {FakeServer.Key}",
                "OpenAI-Beta: chatkit_beta=v1",
                "OpenAI-Organization: org-1",
                "OpenAI-Project: proj_1",
                "User-Agent: ChatKit/1.2 (x; \"y\" ) zX-Evil: 1",
            ],
            Headers(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ü\n")]
    public async Task Carry_no_header_that_is_not_set(string? userAgent)
    {
        FakeServer server = FakeServer.WithEveryThread();
        server.Options.UserAgent = userAgent!;

        await server.GetAsync();

        Assert.Equal(
            ["Accept: application/json", $"Authorization: Bearer {FakeServer.Key}", "OpenAI-Beta: chatkit_beta=v1"],
            Headers(server));
    }

    [Fact]
    public async Task Name_the_library_unless_told_otherwise()
    {
        FakeServer server = FakeServer.WithEveryThread();

        await server.GetAsync();

        Assert.Matches(@"^User-Agent: ChatKit\.Client/\d+\.\d+\.\d+$", Headers(server).Last());
    }

    private static IEnumerable<string> Headers(FakeServer server) =>
        Assert.Single(server.Requests).Headers.Select(
            header => $"{header.Key}: {string.Join("|", header.Value)}").OrderBy(line => line, StringComparer.Ordinal);
}
