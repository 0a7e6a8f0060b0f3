// The emulated session endpoints, with the API's limits and defaults.
using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;

namespace ChatKit.Emulator;

internal sealed class SessionEndpoints
{
    private const int MostVariables = 64;
    private const int LongestName = 64;
    private const int LongestLifeSec = 600;
    private const int DefaultRequestsPerMinute = 10;
    private const int LargestFileMb = 512;
    private const int DefaultFileCount = 10;

    private readonly ConcurrentDictionary<string, JsonObject> _sessions = new();
    private long _made;

    public HttpResponseMessage Create(string body)
    {
        try
        {
            JsonObject request = JsonNode.Parse(body) as JsonObject ?? throw new JsonException();
            string id = $"cksess_{Interlocked.Increment(ref _made):x32}";
            JsonObject session = Make(id, request);
            _sessions[id] = session;
            return Responses.Json(Bytes(session));
        }
        catch (RefusedException e)
        {
            return Responses.BadRequest(e.Message, e.Param);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two are thrown for a duplicate name and for a lone surrogate.
            return Responses.BadRequest("We could not parse the JSON body of your request.");
        }
    }

    public HttpResponseMessage Cancel(string id)
    {
        if (!_sessions.TryGetValue(id, out JsonObject? session))
        {
            return Responses.NotFound($"No session found with id '{id}'.");
        }

        lock (session)
        {
            session["status"] = "cancelled";
            return Responses.Json(Bytes(session));
        }
    }

    private static byte[] Bytes(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());

    private static JsonObject Make(string id, JsonObject request)
    {
        JsonObject workflow = Group(request, "workflow")
            ?? throw new RefusedException("Missing required parameter: 'workflow'.", "workflow");
        JsonObject? variables = Group(workflow, "state_variables", "workflow.");
        CheckVariables(variables);
        JsonObject? expiry = Group(request, "expires_after");
        if (expiry is not null && Text(expiry, "anchor", "expires_after.") is not "created_at")
        {
            throw new RefusedException(
                "Invalid value for 'expires_after.anchor': expected 'created_at'.", "expires_after.anchor");
        }

        int seconds = expiry is null
            ? LongestLifeSec
            : Number(expiry, "seconds", "expires_after.", LongestLifeSec) ?? throw new RefusedException(
                "Missing required parameter: 'expires_after.seconds'.", "expires_after.seconds");
        int perMinute = Number(Group(request, "rate_limits"), "max_requests_per_1_minute", "rate_limits.", int.MaxValue)
            ?? DefaultRequestsPerMinute;
        JsonObject? configuration = Group(request, "chatkit_configuration");
        JsonObject? upload = Group(configuration, "file_upload", "chatkit_configuration.");
        JsonObject? history = Group(configuration, "history", "chatkit_configuration.");
        return new JsonObject
        {
            ["id"] = id,
            ["object"] = "chatkit.session",
            ["expires_at"] = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["client_secret"] = $"ek_emulator_{Guid.NewGuid():n}",
            ["workflow"] = new JsonObject
            {
                ["id"] = Text(workflow, "id", "workflow.")
                    ?? throw new RefusedException("Missing required parameter: 'workflow.id'.", "workflow.id"),
                ["version"] = Text(workflow, "version", "workflow."),
                ["state_variables"] = variables?.DeepClone(),
                ["tracing"] = Enabled(workflow, "tracing", "workflow."),
            },
            ["user"] = Text(request, "user") is { Length: > 0 } user
                ? user
                : throw new RefusedException("Missing required parameter: 'user'.", "user"),
            ["rate_limits"] = new JsonObject { ["max_requests_per_1_minute"] = perMinute },
            ["max_requests_per_1_minute"] = perMinute,
            ["status"] = "active",
            ["chatkit_configuration"] = new JsonObject
            {
                ["automatic_thread_titling"] =
                    Enabled(configuration, "automatic_thread_titling", "chatkit_configuration."),
                ["file_upload"] = new JsonObject
                {
                    ["enabled"] = Flag(upload, "chatkit_configuration.file_upload.", false),
                    ["max_file_size"] = Number(
                        upload, "max_file_size", "chatkit_configuration.file_upload.", LargestFileMb) ?? LargestFileMb,
                    ["max_files"] = Number(upload, "max_files", "chatkit_configuration.file_upload.", int.MaxValue)
                        ?? DefaultFileCount,
                },
                ["history"] = new JsonObject
                {
                    ["enabled"] = Flag(history, "chatkit_configuration.history.", true),
                    ["recent_threads"] =
                        Number(history, "recent_threads", "chatkit_configuration.history.", int.MaxValue),
                },
            },
        };
    }

    private static void CheckVariables(JsonObject? variables)
    {
        const string Param = "workflow.state_variables";
        if (variables?.Count > MostVariables)
        {
            throw new RefusedException(
                $"Invalid '{Param}': expected at most {MostVariables} properties, but got {variables.Count}.", Param);
        }

        foreach (var variable in variables ?? [])
        {
            bool isPrimitive = variable.Value?.GetValueKind() is
                JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
            if (variable.Key.Length > LongestName || !isPrimitive)
            {
                throw new RefusedException(
                    $"Invalid '{Param}.{variable.Key}': " +
                    $"expected a key of at most {LongestName} characters and a primitive value.",
                    Param);
            }
        }
    }

    private static JsonObject? Group(JsonObject? parent, string name, string path = "") => parent?[name] switch
    {
        null => null,
        JsonObject group => group,
        _ => throw new RefusedException($"Invalid type for '{path}{name}': expected an object.", path + name),
    };

    private static string? Text(JsonObject parent, string name, string path = "") => parent[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new RefusedException($"Invalid type for '{path}{name}': expected a string.", path + name),
    };

    private static int? Number(JsonObject? parent, string name, string path, int most) => parent?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= 1 && number <= most => number,
        _ => throw new RefusedException(
            $"Invalid value for '{path}{name}': " +
            $"expected an integer from 1{(most == int.MaxValue ? "" : $" to {most}")}.",
            path + name),
    };

    private static bool Flag(JsonObject? group, string path, bool otherwise) => group?["enabled"] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue(out bool enabled) => enabled,
        _ => throw new RefusedException($"Invalid type for '{path}enabled': expected a boolean.", path + "enabled"),
    };

    private static JsonObject Enabled(JsonObject? parent, string name, string path) =>
        new() { ["enabled"] = Flag(Group(parent, name, path), $"{path}{name}.", true) };

#pragma warning disable CA1032, CA1064 // Never leaves this class.
    private sealed class RefusedException(string message, string param) : Exception(message)
    {
        public string Param { get; } = param;
    }
#pragma warning restore CA1032, CA1064
}
