// What was asked of the server, in order of arrival, and how much of it at a time.
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.LoopbackServer;

/// <summary>One request.</summary>
public sealed class JournalEntry
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The target exactly as it stood in the request line.</summary>
    public required string Target { get; init; }

    /// <summary>The protocol, such as <c>HTTP/1.1</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The headers, names in lower case.</summary>
    public required Dictionary<string, string> Headers { get; init; }

    /// <summary>The body; empty where there was none.</summary>
    public required string Body { get; init; }

    /// <summary>The status that was answered; 0 where none was.</summary>
    public int Status { get; set; }

    /// <summary>The fault that it met with; null for none.</summary>
    public string? Fault { get; set; }

    /// <summary>Whether the client went away before it had its answer.</summary>
    public bool Aborted { get; set; }
}

internal sealed class Journal
{
    private readonly List<JournalEntry> _entries = [];
    private int _underWay;
    private int _mostUnderWay;

    public JournalEntry[] Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public int UnderWay
    {
        get
        {
            lock (_entries)
            {
                return _underWay;
            }
        }
    }

    public int MostUnderWay
    {
        get
        {
            lock (_entries)
            {
                return _mostUnderWay;
            }
        }
    }

    public JournalEntry Begin(HttpContext context, string body)
    {
        JournalEntry entry = new()
        {
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Protocol = context.Request.Protocol,
            Body = body,
            Headers = context.Request.Headers.ToDictionary(
                header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
        };
        lock (_entries)
        {
            _entries.Add(entry);
            _mostUnderWay = System.Math.Max(_mostUnderWay, ++_underWay);
        }

        return entry;
    }

    public void End()
    {
        lock (_entries)
        {
            _underWay--;
        }
    }

    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
            _mostUnderWay = _underWay;
        }
    }
}
