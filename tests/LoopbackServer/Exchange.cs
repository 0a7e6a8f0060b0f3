// One request and its answer: scripted, the emulator's, or what the conditions make of it.
using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using ChatKit.Emulator;
using Microsoft.AspNetCore.Http;

namespace ChatKit.LoopbackServer;

internal static class Exchange
{
    private const string Refusal =
        """{"error":{"message":"Rate limit reached.","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";

    public static async Task RunAsync(
        HttpContext context, ChatKitEmulator emulator, Journal journal, ReplyScript script, Traffic traffic)
    {
        long arrival = Stopwatch.GetTimestamp();
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        JournalEntry entry = journal.Begin(context, body);
        try
        {
            await AnswerAsync(context, entry, emulator, script.Take(entry.Target), traffic, arrival);
        }
        catch (Exception e)
            when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client went away; the journal says so.
        }
        finally
        {
            entry.Aborted = context.RequestAborted.IsCancellationRequested;
            journal.End();
        }
    }

    private static async Task AnswerAsync(
        HttpContext context, JournalEntry entry, ChatKitEmulator emulator, Reply? reply, Traffic traffic, long arrival)
    {
        if (reply is { DelayMs: not 0 })
        {
            await Task.Delay(reply.DelayMs, context.RequestAborted);
        }

        if (reply?.Raw is not null)
        {
            await SendRawAsync(context, reply);
        }
        else if (reply?.Status is { } status)
        {
            entry.Status = status;
            await SendAsync(context, reply, status);
        }
        else
        {
            using RateLimitLease? leave = Acquire(traffic.Limiter);
            Fault? fault = leave is { IsAcquired: false } ? Fault.Refused : traffic.NextFault();
            entry.Fault = fault?.ToString();
            await AnswerAsync(context, entry, emulator, traffic.Conditions, fault, arrival);
        }
    }

    private static RateLimitLease? Acquire(RateLimiter? limiter)
    {
        (limiter as ReplenishingRateLimiter)?.TryReplenish();
        return limiter?.AttemptAcquire();
    }

    private static async Task AnswerAsync(
        HttpContext context,
        JournalEntry entry,
        ChatKitEmulator emulator,
        Conditions conditions,
        Fault? fault,
        long arrival)
    {
        switch (fault)
        {
            case Fault.Refused:
                entry.Status = conditions.RefusalStatus;
                await SendAsync(context, ToRefusal(conditions), conditions.RefusalStatus);
                return;
            case Fault.Failed:
                entry.Status = 500;
                await SendAsync(context, new Reply { Body = """{"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}""" }, 500);
                return;
            case Fault.FailedInHtml:
                entry.Status = 502;
                await SendAsync(context, new Reply { Body = "<html><h1>502 Bad Gateway</h1></html>", Headers = new() { ["content-type"] = "text/html" } }, 502);
                return;
            case Fault.Reset:
                new Wire(context).Reset();
                return;
        }

        // The server's own work is part of the latency, rather than added to it.
        using HttpResponseMessage answer = await emulator.AnswerAsync(Translate(context, entry));
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        double delay = conditions.LatencyMs + (fault == Fault.Delayed ? 50 : 0);
        double left = delay - Stopwatch.GetElapsedTime(arrival).TotalMilliseconds;
        await Task.Delay((int)Math.Max(0, Math.Ceiling(left)), context.RequestAborted);
        string? damaged = fault is null ? null : Damage(fault, Encoding.Latin1.GetString(body));
        if (damaged is null)
        {
            entry.Status = (int)answer.StatusCode;
            await SendAsync(context, answer, body);
        }
        else
        {
            Wire wire = new(context);
            await wire.SendAsync(Encoding.Latin1.GetBytes(damaged));
            wire.Reset();
        }
    }

    private static Reply ToRefusal(Conditions conditions)
    {
        Reply reply = new() { Body = Refusal, Headers = [] };
        if (conditions.RetryAfterMs is { } milliseconds)
        {
            reply.Headers["retry-after-ms"] = $"{milliseconds}";
        }

        if (conditions.RetryAfter is { } wait)
        {
            reply.Headers["retry-after"] = wait;
        }

        return reply;
    }

    /// <summary>What is left of a good answer; null where it is whole.</summary>
    private static string? Damage(Fault? fault, string body) => fault switch
    {
        Fault.AnswerLost => "",
        Fault.AnswerCutInHeaders => "HTTP/1.1 200 OK\r\nContent-Type: appli",
        Fault.AnswerCutInBody => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body[..(body.Length / 2)]}",
        Fault.AnswerCutInChunk =>
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body[..(body.Length / 2)]}",
        Fault.AnswerGarbled => "%PDF-1.7 not HTTP at all\r\n\r\n",
        _ => null,
    };

    private static HttpRequestMessage Translate(HttpContext context, JournalEntry entry)
    {
        HttpRequestMessage request = new(new HttpMethod(context.Request.Method), new Uri(
            $"{context.Request.Scheme}://{context.Request.Host}{entry.Target}"))
        {
            Content = new StringContent(entry.Body),
        };
        foreach (var header in context.Request.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        return request;
    }

    private static async Task SendAsync(HttpContext context, HttpResponseMessage answer, byte[] body)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers)
        {
            context.Response.Headers[header.Key] = string.Join(", ", header.Value);
        }

        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, Reply reply, int status)
    {
        byte[] body = reply.BodyBase64 is null
            ? Encoding.UTF8.GetBytes(reply.Body)
            : Convert.FromBase64String(reply.BodyBase64);
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

        // Where less is written than was announced, the server closes the connection, and the client has what was
        // written.
        await context.Response.Body.WriteAsync(body.AsMemory(0, reply.CutAfter ?? body.Length), CancellationToken.None);
    }

    private static async Task SendRawAsync(HttpContext context, Reply reply)
    {
        Wire wire = new(context);
        await wire.SendAsync(Encoding.Latin1.GetBytes(reply.Raw!), reply.PaceMs);
        switch (reply.End)
        {
            case ReplyEnd.Close:
                wire.Close();
                break;
            case ReplyEnd.Reset:
                wire.Reset();
                break;
            default:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
        }
    }
}
