// Sessions: the body that asks for one, what is refused before it is sent, and what comes back, secret and all.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class SessionTests
{
    private const string Secret = "ek_hush_\\\"1";

    private const string Whole = $$$$"""
        {"id":"cksess_1","object":"chatkit.session","expires_at":1712345678,"client_secret":"{{{{Secret}}}}","user":"ü","status":"active",
         "workflow":{"id":"wf","version":"2","state_variables":{"k":1},"tracing":{"enabled":false}},
         "rate_limits":{"max_requests_per_1_minute":20},"max_requests_per_1_minute":21,
         "chatkit_configuration":{"automatic_thread_titling":{"enabled":false},"file_upload":{"enabled":true,"max_file_size":16,"max_files":3},
          "history":{"enabled":true,"recent_threads":5}}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Settings outside the limits: which, how it is set, and what is said.</summary>
    public static TheoryData<string, Action<ChatKitSessionRequest>, string> Refused => new()
    {
        {
            nameof(ChatKitSessionRequest.WorkflowId),
            request => request.WorkflowId = null!,
            "needs the id of a workflow"
        },
        { nameof(ChatKitSessionRequest.WorkflowId), request => request.WorkflowId = " ", "needs the id of a workflow" },
        { nameof(ChatKitSessionRequest.WorkflowId), request => request.WorkflowId = "\ud800", "Unicode" },
        { nameof(ChatKitSessionRequest.WorkflowVersion), request => request.WorkflowVersion = "\ud800", "Unicode" },
        { nameof(ChatKitSessionRequest.User), request => request.User = null!, "needs a user" },
        { nameof(ChatKitSessionRequest.User), request => request.User = "", "needs a user" },
        { nameof(ChatKitSessionRequest.User), request => request.User = "a\udc00", "Unicode" },
        {
            nameof(ChatKitSessionRequest.ExpiresAfterSec),
            request => request.ExpiresAfterSec = 0,
            "0 is not within 1 to 600."
        },
        {
            nameof(ChatKitSessionRequest.ExpiresAfterSec),
            request => request.ExpiresAfterSec = 601,
            "601 is not within 1 to 600."
        },
        {
            nameof(ChatKitSessionRequest.MaxRequestsPerMinute),
            request => request.MaxRequestsPerMinute = 0,
            "0 is below 1."
        },
        { nameof(ChatKitSessionRequest.MaxFileSize), request => request.MaxFileSize = 0, "0 is not within 1 to 512." },
        {
            nameof(ChatKitSessionRequest.MaxFileSize),
            request => request.MaxFileSize = 513,
            "513 is not within 1 to 512."
        },
        { nameof(ChatKitSessionRequest.MaxFileCount), request => request.MaxFileCount = -1, "-1 is below 1." },
        { nameof(ChatKitSessionRequest.RecentThreadCount), request => request.RecentThreadCount = 0, "0 is below 1." },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(null),
            "'k' is null"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(double.NaN),
            "'k' is System.Double"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(float.PositiveInfinity),
            "'k' is System.Single"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(DateTime.Now),
            "'k' is System.DateTime"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables('c'),
            "'k' is System.Char"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(DayOfWeek.Monday),
            "'k' is System.DayOfWeek"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(new List<int>()),
            "strings, numbers and booleans"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(Variables(1)),
            "strings, numbers and booleans"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables("\ud800"),
            "Unicode"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(1, "\udc00"),
            "Unicode"
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(1, ""),
            "has 0 characters; the API takes 1 to 64."
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Variables(1, new string('k', 65)),
            "has 65 characters; the API takes 1 to 64."
        },
        {
            nameof(ChatKitSessionRequest.StateVariables),
            request => request.StateVariables = Many(65),
            "There are 65 state variables; the API takes 64 at most."
        },
    };

    [Fact]
    public async Task Are_asked_for_with_nothing_that_was_not_set()
    {
        FakeServer server = new(Whole);

        await CreateAsync(server, new() { WorkflowId = "wf", User = "ü \"1\"\n" });

        HttpRequestMessage request = Assert.Single(server.Requests);
        Assert.Equal(
            ("POST", "https://api.openai.com/v1/chatkit/sessions"),
            (request.Method.Method, request.RequestUri!.AbsoluteUri));
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        Assert.Equal("""{"workflow":{"id":"wf"},"user":"ü \"1\"\n"}""", Assert.Single(server.Bodies));
    }

    [Fact]
    public async Task Are_asked_for_with_everything_that_was_set()
    {
        FakeServer server = new(Whole);
        ChatKitSessionRequest request = new()
        {
            WorkflowId = "wf",
            User = "u",
            WorkflowVersion = "2",
            StateVariables = new Dictionary<string, object?>
            {
                ["日"] = "ü🎉", ["empty"] = "", ["yes"] = true, ["no"] = false, ["byte"] = byte.MaxValue,
                ["sbyte"] = sbyte.MinValue, ["short"] = (short)-1,
                ["int"] = -42, ["long"] = long.MinValue, ["ulong"] = ulong.MaxValue, ["double"] = 1.5, ["float"] = 2.5f,
                ["decimal"] = 1.10m,
            },
            Tracing = false,
            ExpiresAfterSec = 600,
            MaxRequestsPerMinute = 1,
            AutomaticThreadTitling = false,
            FileUpload = true,
            MaxFileSize = 512,
            MaxFileCount = int.MaxValue,
            History = true,
            RecentThreadCount = 1,
        };

        await CreateAsync(server, request);

        Assert.Equal(
            Regex.Replace(
                """
                {"workflow":{"id":"wf","version":"2",
                "state_variables":{"日":"ü🎉","empty":"","yes":true,"no":false,"byte":255,"sbyte":-128,"short":-1,
                "int":-42,"long":-9223372036854775808,"ulong":18446744073709551615,"double":1.5,"float":2.5,"decimal":1.10},
                "tracing":{"enabled":false}},"user":"u",
                "expires_after":{"anchor":"created_at","seconds":600},"rate_limits":{"max_requests_per_1_minute":1},
                "chatkit_configuration":{"automatic_thread_titling":{"enabled":false},
                "file_upload":{"enabled":true,"max_file_size":512,"max_files":2147483647},"history":{"enabled":true,"recent_threads":1}}}
                """,
                "[\r\n]",
                ""),
            Assert.Single(server.Bodies)!.Replace("\\uD83C\\uDF89", "🎉"));
    }

    [Fact]
    public async Task Are_asked_for_with_each_group_of_settings_by_itself()
    {
        (Action<ChatKitSessionRequest> Set, string Json)[] settings =
        [
            (request => request.Tracing = true, "\"tracing\":{\"enabled\":true}},\"user\":\"u\"}"),
            (
                request => request.StateVariables = new Dictionary<string, object?>(),
                "\"state_variables\":{}},\"user\":\"u\"}"),
            (request => request.StateVariables = Many(64), "\"63\":63}},\"user\":\"u\"}"),
            (request => request.StateVariables = Variables(1, new string('k', 64)), "kk\":1}},\"user\":\"u\"}"),
            (request => request.StateVariables = Variables(0.1f), "{\"k\":0.1"),
            (
                request => request.ExpiresAfterSec = 1,
                "\"user\":\"u\",\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":1}}"),
            (
                request => request.AutomaticThreadTitling = true,
                "\"user\":\"u\",\"chatkit_configuration\":{\"automatic_thread_titling\":{\"enabled\":true}}}"),
            (
                request => request.FileUpload = false,
                "\"user\":\"u\",\"chatkit_configuration\":{\"file_upload\":{\"enabled\":false}}}"),
            (
                request => request.MaxFileSize = 1,
                "\"user\":\"u\",\"chatkit_configuration\":{\"file_upload\":{\"max_file_size\":1}}}"),
            (
                request => request.MaxFileCount = 1,
                "\"user\":\"u\",\"chatkit_configuration\":{\"file_upload\":{\"max_files\":1}}}"),
            (
                request => request.History = false,
                "\"user\":\"u\",\"chatkit_configuration\":{\"history\":{\"enabled\":false}}}"),
            (
                request => request.RecentThreadCount = 7,
                "\"user\":\"u\",\"chatkit_configuration\":{\"history\":{\"recent_threads\":7}}}"),
        ];
        foreach ((Action<ChatKitSessionRequest> set, string json) in settings)
        {
            FakeServer server = new(Whole);
            ChatKitSessionRequest request = new() { WorkflowId = "wf", User = "u" };
            set(request);
            await CreateAsync(server, request);
            Assert.Contains(json, Assert.Single(server.Bodies));
            Assert.DoesNotContain("0.10000000149", server.Bodies[0]); // A float that went through a double.
        }
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Are_not_asked_for_outside_the_limits(
        string setting, Action<ChatKitSessionRequest> set, string said)
    {
        FakeServer server = new(Whole);
        ChatKitSessionRequest request = new() { WorkflowId = "wf", User = "u" };
        set(request);

        ChatKitSettingException refusal =
            await Assert.ThrowsAsync<ChatKitSettingException>(() => CreateAsync(server, request));

        Assert.Equal(setting, refusal.Setting);
        Assert.Contains(said, refusal.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Are_not_asked_for_without_saying_which() =>
        await Assert.ThrowsAsync<ArgumentNullException>(() => CreateAsync(new FakeServer(Whole), null!));

    [Fact]
    public async Task Have_every_property()
    {
        ChatKitSession session = await CreateAsync(new FakeServer(Whole), new() { WorkflowId = "wf", User = "u" });

        Assert.Equal(
            ("cksess_1", "active", "ü", "wf", "2", false),
            (session.Id, session.Status, session.User, session.WorkflowId, session.WorkflowVersion, session.Tracing));
        Assert.Equal(new DateTime(2024, 4, 5, 19, 34, 38), session.ExpiresAt!.Value.ToUniversalTime());
        Assert.Equal(
            (20, false, true, 16, 3, true, 5),
            (session.MaxRequestsPerMinute, session.AutomaticThreadTitling, session.FileUpload, session.MaxFileSize, session.MaxFileCount, session.History, session.RecentThreadCount));
    }

    [Theory]
    [InlineData("""{"id":"cksess_1"}""", null)]
    [InlineData("""{"id":"cksess_1","object":null,"workflow":null,"rate_limits":null,"chatkit_configuration":null,"client_secret":null,"expires_at":null}""", null)]
    [InlineData("""{"id":"cksess_1","workflow":{},"rate_limits":{},"chatkit_configuration":{"automatic_thread_titling":null,"file_upload":{},"history":{}}}""", null)]
    [InlineData("""{"id":"cksess_1","scope":{"customer_id":"c"},"max_requests_per_1_minute":20,"ttl_seconds":900,"cancelled_at":1712345678}""", 20)]
    public async Task Need_nothing_but_the_id(string json, int? perMinute)
    {
        ChatKitSession session = await CancelAsync(new FakeServer(json));

        Assert.Equal(
            ("cksess_1", null, null, null, null, null),
            (session.Id, session.Status, session.User, session.WorkflowId, session.WorkflowVersion, session.Tracing));
        Assert.Equal(
            (null, null, null, perMinute),
            (session.ExpiresAt, session.ClientSecret, session.GetClientSecret(), session.MaxRequestsPerMinute));
        Assert.Equal(
            (null, null, null, null, null, null),
            (session.AutomaticThreadTitling, session.FileUpload, session.MaxFileSize, session.MaxFileCount, session.History, session.RecentThreadCount));
        Assert.Equal((json, "cksess_1"), (session.ToJson(), session.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":" "}""")]
    [InlineData("""{"id":"cksess_1","object":"chatkit.thread"}""")]
    [InlineData("""{"id":"cksess_1","workflow":"wf"}""")]
    [InlineData("""{"id":"cksess_2","object":"chatkit.session","status":"cancelled"}""")]
    public async Task Are_refused_where_they_are_none_or_another(string body)
    {
        ChatKitApiException failure =
            await Assert.ThrowsAsync<ChatKitApiException>(() => CancelAsync(new FakeServer(body)));
        Assert.Equal(ChatKitErrorKind.InvalidResponse, failure.Kind);
    }

    [Fact]
    public async Task Show_their_secret_to_who_asks_and_nowhere_else()
    {
        FakeServer server = new(Whole);

        ChatKitSession session = await CreateAsync(server, new() { WorkflowId = "wf", User = "ü" });

        Assert.Equal("ek_hush_\"1", session.GetClientSecret());
        Assert.Equal("ek_hush_\"1", new NetworkCredential("", session.ClientSecret).Password);
        Assert.Equal(Whole.Replace(Secret, "***"), session.ToJson());
        Assert.Equal("cksess_1", session.ToString());
        ChatKitExchange exchange = Assert.Single(server.Exchanges);
        string[] lines = exchange.ToDetailedString().Split('\n');
        Assert.Contains("""{"workflow":{"id":"wf"},"user":"ü"}""", lines);
        Assert.Contains("< 200 OK", lines);
        Assert.EndsWith(session.ToJson().Split('\n').Last(), lines.Last());
        Assert.DoesNotContain("hush", exchange.ToDetailedString() + exchange);
        Assert.DoesNotContain(FakeServer.Key, exchange.ToDetailedString());
    }

    [Fact]
    public async Task End_with_a_request_that_has_no_body()
    {
        FakeServer server = new("""{"id":"cksess_1","object":"chatkit.session","status":"cancelled"}""");

        ChatKitSession session = await CancelAsync(server);

        Assert.Equal("cancelled", session.Status);
        HttpRequestMessage request = Assert.Single(server.Requests);
        Assert.Equal(
            ("POST", "https://api.openai.com/v1/chatkit/sessions/cksess_1/cancel", ""),
            (request.Method.Method, request.RequestUri!.AbsoluteUri, Assert.Single(server.Bodies)));
    }

    private static Task<ChatKitSession> CreateAsync(FakeServer server, ChatKitSessionRequest request) =>
        server.CallAsync(client => client.CreateSessionAsync(request, server, Token));

    private static Task<ChatKitSession> CancelAsync(FakeServer server) =>
        server.CallAsync(client => client.CancelSessionAsync("cksess_1", server, Token));

    private static Dictionary<string, object?> Variables(object? value, string name = "k") => new() { [name] = value };

    private static Dictionary<string, object?> Many(int count) =>
        Enumerable.Range(0, count).ToDictionary(number => $"{number}", number => (object?)number);
}
