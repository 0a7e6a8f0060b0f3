// The manifest as JSON.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Archive;

internal static class ManifestJson
{
    private const string Format = "chatkit-archive";
    private const int Version = 1;
    private const string Moment = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ChatKitArchiveManifest manifest)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("createdBy", manifest.CreatedBy);
            writer.WriteStartObject("project");
            writer.WriteString("baseUri", manifest.Project.BaseUri.AbsoluteUri);
            writer.WriteString("organization", manifest.Project.Organization);
            writer.WriteString("project", manifest.Project.Project);
            writer.WriteEndObject();
            WriteQuery(writer, manifest.Query);
            writer.WriteString("startedAt", Text(manifest.StartedAt));
            writer.WriteString("updatedAt", Text(manifest.UpdatedAt));
            writer.WriteBoolean("complete", manifest.Complete);
            writer.WriteNumber("threads", manifest.Threads);
            writer.WriteNumber("items", manifest.Items);
            writer.WriteNumber("attachments", manifest.Attachments);
            writer.WriteNumber("bytes", manifest.Bytes);
            WriteList(writer, "parts", manifest.Parts, part =>
            {
                writer.WriteStartObject();
                writer.WriteString("name", part.Name);
                writer.WriteNumber("lines", part.Lines);
                writer.WriteNumber("bytes", part.Bytes);
                if (part.Sha256 is not null)
                {
                    writer.WriteString("sha256", part.Sha256);
                }

                writer.WriteEndObject();
            });
            WriteList(writer, "failed", manifest.Failed, thread =>
            {
                writer.WriteStartObject();
                writer.WriteString("id", thread.Id);
                writer.WriteString("kind", thread.Kind);
                writer.WriteString("reason", thread.Reason);
                writer.WriteEndObject();
            });
            WriteList(writer, "gone", manifest.Gone, writer.WriteStringValue);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <exception cref="ChatKitArchiveException">It is not the manifest of an archive, or not one that this version can read.</exception>
    public static ChatKitArchiveManifest Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
            {
                throw new ChatKitArchiveException(ChatKitArchiveErrorKind.NotAnArchive, $"The {ChatKitArchiveManifest.FileName} is that of something else than an archive of threads.");
            }

            int version = root.GetProperty("version").GetInt32();
            return version == Version
                ? Read(root)
                : throw new ChatKitArchiveException(ChatKitArchiveErrorKind.UnsupportedArchive, $"The archive has version {version} of the format; this module knows version {Version}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new ChatKitArchiveException(ChatKitArchiveErrorKind.ArchiveDamaged, $"The {ChatKitArchiveManifest.FileName} is damaged: {e.Message}", e);
        }
    }

    private static ChatKitArchiveManifest Read(JsonElement root)
    {
        JsonElement project = root.GetProperty("project");
        ChatKitArchiveManifest manifest = new(
            new(new Uri(project.GetProperty("baseUri").GetString()!), project.GetProperty("organization").GetString(), project.GetProperty("project").GetString()),
            ReadQuery(root.GetProperty("query")))
        {
            CreatedBy = root.GetProperty("createdBy").GetString() ?? "",
            StartedAt = ReadMoment(root.GetProperty("startedAt")),
            UpdatedAt = ReadMoment(root.GetProperty("updatedAt")),
            Complete = root.GetProperty("complete").GetBoolean(),
            Threads = root.GetProperty("threads").GetInt64(),
            Items = root.GetProperty("items").GetInt64(),
            Attachments = root.GetProperty("attachments").GetInt64(),
            Bytes = root.GetProperty("bytes").GetInt64(),
        };
        manifest.PartList.AddRange(root.GetProperty("parts").EnumerateArray().Select((part, index) => new ChatKitArchivePart(
            PartName(part.GetProperty("name").GetString(), index + 1),
            part.GetProperty("lines").GetInt64(),
            part.GetProperty("bytes").GetInt64(),
            part.TryGetProperty("sha256", out JsonElement hash) ? hash.GetString() : null)));
        manifest.FailedList.AddRange(root.GetProperty("failed").EnumerateArray().Select(thread => new ChatKitArchiveFailedThread(
            thread.GetProperty("id").GetString() ?? "", thread.GetProperty("kind").GetString() ?? "", thread.GetProperty("reason").GetString() ?? "")));
        manifest.GoneList.AddRange(root.GetProperty("gone").EnumerateArray().Select(id => id.GetString() ?? ""));
        return manifest;
    }

    /// <summary>A manifest that somebody else made must not lead out of its folder.</summary>
    private static string PartName(string? name, int number) =>
        name == ArchiveFolder.NameOfPart(number) ? name : throw new FormatException($"Part {number} is not named {ArchiveFolder.NameOfPart(number)}.");

    private static void WriteQuery(Utf8JsonWriter writer, ChatKitArchiveQuery query)
    {
        writer.WriteStartObject("query");
        if (query.Users is not null)
        {
            WriteList(writer, "users", query.Users, writer.WriteStringValue);
        }
        else
        {
            writer.WriteBoolean(query.ById ? "ids" : "all", true);
        }

        writer.WriteString("createdAfter", query.CreatedAfter is { } after ? Text(after) : null);
        writer.WriteString("createdBefore", query.CreatedBefore is { } before ? Text(before) : null);
        writer.WriteEndObject();
    }

    private static ChatKitArchiveQuery ReadQuery(JsonElement query)
    {
        if (query.TryGetProperty("ids", out _))
        {
            return ChatKitArchiveQuery.OfIds();
        }

        string[]? users = query.TryGetProperty("users", out JsonElement list) ? [.. list.EnumerateArray().Select(user => user.GetString()!)] : null;
        return ChatKitArchiveQuery.Listed(users, Bound("createdAfter"), Bound("createdBefore"));

        DateTimeOffset? Bound(string name) =>
            query.TryGetProperty(name, out JsonElement bound) && bound.ValueKind != JsonValueKind.Null ? ReadMoment(bound) : null;
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> list, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T element in list)
        {
            write(element);
        }

        writer.WriteEndArray();
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture);

    private static DateTimeOffset ReadMoment(JsonElement element) =>
        DateTimeOffset.Parse(element.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
