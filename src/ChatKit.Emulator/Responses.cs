// Creates the API's responses: JSON, pages, and errors in the API's format.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Emulator;

internal static class Responses
{
    // In bytes. The API's own pages are far smaller.
    private const long LargestPage = 16 << 20;

    private static readonly JsonWriterOptions Verbatim =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static HttpResponseMessage Json(byte[] body, HttpStatusCode status = HttpStatusCode.OK)
    {
        ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName };
        return new HttpResponseMessage(status) { Content = content };
    }

    public static HttpResponseMessage Json(Action<Utf8JsonWriter> write, HttpStatusCode status = HttpStatusCode.OK)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, Verbatim))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Json(bytes.ToArray(), status);
    }

    /// <summary>
    /// Creates a page. Pass one element more than the limit if there are more. A page of large elements has fewer of
    /// them, so that an archive of any content can be read.
    /// </summary>
    public static HttpResponseMessage Page(IReadOnlyList<(string Id, ReadOnlyMemory<byte> Json)> found, int limit)
    {
        int count = 0;
        long size = 0;
        while (count < found.Count && count < limit && (count == 0 || size + found[count].Json.Length <= LargestPage))
        {
            size += found[count++].Json.Length;
        }

        return Json(writer =>
        {
            writer.WriteString("object", "list");
            writer.WriteStartArray("data");
            for (int i = 0; i < count; i++)
            {
                writer.WriteRawValue(found[i].Json.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteString("first_id", count == 0 ? null : found[0].Id);
            writer.WriteString("last_id", count == 0 ? null : found[count - 1].Id);
            writer.WriteBoolean("has_more", found.Count > count);
        });
    }

    public static HttpResponseMessage NotFound(string message) => Error(HttpStatusCode.NotFound, message);

    public static HttpResponseMessage ReadOnly() =>
        Error(HttpStatusCode.Forbidden, "This project is an archive: it can only be read.", code: "read_only");

    public static HttpResponseMessage BadRequest(string message, string? param = null, string? code = null) =>
        Error(HttpStatusCode.BadRequest, message, param, code);

    public static HttpResponseMessage Error(
        HttpStatusCode status, string message, string? param = null, string? code = null) =>
        Json(
        writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("message", message);
            writer.WriteString("type", "invalid_request_error");
            writer.WriteString("param", param);
            writer.WriteString("code", code);
            writer.WriteEndObject();
        },
        status);
}
