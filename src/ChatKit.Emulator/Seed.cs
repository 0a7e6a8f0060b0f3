// Fills a store from JSON: the emulator's sample project, or a file of the user.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Json;

namespace ChatKit.Emulator;

/// <summary>Reads threads into a <see cref="ThreadStore"/>.</summary>
/// <remarks>
/// A seed is an array of threads, a page of them (<c>{"data": […]}</c>), one thread, or JSON Lines. A thread has its
/// items inside, or is <c>{"thread": {…}, "items": […]}</c>. A seed may be nested 67 levels deep. Lone surrogates are
/// read as U+FFFD.
/// </remarks>
public static class Seed
{
    // The present of SampleProject.json: 2026-11-20 12:00 UTC.
    private const long SampleNow = 1795176000;

    // A client reads 64 levels, and the deepest form of a seed, {"data":[{"thread":…}]}, adds three.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 64 + 3 };

    private static readonly JsonWriterOptions Verbatim =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Creates a small, realistic project with <c>cthr_abc123</c> and every status and type of item.</summary>
    /// <param name="now">The present: the threads are one hour to 400 days older.</param>
    /// <returns>A new store.</returns>
    public static ThreadStore Sample(DateTimeOffset now)
    {
        using Stream resource = typeof(Seed).Assembly.GetManifestResourceStream("SampleProject.json")!;
        JsonNode project = JsonNode.Parse(resource)!;
        Shift(project, now.ToUnixTimeSeconds() - SampleNow);
        ThreadStore store = new();
        Load(store, project.ToJsonString());
        return store;
    }

    /// <summary>Adds the threads of a seed.</summary>
    /// <param name="store">Where to add them.</param>
    /// <param name="json">The seed.</param>
    /// <exception cref="InvalidDataException">
    /// The seed is not JSON, has something that is no thread, or has an id twice. The message says where.
    /// </exception>
    public static void Load(ThreadStore store, string json)
    {
        // Some ways to read a file leave the byte order mark.
        json = json.TrimStart('\uFEFF');
        JsonDocument document;
        try
        {
            document = Parse(json);
        }
        catch (JsonException whole)
        {
            LoadLines(store, json, whole);
            return;
        }

        using (document)
        {
            LoadDocument(store, document.RootElement, "");
        }
    }

    private static JsonDocument Parse(string json)
    {
        // Read it as the client reads a response, so that a saved response can be a seed.
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return JsonDocument.Parse(LoneSurrogates.Replace(bytes) ?? bytes, Bounded);
    }

    private static void LoadLines(ThreadStore store, string json, JsonException whole)
    {
        using StringReader reader = new(json);
        int number = 0;
        int read = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            try
            {
                using JsonDocument document = Parse(line);
                LoadDocument(store, document.RootElement, $"line {number}: ");
                read++;
            }
            catch (JsonException e)
            {
                // If not even the first line is JSON, the file is not meant to be JSON Lines.
                throw read == 0
                    ? new InvalidDataException($"not JSON: {whole.Message}", whole)
                    : new InvalidDataException($"line {number}: not JSON: {e.Message}", e);
            }
        }

        if (read == 0)
        {
            throw new InvalidDataException("it is empty");
        }
    }

    private static void LoadDocument(ThreadStore store, JsonElement root, string where)
    {
        JsonElement list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out JsonElement data)
            ? data
            : root;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Add(store, root, where);
            return;
        }

        int index = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            Add(store, element, $"{where}element {index++}: ");
        }
    }

    private static void Add(ThreadStore store, JsonElement element, string where)
    {
        StoredThread thread = Read(element, where);
        if (!store.TryAdd(thread))
        {
            throw new InvalidDataException($"{where}the id '{thread.Id}' is there twice");
        }
    }

    private static StoredThread Read(JsonElement element, string where)
    {
        JsonElement thread = Member(element, "thread") ?? element;
        if (Text(thread, "id") is not { } id || string.IsNullOrWhiteSpace(id))
        {
            throw new InvalidDataException($"{where}not a thread, since it has no id");
        }

        if (Text(thread, "object") is { } type and not "chatkit.thread")
        {
            throw new InvalidDataException($"{where}not a thread, but a '{type}'");
        }

        JsonElement? list = Member(element, "items") ?? Member(thread, "items");
        if (list is { } page && Member(page, "data") is { } data)
        {
            list = data;
        }

        List<(long CreatedAt, StoredItem Item)> stored = [];
        if (list is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (JsonElement item in array.EnumerateArray())
            {
                stored.Add((CreatedAt(item), new StoredItem(Text(item, "id") ?? "", Compact(item))));
            }
        }
        else if (list is { ValueKind: not JsonValueKind.Null })
        {
            throw new InvalidDataException($"{where}its items are not a list");
        }

        // The sort is stable: items without a date or of the same second keep their order.
        IReadOnlyList<StoredItem> items = [.. stored.OrderBy(item => item.CreatedAt).Select(item => item.Item)];
        return new StoredThread(id, CreatedAt(thread), Text(thread, "user"), CompactThread(thread), items);
    }

    /// <summary>The thread as the API sends it. If its items are a plain array, they become a page.</summary>
    private static byte[] CompactThread(JsonElement thread) =>
        Member(thread, "items") is not { ValueKind: JsonValueKind.Array } ? Compact(thread) : Written(writer =>
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in thread.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.Name == "items" && member.Value.ValueKind == JsonValueKind.Array)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("data");
                member.Value.WriteTo(writer);
                writer.WriteBoolean("has_more", false);
                writer.WriteEndObject();
            }
            else
            {
                member.Value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    });

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Unix seconds, also from ISO 8601; 0 without a date, so that the element counts as the oldest.</summary>
    private static long CreatedAt(JsonElement element) => Member(element, "created_at") switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double seconds) &&
            Math.Abs(seconds) < long.MaxValue / 2 => (long)seconds,
        { ValueKind: JsonValueKind.String } value
            when TimestampConverter.TryParse(value.GetString()!, out DateTimeOffset moment) =>
            moment.ToUnixTimeSeconds(),
        _ => 0,
    };

    private static byte[] Compact(JsonElement element) => Written(element.WriteTo);

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Verbatim))
        {
            write(writer);
        }

        return bytes.ToArray();
    }

    private static void Shift(JsonNode? node, long seconds)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (JsonNode? element in array)
                {
                    Shift(element, seconds);
                }

                break;
            case JsonObject thing:
                if (thing["created_at"] is JsonValue created)
                {
                    thing["created_at"] = created.GetValue<long>() + seconds;
                }

                Shift(thing["thread"], seconds);
                Shift(thing["items"], seconds);
                break;
        }
    }
}
