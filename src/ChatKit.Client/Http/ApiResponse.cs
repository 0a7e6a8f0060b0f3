// Turns a complete response into the client's exception.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using ChatKit.Json;

namespace ChatKit.Http;

/// <summary>Creates the exceptions of a response. They have its status and request id, and contain no secret.</summary>
internal sealed class ApiResponse(HttpResponseMessage response, byte[] body, SecretMask mask)
{
    // Known from OpenAI's other endpoints. ChatKit's error codes are not documented.
    private static readonly HashSet<string> ConnectionCodes =
    [
        "account_deactivated",
        "billing_not_active",
        "insufficient_permissions",
        "ip_not_authorized",
        "missing_scope",
        "missing_scopes",
        "organization_deactivated",
        "project_archived",
        "request_forbidden",
        "unsupported_country_region_territory",
    ];

    private int Status => (int)response.StatusCode;

    public static string? RequestIdOf(HttpResponseMessage response, SecretMask mask) =>
        response.Headers.TryGetValues("x-request-id", out IEnumerable<string>? values)
            ? mask.Excerpt(values.First())
            : null;

    /// <summary>The exception for a status outside 2xx.</summary>
    public ChatKitApiException ToFailure()
    {
        if (Status is >= 300 and < 400)
        {
            string target = response.Headers.Location is { } location
                ? mask.Excerpt(location.OriginalString)
                : "nowhere";
            return Failure(
                ChatKitErrorKind.InvalidResponse, $"The server redirects to {target}; the key is not sent there.");
        }

        ChatKitErrorKind kind = Status switch
        {
            401 => ChatKitErrorKind.Unauthorized,
            403 => ChatKitErrorKind.Forbidden,
            404 => ChatKitErrorKind.NotFound,
            407 => ChatKitErrorKind.ConnectionFailed,
            408 => ChatKitErrorKind.TimedOut,
            409 => ChatKitErrorKind.Conflict,
            429 => ChatKitErrorKind.RateLimited,
            >= 400 and < 500 => ChatKitErrorKind.BadRequest,
            >= 500 => ChatKitErrorKind.ServerError,
            _ => ChatKitErrorKind.InvalidResponse,
        };
        ChatKitApiException failure = ReadError(kind) ??
            Failure(
                kind, $"The server answered {Status} {mask.Excerpt(response.ReasonPhrase ?? "")} with {Excerpt()}.");
        failure.IsOfConnection = Status is 401 or 407 || (Status is 403 && IsOfKeyOrRegion(failure));
        return failure;
    }

    /// <summary>The exception for a response that is not the expected one.</summary>
    public ChatKitApiException ToInvalid(string what, Exception? innerException = null) =>
        Failure(ChatKitErrorKind.InvalidResponse, $"{what} What came: {Excerpt()}.", innerException);

    /// <summary>Whether a 403 would come for any id. The API often sends no code, so the message counts too.</summary>
    private static bool IsOfKeyOrRegion(ChatKitApiException failure) => failure.IsApiError &&
        (ConnectionCodes.Contains(failure.Code ?? failure.Type ?? "") ||
            failure.Message.Contains("Missing scopes"));

    private string Excerpt()
    {
        if (body.Length == 0)
        {
            return "nothing";
        }

        int start = 0;
        while (start < body.Length && body[start] <= ' ')
        {
            start++;
        }

        // A character takes four bytes at most.
        string text = mask.Excerpt(Encoding.UTF8.GetString(body, start, Math.Min(body.Length - start, 4 * 1024)));
        string type = response.Content.Headers.ContentType?.MediaType is { } mediaType
            ? mask.Excerpt(mediaType) + " "
            : "";
        return $"{type}«{text}»";
    }

    /// <summary>The exception with the API's own message; null if the body is not an error object of the API.</summary>
    private ChatKitApiException? ReadError(ChatKitErrorKind kind)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                LoneSurrogates.Replace(body) ?? body, new JsonDocumentOptions { MaxDepth = ChatKitJson.MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object &&
                document.RootElement.TryGetProperty("error", out JsonElement error) &&
                error.ValueKind == JsonValueKind.Object &&
                Text(error, "message") is { Length: > 0 } message)
            {
                ChatKitApiException failure = Failure(kind, message);
                failure.IsApiError = true;
                failure.Type = Text(error, "type");
                failure.Code = Text(error, "code");
                failure.Param = Text(error, "param");
                return failure;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not an error object of the API: perhaps a proxy's page, or an empty body.
        }

        return null;
    }

    private string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement value) &&
            value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? mask.Excerpt(value.ToString(), 1000)
            : null;

    private ChatKitApiException Failure(ChatKitErrorKind kind, string message, Exception? innerException = null)
    {
        string? requestId = RequestIdOf(response, mask);
        string where = requestId is null ? $"HTTP {Status}" : $"HTTP {Status}, request {requestId}";
        return new ChatKitApiException(kind, mask.Apply($"{message} ({where})"), innerException)
        {
            StatusCode = Status,
            RequestId = requestId,
            RetryAfter = RetryAfter.Of(response),
            MayHaveBeenCarriedOut = Status is (>= 200 and < 300) or 408 or 499 or >= 500,
            RateLimitReset = Status is 429 or 503 ? RateLimit.WaitOf(response) : null,
            IsTransient = Status is 408 or 409 or >= 500,
            ShouldRetry = response.Headers.TryGetValues("x-should-retry", out IEnumerable<string>? values) &&
                bool.TryParse(values.First(), out bool should)
                ? should
                : null,
        };
    }
}
