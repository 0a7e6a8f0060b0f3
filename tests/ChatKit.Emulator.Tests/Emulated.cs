// Ways to an emulator: the client's, and plain HTTP where the wire matters.
using System.Net.Http;
using System.Text.Json;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal static class Emulated
{
    public static ChatKitClient Client(ThreadStore store) => ChatKitEmulator.CreateClient(new() { ApiKey = "emulator", BaseUri = ChatKitEmulator.BaseUri }, store);

    public static HttpClient Http(ThreadStore store) => new(new ChatKitEmulator(store));

    /// <summary>A store of threads that have nothing but an id.</summary>
    public static ThreadStore Store(params string[] ids)
    {
        ThreadStore store = new();
        foreach (string id in ids)
        {
            store.TryAdd(new StoredThread(id, JsonSerializer.SerializeToUtf8Bytes(new { id }), []));
        }

        return store;
    }

    public static HttpRequestMessage Request(string path, string method = "GET", string? authorization = "Bearer sk-test", string? beta = "chatkit_beta=v1")
    {
        HttpRequestMessage request = new(new HttpMethod(method), "https://emulator.invalid" + path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization is null ? [] : [authorization]);
        request.Headers.TryAddWithoutValidation("OpenAI-Beta", beta is null ? [] : [beta]);
        return request;
    }
}
