// Threads for the pages' tests: one of every kind, many, and some that mean harm.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Emulator;

namespace ChatKit.Tests;

internal static class TestThreads
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Titles =
    [
        "Refund for a duplicate invoice", "Single sign-on for the finance workspace", "Export stops at 40 percent",
        "Change the billing address", "Access to the reporting dashboard",
        "Renewal of the annual plan", "Onboarding stops at step 3", "Delete the data of a former employee",
        "Wrong currency on the quote", "Webhook answers 502",
        "Move a workspace to another region", "Question on data residency", "Password reset does not arrive",
        "Add 40 seats for support", "Audit log of last quarter",
    ];

    private static readonly string[] Reasons =
        ["Resolved", "Resolved by the customer", "Duplicate of an earlier request", "No answer for 14 days"];

    /// <summary>What goes wherever a user, or whoever calls the API, can put text.</summary>
    public static string[] HostileTexts { get; } =
    [
        new('w', 3000),
        "<script>window.__pwned = 1</script>",
        "</script><script>window.__pwned = 2</script><!--",
        "</title></style><img src=x onerror=\"window.__pwned = 3\">",
        "\" onmouseover=\"window.__pwned = 4\" autofocus onfocus=\"window.__pwned = 5\" x=\"",
        "' onclick='window.__pwned = 6",
        "<svg><animate onbegin=window.__pwned=7 attributeName=x></svg><iframe " +
        "srcdoc=\"<script>top.__pwned=8</script>\"></iframe>",
        "<link rel=stylesheet href=https://evil.example/x.css><base href=https://evil.example/><meta " +
        "http-equiv=refresh content=\"0;url=https://evil.example\">",
        "</pre></details></li></ol></main><form action=https://evil.example><button>Sign in</button>",
        "[a](javascript:window.__pwned=9) ![b](https://evil.example/b.png) <https://evil.example>",
        "invoice\u202Efdp.exe \u2067\u2069\u2069\u202Eeverything after this\u202D \u2066 unclosed",
        "a\u0000b\u0007c\u001B[31md\u2028e\u2029f",
        "{{7*7}}${7*7}<%= 7*7 %>&lt;script&gt;&#x3C;script&#x3E;",
    ];

    public static string[] HostileAddresses { get; } =
    [
        "javascript:window.__pwned=20", " javascript:window.__pwned=21", "JaVaScRiPt:window.__pwned=22",
        "java\nscript:window.__pwned=23", "data:text/html,<script>window.__pwned=24</script>",
        "vbscript:x", "file:///etc/passwd", "//evil.example/x",
        "https://evil.example/\"onmouseover=\"window.__pwned=25",
        "https://evil.example/<script>window.__pwned=26</script>", "http://[", "",
    ];

    /// <summary>The emulator's own sample.</summary>
    public static Task<List<ChatKitThread>> SampleAsync() => ReadAsync(Seed.Sample(Now), withItems: true);

    /// <summary>
    /// A project of so many threads, of one to so many items, in the last four months, one user for every forty; the
    /// same ones each time.
    /// </summary>
    public static Task<List<ChatKitThread>> ManyAsync(int count, int mostItems = 12)
    {
        uint state = 1;
        int Next(int below)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((ulong)state * (uint)below >> 32);
        }

        JsonArray threads = [];
        for (int i = 0; i < count; i++)
        {
            // Fewer on weekends, and slowly more.
            DateTimeOffset created;
            do
            {
                created = Now.AddSeconds(-1 - (Math.Min(Next(120 * 86400), Next(150 * 86400)) * 1.0));
            }
            while (created.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && Next(4) > 0);

            int kind = Next(100);
            JsonObject status = kind switch
            {
                < 58 => new() { ["type"] = "active" },
                < 64 => new() { ["type"] = "locked", ["reason"] = "Policy review" },
                _ => new() { ["type"] = "closed", ["reason"] = Next(3) == 0 ? null : Reasons[Next(Reasons.Length)] },
            };
            string title = Titles[Next(Titles.Length)];
            threads.Add(Thread($"cthr_{i:x6}{(uint)Next(int.MaxValue):x8}", i % 97 == 5 ? null : title, status, $"user_{Next(Math.Max(1, count / 40)) + 100}", created, Messages(1 + Next(mostItems))));
        }

        return LoadAsync(threads);
    }

    /// <summary>
    /// Threads with <see cref="HostileTexts"/> and <see cref="HostileAddresses"/> wherever there is room for them.
    /// </summary>
    public static Task<List<ChatKitThread>> HostileAsync()
    {
        JsonArray threads = [];
        foreach (string text in HostileTexts)
        {
            JsonArray items = [.. HostileItems(text).Select((item, i) => Item(item, i))];
            threads.Add(Thread("cthr_" + text, text, new() { ["type"] = text, ["reason"] = text }, text, Now.AddDays(-threads.Count), items));
        }

        threads.Add(Thread("../../up", "An id that climbs", new() { ["type"] = "active" }, "..\\..\\user", Now, []));
        threads.Add(Thread("CON", "An id of a device", new() { ["type"] = "__proto__" }, "constructor", Now, []));
        return LoadAsync(threads);
    }

    /// <summary>
    /// Many conversations of sentences of 40 to 400 characters, made one at a time; the newest first.
    /// </summary>
    public static IEnumerable<ChatKitThread> Conversations(int count, int items)
    {
        string[] words =
        [
            "the", "order", "has", "not", "arrived", "and", "our", "invoice", "shows", "another", "amount", "please",
            "look", "at", "it", "today", "we", "need",
            "access", "for", "finance", "team", "before", "quarter", "ends", "thank", "you", "workspace", "settings",
            "export", "password", "region", "which",
        ];
        Random random = new(1);
        for (int i = 0; i < count; i++)
        {
            JsonArray messages = [];
            for (int j = 0; j < items; j++)
            {
                string text = string.Join(" ", Enumerable.Range(0, random.Next(7, 70)).Select(_ => words[random.Next(words.Length)] + (random.Next(20) == 0 ? random.Next(10_000) : "")));
                bool isMarked = j == 5 && i % 100 == 50;
                messages.Add(Item(UserMessage(text + (isMarked ? " hundredth" : "") + (j == 5 && i == count - 1 ? " oldest" : "") + (i % 50 == 0 ? " 😀" : "")), j));
            }

            JsonObject status = new() { ["type"] = "active" };
            yield return LoadAsync([Thread($"cthr_{i:x24}", Titles[random.Next(Titles.Length)], status, $"user_{i % 500}", Now.AddMinutes(-i), messages)])
                .GetAwaiter().GetResult().Single();
        }
    }

    /// <summary>
    /// Threads whose messages have something to find, in two shards; and code, folds and a long title.
    /// </summary>
    public static Task<List<ChatKitThread>> SearchableAsync()
    {
        JsonArray words = [.. Enumerable.Repeat("a word of the widget", 100).Select(word => new JsonObject { ["type"] = "Text", ["value"] = word })];
        JsonObject widget = new() { ["type"] = "Card", ["children"] = words };
        JsonObject call = new()
        {
            ["type"] = "chatkit.client_tool_call", ["status"] = "completed", ["call_id"] = "call_1", ["name"] = "look",
            ["arguments"] = """{"needle_in_arguments":1}""",
        };
        const string Code = "Before `zebra` after\n\n```js\nlet a = \"<b>\";\n\n  b();\n```\nand\n```\nunclosed";
        string paragraphs = string.Concat(Enumerable.Repeat("Nothing to see.\n", 75_000));
        (string Title, JsonObject[] Items)[] threads =
        [
            ("Words", [UserMessage("Straße, ÜberGroß 😀 and a crossing. Срок, љубав, Éàü, 迷子 שלום 안녕"), UserMessage("A Zebra at the crossing, a zebra \n crossing.")]),
            (
                "Code",
                [UserMessage(Code), new() { ["type"] = "chatkit.widget", ["widget"] = widget.ToJsonString() }, call]),
            ("Long", [UserMessage(paragraphs + "needle_at_the_end")]),
            ("Harm", [UserMessage("</script><script>window.__pwned = 1\u2028d\u2029e\u001Ef\"); window.__pwned = 2; " +
                "(\" after_the_separators")]),
            ("Signs", [UserMessage("[x-y] \\d $& here")]),
            (
                "Many zebras",
                [.. Enumerable.Range(1, 5).Select(i => UserMessage($"zebras {i}")), UserMessage("Nobody.")]),
            (string.Join(" ", Enumerable.Repeat("A title that does not end", 20)), [UserMessage("Hello.")]),
            ("Empty", []),
        ];
        return LoadAsync([.. threads.Select((thread, i) => Thread(
            "cthr_" + (thread.Title.Length > 20 ? "title" : thread.Title.Split(' ')[0].ToLowerInvariant()),
            thread.Title,
            new() { ["type"] = i == 0 ? "locked" : "active" },
            "user_1",
            Now.AddDays(thread.Items.Length == 0 ? -400 : -i),
            [.. thread.Items.Select(Item)]))]);
    }

    /// <summary>The threads of JSON as the API has them, each with its items inside.</summary>
    public static Task<List<ChatKitThread>> LoadAsync(JsonArray threads)
    {
        ThreadStore store = new();
        Seed.Load(store, threads.ToJsonString());
        return ReadAsync(store, withItems: false);
    }

    public static JsonObject Thread(
        string id, string? title, JsonObject status, string? user, DateTimeOffset created, JsonArray items) =>
        new()
    {
        ["id"] = id, ["object"] = "chatkit.thread", ["created_at"] = created.ToUnixTimeSeconds(), ["title"] = title,
        ["status"] = status, ["user"] = user,
        ["items"] = new JsonObject { ["data"] = items },
    };

    public static JsonObject Item(JsonObject item, int number)
    {
        item["id"] ??= $"cthi_{number}";
        item["object"] = "chatkit.thread_item";
        item["created_at"] = Now.ToUnixTimeSeconds() + number;
        return item;
    }

    public static JsonObject UserMessage(string text) =>
        new() { ["type"] = "chatkit.user_message", ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = text }), ["attachments"] = new JsonArray() };

    private static JsonArray Messages(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Item(UserMessage($"Message {i}"), i))];

    private static IEnumerable<JsonObject> HostileItems(string text)
    {
        string json = new JsonObject { ["type"] = text, ["title"] = text, [text] = text }.ToJsonString();
        yield return new()
        {
            ["id"] = text,
            ["type"] = "chatkit.user_message",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "input_text", ["text"] = text },
                new JsonObject { ["type"] = "quoted_text", ["text"] = text },
                new JsonObject { ["type"] = text, ["text"] = text }),
            ["attachments"] = new JsonArray([.. HostileAddresses.Select(address => new JsonObject { ["type"] = text, ["id"] = text, ["name"] = text, ["mime_type"] = text, ["preview_url"] = address })]),
            ["inference_options"] =
                new JsonObject { ["model"] = text, ["tool_choice"] = new JsonObject { ["id"] = text } },
        };
        JsonObject[] annotations =
        [
            .. HostileAddresses.Append(text).Select(address => new JsonObject { ["type"] = "url", ["source"] = new JsonObject { ["type"] = "url", ["url"] = address } }),
            new() { ["type"] = "file", ["source"] = new JsonObject { ["type"] = "file", ["filename"] = text } },
            new() { ["type"] = text, ["source"] = text },
        ];
        yield return new() { ["type"] = "chatkit.assistant_message", ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray([.. annotations]) }) };
        yield return new() { ["type"] = "chatkit.client_tool_call", ["status"] = text, ["call_id"] = text, ["name"] = text, ["arguments"] = json, ["output"] = text };
        yield return new() { ["type"] = "chatkit.task", ["task_type"] = text, ["heading"] = text, ["summary"] = text };
        yield return new() { ["type"] = "chatkit.task_group", ["tasks"] = new JsonArray(new JsonObject { ["type"] = text, ["heading"] = text, ["summary"] = text }) };
        yield return new() { ["type"] = "chatkit.widget", ["widget"] = json };
        yield return new() { ["type"] = "chatkit.widget", ["widget"] = text };
        yield return new() { ["type"] = text, ["what"] = text };
    }

    private static async Task<List<ChatKitThread>> ReadAsync(ThreadStore store, bool withItems)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using ChatKitClient client = ChatKitEmulator.CreateClient(
            new ChatKitClientOptions { ApiKey = "sk-test", BaseUri = ChatKitEmulator.BaseUri }, store);
        List<ChatKitThread> threads = [];
        ChatKitListOptions options = new() { Limit = 100 };
        for (bool more = true; more;)
        {
            ChatKitPage<ChatKitThread> page = await client.ListThreadsAsync(options, cancellationToken: cancellation);
            threads.AddRange(page.Data);
            more = page.HasMore;
            options.After = page.LastId;
        }

        if (withItems)
        {
            // As the API embeds them, so that every test has threads of one make.
            JsonArray whole = [];
            foreach (ChatKitThread thread in threads)
            {
                JsonNode[] items = [.. (await client.ListItemsAsync(thread.Id, new ChatKitListOptions { Limit = 100, Order = ChatKitOrder.Ascending }, cancellationToken: cancellation)).Data.Select(item => JsonNode.Parse(item.ToJson())!)];
                JsonObject json = JsonNode.Parse(thread.ToJson())!.AsObject();
                json["items"] = new JsonObject { ["data"] = new JsonArray(items) };
                whole.Add(json);
            }

            return await LoadAsync(whole);
        }

        return threads;
    }
}
