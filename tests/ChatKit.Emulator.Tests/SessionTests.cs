// Sessions: what the API fills in, what it refuses, and how they end.
using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ChatKit.Tests;

public class SessionTests
{
    private const string Sessions = "/v1/chatkit/sessions";

    [Fact]
    public async Task A_session_has_the_defaults_of_the_API()
    {
        using HttpClient http = Emulated.Http(Emulated.Store());
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        (int status, JsonElement session) =
            await http.AskAsync(Sessions, "POST", """{"workflow":{"id":"wf"},"user":"u"}""");

        Assert.InRange(session.GetProperty("expires_at")
            .GetInt64(), before + 600, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600);
        Assert.Matches("^ek_emulator_[0-9a-f]{32}$", session.GetProperty("client_secret").GetString());
        string json = Regex.Replace(session.GetRawText(), "\"(expires_at|client_secret)\":[^,]+,", "");
        Assert.Equal(200, status);
        Assert.Equal(
            """
            {"id":"cksess_00000000000000000000000000000001","object":"chatkit.session",
            "workflow":{"id":"wf","version":null,"state_variables":null,"tracing":{"enabled":true}},"user":"u",
            "rate_limits":{"max_requests_per_1_minute":10},"max_requests_per_1_minute":10,"status":"active",
            "chatkit_configuration":{"automatic_thread_titling":{"enabled":true},
            "file_upload":{"enabled":false,"max_file_size":512,"max_files":10},"history":{"enabled":true,"recent_threads":null}}}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public async Task The_client_gets_back_what_it_asked_for_and_ends_it()
    {
        using ChatKitClient client = Emulated.Client(Emulated.Store());
        ChatKitSessionRequest request = new()
        {
            WorkflowId = "wf",
            User = "ü",
            WorkflowVersion = "2",
            StateVariables =
                Enumerable.Range(0, 64).ToDictionary(number => $"{number}".PadLeft(64, 'k'), number => (object?)number),
            Tracing = false,
            ExpiresAfterSec = 600,
            MaxRequestsPerMinute = 1,
            AutomaticThreadTitling = false,
            FileUpload = true,
            MaxFileSize = 1,
            MaxFileCount = 1,
            History = false,
            RecentThreadCount = 1,
        };

        ChatKitSession session = await client.CreateSessionAsync(request, null, TestContext.Current.CancellationToken);
        ChatKitSession ended = await client.CancelSessionAsync(session.Id, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ("wf", "ü", "2", false, 1),
            (session.WorkflowId, session.User, session.WorkflowVersion, session.Tracing, session.MaxRequestsPerMinute));
        Assert.Equal((false, true, 1, 1, false, 1), (session.AutomaticThreadTitling, session.FileUpload, session.MaxFileSize, session.MaxFileCount, session.History, session.RecentThreadCount));
        Assert.Contains($"\"{new string('k', 62)}63\":63", session.ToJson(), StringComparison.Ordinal);
        Assert.Equal(("active", session.Id, "cancelled"), (session.Status, ended.Id, ended.Status));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("""{"workflow":{"id":"wf"},"user":"u"} x""", null)]
    [InlineData("""{"workflow":{"id":"wf"},"user":"u","user":"v"}""", null)]
    [InlineData("""{"workflow":{"id":"wf"},"user":"\ud800"}""", null)]
    [InlineData("""{"user":"u"}""", "workflow")]
    [InlineData("""{"workflow":"wf","user":"u"}""", "workflow")]
    [InlineData("""{"workflow":{},"user":"u"}""", "workflow.id")]
    [InlineData("""{"workflow":{"id":7},"user":"u"}""", "workflow.id")]
    [InlineData("""{"workflow":{"id":"wf","version":7},"user":"u"}""", "workflow.version")]
    [InlineData("""{"workflow":{"id":"wf","tracing":true},"user":"u"}""", "workflow.tracing")]
    [InlineData("""{"workflow":{"id":"wf","tracing":{"enabled":"yes"}},"user":"u"}""", "workflow.tracing.enabled")]
    [InlineData("""{"workflow":{"id":"wf","state_variables":{"k":null}},"user":"u"}""", "workflow.state_variables")]
    [InlineData("""{"workflow":{"id":"wf","state_variables":{"k":[1]}},"user":"u"}""", "workflow.state_variables")]
    [InlineData("""{"workflow":{"id":"wf","state_variables":{"LONG":1}},"user":"u"}""", "workflow.state_variables")]
    [InlineData("""{"workflow":{"id":"wf","state_variables":{MANY}},"user":"u"}""", "workflow.state_variables")]
    [InlineData("""{"workflow":{"id":"wf"}}""", "user")]
    [InlineData("""{"workflow":{"id":"wf"},"user":""}""", "user")]
    [InlineData("""{"workflow":{"id":"wf"},"user":7}""", "user")]
    [InlineData("""MORE"expires_after":600}""", "expires_after")]
    [InlineData("""MORE"expires_after":{"anchor":"created_at"}}""", "expires_after.seconds")]
    [InlineData("""MORE"expires_after":{"anchor":"created_at","seconds":0}}""", "expires_after.seconds")]
    [InlineData("""MORE"expires_after":{"anchor":"created_at","seconds":601}}""", "expires_after.seconds")]
    [InlineData("""MORE"expires_after":{"anchor":"last_used_at","seconds":1}}""", "expires_after.anchor")]
    [InlineData("""MORE"rate_limits":{"max_requests_per_1_minute":0}}""", "rate_limits.max_requests_per_1_minute")]
    [InlineData("""MORE"rate_limits":{"max_requests_per_1_minute":"10"}}""", "rate_limits.max_requests_per_1_minute")]
    [InlineData("""MORE"chatkit_configuration":[]}""", "chatkit_configuration")]
    [InlineData(
        """MORE"chatkit_configuration":{"automatic_thread_titling":{"enabled":1}}}""",
        "chatkit_configuration.automatic_thread_titling.enabled")]
    [InlineData(
        """MORE"chatkit_configuration":{"file_upload":{"enabled":"yes"}}}""",
        "chatkit_configuration.file_upload.enabled")]
    [InlineData(
        """MORE"chatkit_configuration":{"file_upload":{"max_file_size":0}}}""",
        "chatkit_configuration.file_upload.max_file_size")]
    [InlineData(
        """MORE"chatkit_configuration":{"file_upload":{"max_file_size":513}}}""",
        "chatkit_configuration.file_upload.max_file_size")]
    [InlineData(
        """MORE"chatkit_configuration":{"file_upload":{"max_files":0}}}""",
        "chatkit_configuration.file_upload.max_files")]
    [InlineData("""MORE"chatkit_configuration":{"history":{"enabled":{}}}}""", "chatkit_configuration.history.enabled")]
    [InlineData(
        """MORE"chatkit_configuration":{"history":{"recent_threads":0}}}""",
        "chatkit_configuration.history.recent_threads")]
    [InlineData(
        """MORE"chatkit_configuration":{"history":{"recent_threads":1.5}}}""",
        "chatkit_configuration.history.recent_threads")]
    public async Task A_session_outside_the_limits_is_refused(string body, string? param)
    {
        using HttpClient http = Emulated.Http(Emulated.Store());
        body = body.Replace("MORE", """{"workflow":{"id":"wf"},"user":"u",""", StringComparison.Ordinal).Replace(
            "LONG", new string('k', 65), StringComparison.Ordinal)
            .Replace("MANY", string.Join(",", Enumerable.Range(0, 65)
                .Select(number => $"\"{number}\":1")), StringComparison.Ordinal);

        (int status, JsonElement answer) = await http.AskAsync(Sessions, "POST", body);

        JsonElement error = answer.GetProperty("error");
        Assert.Equal((400, param), (status, error.GetProperty("param").GetString()));
        Assert.Contains(
            param is null ? "JSON" : $"'{param}", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/cksess_none/cancel", "No session found with id 'cksess_none'.")]
    [InlineData("GET", "", "Invalid URL (GET /v1/chatkit/sessions)")]
    [InlineData("GET", "/cksess_00000000000000000000000000000001", "Invalid URL (GET ")]
    [InlineData("GET", "/cksess_00000000000000000000000000000001/cancel", "Invalid URL (GET ")]
    [InlineData("POST", "/cksess_00000000000000000000000000000001", "Invalid URL (POST ")]
    public async Task What_is_not_there_is_not_found(string method, string path, string message)
    {
        using HttpClient http = Emulated.Http(Emulated.Store());
        await http.AskAsync(Sessions, "POST", """{"workflow":{"id":"wf"},"user":"u"}""");

        (int status, JsonElement answer) = await http.AskAsync(Sessions + path, method);

        Assert.Equal(404, status);
        Assert.Contains(
            message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
