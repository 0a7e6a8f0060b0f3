// A server with threads, a folder for their archive, and faults between the two.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal sealed class Site : DelegatingHandler
{
    public const string Key = "sk-test-4f1c9b7e2a6d8035";

    private readonly ThreadStore _store;
    private readonly string _parent = Directory.CreateTempSubdirectory("chatkit-archive-").FullName;

    public Site()
        : this(new ThreadStore())
    {
    }

    private Site(ThreadStore store)
        : base(new ChatKitEmulator(store)) => _store = store;

    /// <summary>The folder of the archive; not there until something makes it.</summary>
    public string Folder => Path.Combine(_parent, "archive");

    public ChatKitArchiveProject Project { get; set; } = new(ChatKitEmulator.BaseUri, "org_1", "proj_1");

    /// <summary>The threads of the server, in the order in which they were added.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>The path and query of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers in place of the server, or null for the server to answer.</summary>
    public Func<string, Task<HttpResponseMessage?>>? Fault { get; set; }

    /// <summary>What the server says in its headers.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>How large an answer may be, in bytes.</summary>
    public int MaximumResponseSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>The size at which a part is closed.</summary>
    public long PartSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>The files; null for real ones.</summary>
    public ArchiveFolder? Files { get; set; }

    /// <summary>The failures of the last export.</summary>
    public List<ChatKitArchiveExportFailure> Failures { get; } = [];

    public string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>
    /// A site of as many threads, of which thread n has n items and was created n seconds after 1,000,000.
    /// </summary>
    public static Site Of(int threads, string suffix = "")
    {
        Site site = new();
        for (int i = 1; i <= threads; i++)
        {
            site.Add($"cthr_{i}{suffix}", 1_000_000 + i, i);
        }

        return site;
    }

    public static HttpResponseMessage Status(int status) =>
        new((HttpStatusCode)status) { Content = new StringContent("""{"error":{"message":"Broken on purpose."}}""") };

    public void Add(string id, long createdAt, int items, string? user = null, string title = "t") =>
        Add(id, createdAt, user, $$"""{ "id" : "{{id}}", "title": "{{title}}", "created_at": {{createdAt}},{{(user is null ? "" : $" \"user\": \"{user}\",")}} "x": [ 1.50 ] }""", [.. Enumerable.Range(1, items).Select(number => Item(id, number))]);

    public void Add(string id, long createdAt, string? user, string json, params string[] items)
    {
        Assert.True(_store.TryAdd(new StoredThread(id, createdAt, user, Encoding.UTF8.GetBytes(json), [.. items.Select((item, index) => new StoredItem($"{id}_i{index + 1}", Encoding.UTF8.GetBytes(item)))])));
        Ids.Add(id);
    }

    public void Remove(string id)
    {
        Assert.True(_store.Remove(id));
        Ids.Remove(id);
    }

    /// <summary>Changes a thread; it is as old as it was.</summary>
    public void Change(
        string id, Func<string, string>? json = null, Func<List<string>, IEnumerable<string>>? items = null)
    {
        StoredThread old = _store.Find(id)!;
        List<string> before = [.. old.Items.Select(item => Encoding.UTF8.GetString(item.Json.Span))];
        string text = Encoding.UTF8.GetString(old.Json);
        _store.Remove(id);
        Ids.Remove(id);
        Add(id, old.CreatedAt, old.User, json?.Invoke(text) ?? text, [.. items?.Invoke(before) ?? before]);
    }

    public static string Item(string thread, int number) =>
        $$"""{"id":"{{thread}}_i{{number}}", "type":"chatkit.user_message", "content":[{"type":"input_text","text":" say {{number}} "}], "attachments":[{"type":"file","id":"f","name":"a b","mime_type":"c/d"}] }""";

    /// <summary>The lines of the archive that the thread is to have.</summary>
    public string LineOf(string id)
    {
        StoredThread thread = _store.Find(id)!;
        return $$"""{"thread":{{Minified(thread.Json)}},"items":[{{string.Join(",", thread.Items.Select(item => Minified(item.Json.Span)))}}]}""";
    }

    public async Task<ChatKitArchiveExportResult> ExportAsync(
        Action<ChatKitArchiveExportOptions>? set = null, CancellationToken? token = null)
    {
        ChatKitArchiveExport export = Export(set);
        try
        {
            return await export.RunAsync(null, token ?? TestContext.Current.CancellationToken);
        }
        finally
        {
            Failures.Clear();
            while (export.TryTakeFailure(out ChatKitArchiveExportFailure? failure))
            {
                Failures.Add(failure!);
            }
        }
    }

    public ChatKitArchiveExport Export(Action<ChatKitArchiveExportOptions>? set = null)
    {
        ChatKitArchiveExportOptions options = new(Folder, Project) { ThrottleLimit = 4 };
        set?.Invoke(options);
        return new(Client(), options) { PartSize = PartSize, Folder = Files ?? new ArchiveFolder(Folder) };
    }

    public async Task<ChatKitArchiveException> FailAsync(Action<ChatKitArchiveExportOptions>? set = null) =>
        await Assert.ThrowsAsync<ChatKitArchiveException>(() => ExportAsync(set));

    /// <summary>The archive is complete, sound, and has exactly what the server has.</summary>
    public void AssertWhole()
    {
        AssertHolds([.. Ids]);
        ChatKitArchiveVerification found =
            ChatKitArchiveVerifier.Verify(Folder, null, TestContext.Current.CancellationToken);
        Assert.Empty(found.Problems);
        Assert.True(found.Complete);
    }

    /// <summary>The archive has exactly these threads, each as the server has it now.</summary>
    public void AssertHolds(params string[] ids)
    {
        ChatKitArchiveIndex index =
            ChatKitArchiveIndex.Open(Folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ids.Order(), index.Threads.Select(thread => thread.Id).Order());
        Assert.All(index.Threads, thread => Assert.Equal(LineOf(thread.Id), LineOf(index.Read(thread))));
    }

    /// <summary>The lines of the archive, without when they were captured and without their hashes.</summary>
    public string[] Lines() =>
        [.. Directory.GetFiles(Folder, "*.jsonl").Order()
            .SelectMany(File.ReadAllLines)
            .Select(line => Frame.Replace(line, "{$1}"))];

    /// <summary>Makes of a sound archive one of version 1 of the format.</summary>
    public void Downgrade()
    {
        string text = Text("manifest.json");
        foreach (string file in Directory.GetFiles(Folder, "*.jsonl"))
        {
            byte[] part = Encoding.UTF8.GetBytes(
                string.Concat(File.ReadAllLines(file).Select(line => Frame.Replace(line, "{$1}") + "\n")));
            JsonNode old = JsonNode.Parse(text)!["parts"]!.AsArray().Single(
                old => (string)old!["name"]! == Path.GetFileName(file))!;
            text = text.Replace(
                (string)old["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(part)), StringComparison.Ordinal);
            text = text.Replace($"\"bytes\": {old["bytes"]}", $"\"bytes\": {part.Length}", StringComparison.Ordinal);
            File.WriteAllBytes(file, part);
        }

        JsonObject manifest = JsonNode.Parse(text)!.AsObject();
        manifest["version"] = 1;
        manifest["bytes"] = manifest["parts"]!.AsArray().Sum(part => (long)part!["bytes"]!);
        foreach (string name in new[] { "missing", "runs", "seal" })
        {
            manifest.Remove(name);
        }

        File.WriteAllText(Path.Combine(Folder, "manifest.json"), manifest.ToJsonString(new() { WriteIndented = true }));
    }

    /// <summary>Changes the manifest, as somebody does who knows how it is sealed.</summary>
    public void RewriteManifest(Func<string, string> rewrite)
    {
        string text = Seal.Replace(rewrite(Text("manifest.json")), $"\"seal\": \"{new string('0', 64)}\"");
        string seal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        File.WriteAllText(Path.Combine(Folder, "manifest.json"), Seal.Replace(text, $"\"seal\": \"{seal}\""));
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = Uri.UnescapeDataString(request.RequestUri!.PathAndQuery.Split("/chatkit/")[1]);
        Requests.Enqueue(path);
        HttpResponseMessage? fault = Fault is null ? null : await Fault(path);
        HttpResponseMessage response = fault ?? await base.SendAsync(request, cancellationToken);
        foreach ((string name, string value) in Headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    }

    /// <summary>Answers a request as the server does.</summary>
    public async Task<HttpResponseMessage?> AnswerAsync(string path)
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get, ChatKitEmulator.BaseUri.AbsoluteUri + "/chatkit/" + path);
        request.Headers.Authorization = new("Bearer", Key);
        request.Headers.Add("OpenAI-Beta", "chatkit_beta=v1");
        return await base.SendAsync(request, CancellationToken.None);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_parent))
        {
            Directory.Delete(_parent, true);
        }
    }

    public static string LineOf(ChatKitArchiveLine line) =>
        $$"""{"thread":{{Encoding.UTF8.GetString(line.Thread.Span)}},"items":[{{string.Join(",", line.Items.Select(item => Encoding.UTF8.GetString(item.Json.Span)))}}]}""";

    private static readonly Regex Frame = new("^{\"capturedAt\":\"[-0-9T:.]{23}Z\",(.*),\"sha256\":\"[0-9a-f]{64}\"}$");

    private static readonly Regex Seal = new("\"seal\": \"[^\"]*\"");

    private static string Minified(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(JsonMinifier.Minify(json));

    private ChatKitClient Client()
    {
        ChatKitClientOptions options = new()
        {
            ApiKey = Key,
            BaseUri = ChatKitEmulator.BaseUri,
            MaximumRetryCount = 0,
            MaximumResponseSize = MaximumResponseSize,
        };
        return new(options, this);
    }
}
