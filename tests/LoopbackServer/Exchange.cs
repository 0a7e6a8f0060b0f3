// One request and its answer, scripted or the emulator's.
using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ChatKit.Emulator;
using Microsoft.AspNetCore.Http;

namespace ChatKit.LoopbackServer;

internal static class Exchange
{
    public static async Task RunAsync(HttpContext context, ChatKitEmulator emulator, Journal journal, ReplyScript script)
    {
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        JournalEntry entry = journal.Begin(context, body);
        try
        {
            Reply? reply = script.Take(entry.Target);
            if (reply is { DelayMs: not 0 })
            {
                await Task.Delay(reply.DelayMs, context.RequestAborted);
            }

            if (reply is { Reset: true })
            {
                context.Abort();
            }
            else if (reply?.Status is { } status)
            {
                entry.Status = status;
                await SendAsync(context, reply, status);
            }
            else
            {
                using HttpResponseMessage answer = await emulator.AnswerAsync(Translate(context, entry));
                entry.Status = (int)answer.StatusCode;
                await SendAsync(context, answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away; the journal says so.
        }
        finally
        {
            entry.Aborted = context.RequestAborted.IsCancellationRequested;
            journal.End();
        }
    }

    private static HttpRequestMessage Translate(HttpContext context, JournalEntry entry)
    {
        HttpRequestMessage request = new(new HttpMethod(context.Request.Method), new Uri($"{context.Request.Scheme}://{context.Request.Host}{entry.Target}"))
        {
            Content = new StringContent(entry.Body),
        };
        foreach (var header in context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        return request;
    }

    private static async Task SendAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers)
        {
            context.Response.Headers[header.Key] = string.Join(", ", header.Value);
        }

        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, Reply reply, int status)
    {
        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var header in reply.Headers)
        {
            context.Response.Headers[header.Key] = header.Value;
        }

        if (status is not (204 or 304))
        {
            context.Response.ContentLength = body.Length;
        }

        // Where less is written than was announced, the server closes the connection, and the client has what was written.
        await context.Response.Body.WriteAsync(body.AsMemory(0, reply.CutAfter ?? body.Length), CancellationToken.None);
    }
}
