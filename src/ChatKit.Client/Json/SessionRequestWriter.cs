// Writes the body of a session request, after checking the API's limits. What is not set is left out.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Json;

internal static class SessionRequestWriter
{
    private const int MostVariables = 64;
    private const int LongestName = 64;
    private const int LongestValue = 10 * 1024 * 1024;

    /// <exception cref="ChatKitSettingException">
    /// A value exceeds the API's limits. The setting is the name of the property.
    /// </exception>
    public static byte[] Write(ChatKitSessionRequest request)
    {
        Check(
            !string.IsNullOrWhiteSpace(request.WorkflowId),
            nameof(request.WorkflowId),
            "A session needs the id of a workflow.");
        Check(!string.IsNullOrEmpty(request.User), nameof(request.User), "A session needs a user.");
        CheckRange(request.ExpiresAfterSec, 600, nameof(request.ExpiresAfterSec));
        CheckRange(request.MaxRequestsPerMinute, int.MaxValue, nameof(request.MaxRequestsPerMinute));
        CheckRange(request.MaxFileSize, 512, nameof(request.MaxFileSize));
        CheckRange(request.MaxFileCount, int.MaxValue, nameof(request.MaxFileCount));
        CheckRange(request.RecentThreadCount, int.MaxValue, nameof(request.RecentThreadCount));

        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(
            bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("workflow");
            WriteText(json, "id", request.WorkflowId, nameof(request.WorkflowId));
            WriteText(json, "version", request.WorkflowVersion, nameof(request.WorkflowVersion));
            WriteVariables(json, request.StateVariables);
            WriteGroup(json, "tracing", ("enabled", request.Tracing));
            json.WriteEndObject();
            WriteText(json, "user", request.User, nameof(request.User));
            if (request.ExpiresAfterSec is { } seconds)
            {
                json.WriteStartObject("expires_after");
                json.WriteString("anchor", "created_at");
                json.WriteNumber("seconds", seconds);
                json.WriteEndObject();
            }

            WriteGroup(json, "rate_limits", ("max_requests_per_1_minute", request.MaxRequestsPerMinute));
            if (HasConfiguration(request))
            {
                json.WriteStartObject("chatkit_configuration");
                WriteGroup(json, "automatic_thread_titling", ("enabled", request.AutomaticThreadTitling));
                WriteGroup(
                    json,
                    "file_upload",
                    ("enabled", request.FileUpload),
                    ("max_file_size", request.MaxFileSize),
                    ("max_files", request.MaxFileCount));
                WriteGroup(
                    json, "history", ("enabled", request.History), ("recent_threads", request.RecentThreadCount));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static bool HasConfiguration(ChatKitSessionRequest request) =>
        request is not
        {
            AutomaticThreadTitling: null,
            FileUpload: null,
            MaxFileSize: null,
            MaxFileCount: null,
            History: null,
            RecentThreadCount: null,
        };

    private static void WriteText(Utf8JsonWriter json, string name, string? value, string setting)
    {
        if (value is not null)
        {
            CheckUnicode(value, setting);
            json.WriteString(name, value);
        }
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, params (string Name, object? Value)[] members)
    {
        if (!Array.Exists(members, member => member.Value is not null))
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string member, object? value) in members)
        {
            if (value is bool flag)
            {
                json.WriteBoolean(member, flag);
            }
            else if (value is int number)
            {
                json.WriteNumber(member, number);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, IReadOnlyDictionary<string, object?>? variables)
    {
        const string Setting = nameof(ChatKitSessionRequest.StateVariables);
        if (variables is null)
        {
            return;
        }

        Check(
            variables.Count <= MostVariables,
            Setting,
            $"There are {variables.Count} state variables; the API takes {MostVariables} at most.");
        json.WriteStartObject("state_variables");
        foreach (KeyValuePair<string, object?> variable in variables)
        {
            string name = PrintableText.Excerpt(variable.Key);
            Check(
                variable.Key.Length is > 0 and <= LongestName,
                Setting,
                $"The name of the state variable '{name}' has {variable.Key.Length} characters; " +
                $"the API takes 1 to {LongestName}.");
            CheckUnicode(variable.Key, Setting);
            json.WritePropertyName(variable.Key);
            switch (variable.Value)
            {
                case string text:
                    Check(
                        text.Length <= LongestValue,
                        Setting,
                        $"The state variable '{name}' has {text.Length} characters; " +
                        $"the API takes {LongestValue} at most.");
                    CheckUnicode(text, Setting);
                    json.WriteStringValue(text);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case sbyte or byte or short or ushort or int or uint or long:
                    json.WriteNumberValue(Convert.ToInt64(variable.Value, null));
                    break;
                case ulong number:
                    json.WriteNumberValue(number);
                    break;
                case decimal number:
                    json.WriteNumberValue(number);
                    break;
                case float number when !float.IsNaN(number) && !float.IsInfinity(number):
                    json.WriteNumberValue(number);
                    break;
                case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                    json.WriteNumberValue(number);
                    break;
                default:
                    string type = variable.Value?.GetType().FullName ?? "null";
                    throw new ChatKitSettingException(
                        Setting,
                        $"The state variable '{name}' is {type}; the API takes strings, numbers and booleans.");
            }
        }

        json.WriteEndObject();
    }

    private static void CheckUnicode(string text, string setting) =>
        Check(!LoneSurrogates.AreIn(text), setting, $"'{PrintableText.Excerpt(text)}' is not valid Unicode.");

    private static void CheckRange(int? value, int most, string setting) =>
        Check(
            value is null || (value >= 1 && value <= most),
            setting,
            most == int.MaxValue ? $"{value} is below 1." : $"{value} is not within 1 to {most}.");

    private static void Check(bool holds, string setting, string message)
    {
        if (!holds)
        {
            throw new ChatKitSettingException(setting, message);
        }
    }
}
