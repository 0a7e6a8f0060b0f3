// Ways to an emulator: the client's, and plain HTTP where the wire matters.
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal static class Emulated
{
    public static ChatKitClient Client(ThreadStore store) =>
        new(new() { ApiKey = "emulator", BaseUri = ChatKitEmulator.BaseUri }, EmulatedHandler.Of(store));

    /// <summary>Plain HTTP, which waits as long as it takes.</summary>
    public static HttpClient Http(ThreadStore store) =>
        new(EmulatedHandler.Of(store)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A store of threads that have nothing but an id.</summary>
    public static ThreadStore Store(params string[] ids)
    {
        ThreadStore store = new();
        foreach (string id in ids)
        {
            store.TryAdd(new StoredThread(id, 0, null, JsonSerializer.SerializeToUtf8Bytes(new { id }), []));
        }

        return store;
    }

    /// <summary>A store of one seed.</summary>
    public static ThreadStore Seeded(string seed)
    {
        ThreadStore store = new();
        Seed.Load(store, seed);
        return store;
    }

    public static HttpRequestMessage Request(
        string path, string method = "GET", string? authorization = "Bearer sk-test", string? beta = "chatkit_beta=v1")
    {
        HttpRequestMessage request = new(new HttpMethod(method), "https://emulator.invalid" + path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization is null ? [] : [authorization]);
        request.Headers.TryAddWithoutValidation("OpenAI-Beta", beta is null ? [] : [beta]);
        return request;
    }

    /// <summary>The status and the JSON that a request is answered with.</summary>
    public static async Task<(int Status, JsonElement Body)> AskAsync(
        this HttpClient http, string path, string method = "GET", string? body = null)
    {
        using HttpRequestMessage request = Request(path, method);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json =
            JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    /// <summary>The ids on a page, in their order.</summary>
    public static IEnumerable<string> Ids(this JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(element => element.GetProperty("id").GetString()!);
}
