// The record of one attempt, for verbose and debug output and for logs.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using ChatKit.Http;

namespace ChatKit;

/// <summary>One attempt of a request: what was sent, what came back, and how long it took.</summary>
public sealed class ChatKitExchange
{
    private readonly HttpRequestMessage _request;
    private readonly byte[] _requestBody;
    private readonly HttpResponseMessage? _response;
    private readonly byte[] _body;
    private readonly SecretMask _mask;

    internal ChatKitExchange(
        HttpRequestMessage request,
        byte[] requestBody,
        HttpResponseMessage? response,
        byte[] body,
        TimeSpan elapsed,
        string? failure,
        SecretMask mask)
    {
        _request = request;
        _requestBody = requestBody;
        _response = response;
        _body = body;
        _mask = mask;
        Elapsed = elapsed;
        EndedAt = DateTimeOffset.UtcNow;
        Failure = failure;
    }

    /// <summary>The HTTP method.</summary>
    public string Method => _request.Method.Method;

    /// <summary>The path and query as sent.</summary>
    public string Path => _request.RequestUri!.PathAndQuery;

    /// <summary>The HTTP status; null if no response came.</summary>
    public int? StatusCode => (int?)_response?.StatusCode;

    /// <summary>The server's <c>x-request-id</c>; null if no response came or it has none.</summary>
    public string? RequestId => _response is null ? null : ApiResponse.RequestIdOf(_response, _mask);

    /// <summary>The response header <c>openai-organization</c>; null if there is none.</summary>
    public string? Organization => Header("openai-organization");

    /// <summary>The response header <c>openai-project</c>; null if there is none.</summary>
    public string? Project => Header("openai-project");

    /// <summary>The time from the start of the attempt to the last byte of the response, or to the failure.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>When the attempt ended, by this machine's clock.</summary>
    public DateTimeOffset EndedAt { get; }

    /// <summary>Why no complete response came; null if one did.</summary>
    public string? Failure { get; }

    /// <summary>What happens next, such as <c>retry 1 of 5 in 0.5 s</c>; null for the last attempt.</summary>
    public string? Note { get; internal set; }

    /// <summary>
    /// The exchange on one line: method, path, status, milliseconds, request id, and what happens next.
    /// </summary>
    /// <returns>A line for a log.</returns>
    public override string ToString()
    {
        string outcome = StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "no answer";
        string id = RequestId is { } requestId ? $", request {requestId}" : "";
        string failure = Failure is null ? "" : $": {Failure}";
        string note = Note is null ? "" : $"; {Note}";
        return _mask.Apply(FormattableString.Invariant(
            $"{Method} {Path} -> {outcome} in {Elapsed.TotalMilliseconds:F0} ms{id}{failure}{note}"));
    }

    /// <summary>The whole exchange: address, headers and bodies, with every secret masked.</summary>
    /// <returns>
    /// Several lines for a log. Those of the request start with <c>&gt;</c>, those of the response with <c>&lt;</c>.
    /// </returns>
    public string ToDetailedString()
    {
        StringBuilder text = new();
        text.Append("> ").Append(Method).Append(' ').Append(_request.RequestUri!.AbsoluteUri).Append('\n');
        AppendHeaders(text, "> ", _request.Headers);
        if (_requestBody.Length > 0)
        {
            text.Append(PrintableText.Lines(Encoding.UTF8.GetString(_requestBody))).Append('\n');
        }

        if (_response is not null)
        {
            text.Append("< ").Append((int)_response.StatusCode).Append(' ').Append(
                PrintableText.Lines(_response.ReasonPhrase ?? "")).Append('\n');
            AppendHeaders(text, "< ", _response.Headers);
            if (_response.Content is not null)
            {
                AppendHeaders(text, "< ", _response.Content.Headers);
            }

            text.Append(PrintableText.Lines(Encoding.UTF8.GetString(_body)));
        }

        if (Failure is not null)
        {
            text.Append(Failure);
        }

        return _mask.Apply(text.ToString());
    }

    private string? Header(string name) =>
        _response is not null && _response.Headers.TryGetValues(name, out IEnumerable<string>? values)
            ? _mask.Apply(PrintableText.OneLine(string.Join(", ", values)))
            : null;

    private static void AppendHeaders(StringBuilder text, string prefix, HttpHeaders headers)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            // User-Agent separates its products by spaces; other headers separate their values by commas.
            string separator = header.Key == "User-Agent" ? " " : ", ";
            string value = SecretMask.IsSecretHeader(header.Key)
                ? SecretMask.Replacement
                : PrintableText.Lines(string.Join(separator, header.Value));
            text.Append(prefix).Append(header.Key).Append(": ").Append(value).Append('\n');
        }
    }
}
