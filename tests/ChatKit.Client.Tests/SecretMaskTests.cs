// The key and the client secrets are in nothing that can be shown, however a server escapes them, and wherever it puts
// them.
using System;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using ChatKit.Http;
using FsCheck;
using FsCheck.Fluent;

namespace ChatKit.Tests;

public class SecretMaskTests
{
    private const string Key = FakeServer.Key;
    private const int ShownAtMost = 7;

    [Fact]
    public void Any_escaping_of_any_beginning_of_the_key_is_masked()
    {
        SecretMask mask = new(Key);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261124, 1000003);
        Check.One(config, Prop.ForAll(Escaped().ToArbitrary(), text => AssertHidden(mask.Apply(text))));
    }

    [Fact]
    public void Of_a_key_that_is_cut_short_no_more_is_shown_than_of_a_whole_one()
    {
        SecretMask mask = new(Key);
        for (int length = 0; length <= Key.Length; length++)
        {
            string shown = mask.Apply($"Bearer {Key.Substring(0, length)}");
            Assert.True(shown == "Bearer ***" || length <= ShownAtMost, shown);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    public void What_is_too_short_to_be_a_secret_masks_nothing(string? secret) =>
        Assert.Equal("a secret", new SecretMask(secret).Apply("a secret"));

    [Fact]
    public void Other_text_is_as_it_was()
    {
        const string Text =
            """{"message":"sk-test and sk-tes\u0074, 100%25 &amp; \u0073\\","key":"sk-other-4f1c9b7e"}""";
        Assert.Same(Text, new SecretMask(Key).Apply(Text));
    }

    [Fact]
    public async Task A_client_secret_of_any_form_is_masked_wherever_it_comes_again()
    {
        FakeServer server = FakeServer.InTurn(
            """200|{"id":"cksess_1","client_s\u0065cret":"plain-secret-1234","note":"plain-secret-1234"}""",
            """400|{"error":{"message":"What is pl\u0061in-secret-1234?"}}""");
        using ChatKitClient client = new(server.Options, server);
        ChatKitSession session = await client.CreateSessionAsync(
            new() { WorkflowId = "wf_1", User = "u" }, server, TestContext.Current.CancellationToken);
        ChatKitApiException failure = await Assert.ThrowsAsync<ChatKitApiException>(
            () => client.CancelSessionAsync("cksess_1", server, TestContext.Current.CancellationToken));

        Assert.Equal("plain-secret-1234", session.GetClientSecret());
        string[] shown =
            [session.ToJson(), failure.ToString(), .. server.Exchanges.Select(exchange => exchange.ToDetailedString())];
        Assert.All(shown, text => Assert.DoesNotContain("secret-1234", text, StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("KEY\r\n\r\n")]
    [InlineData("HTTP/1.1 KEY\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nKEY\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nKEY: \0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nKEY\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{KEY")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nKEY\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://example.com/?k=KEY\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 401 KEY\r\nx-request-id: KEY\r\nContent-Length: 3\r\n\r\nKEY")]
    public async Task The_key_is_in_no_exception_at_any_depth(string answer)
    {
        using SocketServer server =
            new((stream, token) => SocketServer.SendAsync(stream, answer.Replace("KEY", "Bearer " + Key), token));

        ChatKitApiException failure = await server.FailAsync();

        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            AssertHidden(e.ToString());
        }
    }

    /// <summary>
    /// A text with the key, or eight characters or more of its beginning, in it; each character is escaped in its own
    /// way.
    /// </summary>
    private static Gen<string> Escaped() =>
        from length in Gen.Choose(ShownAtMost + 1, Key.Length)
        from ways in Gen.ListOf(Gen.Choose(0, 9), Key.Length)
        from before in Gen.Elements("", "x", "{\"error\":\"", "\\", "%", "&", "sk-", "\\\\u00")
        from after in Gen.Elements("", "\"}", "\\u00", "%2", "&#x", " and more")
        select before + string.Concat(Key.Take(length).Zip(ways, Escape)) + after;

    private static string Escape(char c, int way)
    {
        int code = c;
        return way switch
        {
            0 => $"\\u{code:x4}",
            1 => $"\\u{code:X4}",
            2 => $"\\\\u{code:x4}",
            3 => $"%{code:x2}",
            4 => $"%25{code:X2}",
            5 => $"&#{code};",
            6 => $"&#x{code:x};",
            7 => char.ToUpperInvariant(c).ToString(),
            _ => c.ToString(),
        };
    }

    private static void AssertHidden(string shown)
    {
        string decoded = shown;
        for (int i = 0; i < 4; i++)
        {
            decoded = Regex.Replace(
                decoded,
                @"\\+u([0-9a-fA-F]{4})",
                match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
            decoded = WebUtility.HtmlDecode(Regex.Replace(
                decoded, "%([0-9a-fA-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()));
        }

        Assert.DoesNotContain(Key.Substring(0, ShownAtMost + 1), decoded, StringComparison.OrdinalIgnoreCase);
    }
}
