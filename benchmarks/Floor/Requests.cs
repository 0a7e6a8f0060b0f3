// What each row asks for, with nothing between it and HttpClient but source-generated JSON.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace ChatKit.Benchmarks;

/// <param name="width">The number of requests in flight, unless the work is sequential.</param>
internal sealed class Requests(int width) : IDisposable
{
    private readonly string _threads = Environment.GetEnvironmentVariable("OPENAI_BASE_URL") + "/chatkit/threads";
    private readonly HttpClient _http = NewClient();

    public async Task<int> GetThreadsAsync(int count)
    {
        Thread[] threads = new Thread[count];
        await EachAsync(count, async (i, token) => threads[i] = await GetAsync($"{_threads}/cthr_{i + 1:d8}", FloorJson.Default.Thread, token));
        return threads.Count(thread => thread.Id.Length > 0);
    }

    public async Task<List<Thread>> ListThreadsAsync()
    {
        List<Thread> threads = [];
        await foreach (Thread[] page in PagesAsync())
        {
            threads.AddRange(page);
        }

        return threads;
    }

    /// <summary>The same as <see cref="GetThreadsAsync"/>, and keeps none.</summary>
    public async Task<int> StreamThreadsByIdAsync(int count)
    {
        int got = 0;
        await EachAsync(count, async (i, token) =>
        {
            await GetAsync($"{_threads}/cthr_{i + 1:d8}", FloorJson.Default.Thread, token);
            Interlocked.Increment(ref got);
        });
        return got;
    }

    /// <summary>Lists so many threads, and keeps none.</summary>
    public async Task<int> StreamThreadsAsync(int count)
    {
        int got = 0;
        await foreach (Thread[] page in PagesAsync())
        {
            got += page.Length;
            if (got >= count)
            {
                break;
            }
        }

        return got;
    }

    public async Task<int> GetItemsAsync(int count)
    {
        List<Item>[] items = new List<Item>[count];
        await EachAsync(count, async (i, token) =>
        {
            items[i] = [];
            await foreach (Item[] page in PagesAsync($"{_threads}/cthr_{i + 1:d8}/items?limit=100&order=asc", FloorJson.Default.PageItem))
            {
                items[i].AddRange(page);
            }
        });
        return items.Sum(list => list.Count);
    }

    /// <summary>Lists the threads of so many users, several users at a time.</summary>
    public async Task<int> ListUsersAsync(int count)
    {
        List<Thread>[] threads = new List<Thread>[count];
        await EachAsync(count, async (i, token) =>
        {
            threads[i] = [];
            await foreach (Thread[] page in PagesAsync($"{_threads}?limit=100&order=desc&user=user_{i}", FloorJson.Default.PageThread))
            {
                threads[i].AddRange(page);
            }
        });
        return threads.Sum(list => list.Count);
    }

    /// <summary>Lists the threads, and writes the items of each, as they came, to a file that is deleted.</summary>
    public async Task<int> ExportAsync()
    {
        string path = Path.GetTempFileName();
        await using (FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 65536, FileOptions.DeleteOnClose))
        {
            int written = 0;
            await Parallel.ForEachAsync(EachThreadAsync(), new ParallelOptions { MaxDegreeOfParallelism = width }, async (thread, token) =>
            {
                byte[] items =
                    await _http.GetByteArrayAsync($"{_threads}/{thread.Id}/items?limit=100&order=desc", token);
                lock (file)
                {
                    file.Write(items);
                    written++;
                }
            });
            return written;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient NewClient()
    {
        HttpClient http = new(new SocketsHttpHandler { EnableMultipleHttp2Connections = true })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
        http.DefaultRequestHeaders.Add("OpenAI-Beta", "chatkit_beta=v1");
        return http;
    }

    private Task EachAsync(int count, Func<int, CancellationToken, ValueTask> get) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = width }, get);

    private async Task<T> GetAsync<T>(string uri, JsonTypeInfo<T> type, CancellationToken token = default) =>
        await _http.GetFromJsonAsync(uri, type, token) ?? throw new InvalidDataException("null");

    private IAsyncEnumerable<Thread[]> PagesAsync() =>
        PagesAsync($"{_threads}?limit=100&order=desc", FloorJson.Default.PageThread);

    private async IAsyncEnumerable<T[]> PagesAsync<T>(string list, JsonTypeInfo<Page<T>> type)
    {
        string after = "";
        bool hasMore = true;
        while (hasMore)
        {
            Page<T> page = await GetAsync(list + after, type);
            after = $"&after={page.LastId}";
            hasMore = page.HasMore;
            yield return page.Data;
        }
    }

    private async IAsyncEnumerable<Thread> EachThreadAsync()
    {
        await foreach (Thread[] page in PagesAsync())
        {
            foreach (Thread thread in page)
            {
                yield return thread;
            }
        }
    }
}
