// A project's list of threads, which changes between requests as a test says.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

internal sealed class ListServer : HttpMessageHandler
{
    private const long FirstSecond = 1_700_000_000;

    private long _made;

    /// <summary>The threads, oldest first.</summary>
    public List<(string Id, long Created, string User)> Threads { get; } = [];

    /// <summary>The query of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Answers in place of the list, or gives null for the list to answer.</summary>
    public Func<string, HttpResponseMessage?>? Fault { get; set; }

    /// <summary>How often in a row one second is the same as that before: threads of the same second.</summary>
    public int PerSecond { get; set; } = 1;

    /// <summary>
    /// Whether those of the same second come in the same order from either end, which is not the API's way.
    /// </summary>
    public bool IsUnstable { get; set; }

    /// <summary>Whether the order that is asked for is ignored: the newest come first.</summary>
    public bool IgnoresOrder { get; set; }

    /// <summary>A project of so many threads, of as many users, taken in turn.</summary>
    public static ListServer Of(int count, int users = 1, int perSecond = 1)
    {
        ListServer server = new() { PerSecond = perSecond };
        for (int i = 0; i < count; i++)
        {
            server.Insert(server.Threads.Count, $"user_{i % users}");
        }

        return server;
    }

    public static DateTime Second(long number) => DateTimeOffset.FromUnixTimeSeconds(FirstSecond + number).UtcDateTime;

    /// <summary>
    /// Adds a thread at a place in the list; it was created with the one before it, or with the one after it.
    /// </summary>
    public string Insert(int place, string user = "user_0")
    {
        long number = _made++;
        long before = place == 0 ? long.MinValue : Threads[place - 1].Created;
        long created = place == Threads.Count ? Math.Max(before, FirstSecond + (number / PerSecond)) : place == 0
            ? Threads[0].Created - 1
            : before;
        Threads.Insert(place, ($"cthr_{number}", created, user));
        return $"cthr_{number}";
    }

    public void Remove(string id) => Threads.RemoveAll(thread => thread.Id == id);

    /// <summary>The client of the list.</summary>
    public ChatKitClient NewClient() => new(new() { ApiKey = FakeServer.Key, MaximumRetryCount = 0 }, this);

    /// <summary>Reads the list to its end, with nothing in between.</summary>
    public async Task<List<string>> ListAsync(ChatKitListOptions? options = null)
    {
        using ChatKitClient client = NewClient();
        List<string> ids = [];
        await foreach (ChatKitThread thread in client.ListAllThreadsAsync(
            options, null, TestContext.Current.CancellationToken))
        {
            ids.Add(thread.Id);
        }

        return ids;
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Threads)
        {
            string query = request.RequestUri!.Query;
            Requests.Add(query);
            return Task.FromResult(Fault?.Invoke(query) ?? Answer(query));
        }
    }

    private HttpResponseMessage Answer(string query)
    {
        Dictionary<string, string> values = query.TrimStart('?').Split('&').Select(
            pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[pair.Length - 1]);
        bool isAscending = values.TryGetValue("order", out string? order) && order == "asc" && !IgnoresOrder;
        int limit = int.Parse(values["limit"], CultureInfo.InvariantCulture);
        List<(string Id, long Created, string User)> list =
            [.. isAscending ? Threads : Threads.AsEnumerable().Reverse()];
        if (IsUnstable && isAscending)
        {
            list = [.. list.GroupBy(thread => thread.Created).SelectMany(group => group.Reverse())];
        }

        int start = 0;
        if (values.TryGetValue("after", out string? after))
        {
            start = list.FindIndex(thread => thread.Id == after) + 1;
            if (start == 0)
            {
                return FakeServer.Response(Encoding.UTF8.GetBytes("""{"error":{"message":"No such thread."}}"""), 404);
            }
        }

        values.TryGetValue("before", out string? end);
        List<(string Id, long Created, string User)> found =
            [.. list.Skip(start).TakeWhile(thread => thread.Id != end).Where(
                thread => !values.TryGetValue("user", out string? user) || thread.User == user)];
        string data = string.Join(",", found.Take(limit).Select(
            thread => $$"""{"id":"{{thread.Id}}","created_at":{{thread.Created}},"user":"{{thread.User}}"}"""));
        return FakeServer.Response(Encoding.UTF8.GetBytes(
            $$"""{"data":[{{data}}],"has_more":{{(found.Count > limit ? "true" : "false")}}}"""));
    }
}
