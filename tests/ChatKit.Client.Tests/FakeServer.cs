// Answers in place of the network, and remembers what was asked and what the client reported about it.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Tests;

internal sealed class FakeServer(
    Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler, IProgress<ChatKitExchange>
{
    public const string Key = "sk-test-4f1c9b7e2a6d8035";

    /// <summary>A server that has one answer; a header is given as <c>name: value</c>.</summary>
    public FakeServer(string body, int status = 200, params string[] headers)
        : this(_ => Response(Encoding.UTF8.GetBytes(body), status, headers))
    {
    }

    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>The body of each request; null where it had none.</summary>
    public List<string?> Bodies { get; } = [];

    public List<ChatKitExchange> Exchanges { get; } = [];

    /// <summary>The client's settings; what fails is not sent again unless a test says so.</summary>
    public ChatKitClientOptions Options { get; } = new() { ApiKey = Key, MaximumRetryCount = 0 };

    /// <summary>A server that has every thread it is asked for.</summary>
    public static FakeServer WithEveryThread() => new(request =>
    {
        string id = Uri.UnescapeDataString(request.RequestUri!.AbsoluteUri.Split('/').Last());
        return Response(Encoding.UTF8.GetBytes($$"""{"id":"{{JsonEncodedText.Encode(id)}}"}"""));
    });

    /// <summary>
    /// A server that gives one answer after the other; each is the status, then headers, then the body, all but the
    /// status as may be.
    /// </summary>
    public static FakeServer InTurn(params string[] answers)
    {
        Queue<string> queue = new(answers);
        return new(_ =>
        {
            string[] parts = queue.Dequeue().Split('|');
            string body = parts.Length > 1 && parts[parts.Length - 1].StartsWith("{", StringComparison.Ordinal)
                ? parts[parts.Length - 1]
                : "";
            return Response(
                Encoding.UTF8.GetBytes(body),
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                [.. parts.Skip(1).Where(part => part != body)]);
        });
    }

    public static HttpResponseMessage Response(byte[] body, int status = 200, params string[] headers) =>
        Response(new ByteArrayContent(body), status, headers);

    public static HttpResponseMessage Response(HttpContent content, int status = 200, params string[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = content };
        foreach (string header in headers)
        {
            string[] parts = header.Split([": "], 2, StringSplitOptions.None);
            if (!response.Headers.TryAddWithoutValidation(parts[0], parts[1]))
            {
                content.Headers.TryAddWithoutValidation(parts[0], parts[1]);
            }
        }

        return response;
    }

    /// <summary>The thread that a body is.</summary>
    public static Task<ChatKitThread> ReadAsync(string json, string id = "cthr_1") => new FakeServer(json).GetAsync(id);

    /// <summary>The only item of a thread, read as the kind that it is to be.</summary>
    public static async Task<T> ReadItemAsync<T>(string json)
        where T : ChatKitThreadItem
    {
        ChatKitThread thread = await ReadAsync($$"""{"id":"cthr_1","items":{"data":[{{json}}]} }""");
        return Assert.IsType<T>(Assert.Single(thread.GetItems()));
    }

    public Task<ChatKitThread> GetAsync(string? id = "cthr_1") =>
        GetUntilAsync(TestContext.Current.CancellationToken, id);

    public async Task<ChatKitThread> GetUntilAsync(CancellationToken cancellationToken, string? id = "cthr_1")
    {
        using ChatKitClient client = new(Options, this);
        return await client.GetThreadAsync(id!, this, cancellationToken);
    }

    public Task<ChatKitApiException> FailAsync(string? id = "cthr_1") =>
        Assert.ThrowsAsync<ChatKitApiException>(() => GetAsync(id));

    /// <summary>Any call of the client.</summary>
    public async Task<T> CallAsync<T>(Func<ChatKitClient, Task<T>> call)
    {
        using ChatKitClient client = new(Options, this);
        return await call(client);
    }

    public Task<ChatKitApiException> FailAsync<T>(Func<ChatKitClient, Task<T>> call) =>
        Assert.ThrowsAsync<ChatKitApiException>(() => CallAsync(call));

    void IProgress<ChatKitExchange>.Report(ChatKitExchange value) => Exchanges.Add(value);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
#pragma warning disable CA2016 // .NET Framework takes no token, and the content is in memory.
        Bodies.Add(request.Content is null ? null : await request.Content.ReadAsStringAsync());
#pragma warning restore CA2016
        return answer(request);
    }
}
