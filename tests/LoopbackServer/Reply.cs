// A reply that a test asks for in place of, or on the way to, the emulator's own.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ChatKit.LoopbackServer;

/// <summary>What to answer, to which requests, how often.</summary>
public sealed class Reply
{
    /// <summary>
    /// A regular expression that the request's target (path and query as sent) is to match; every target where it is
    /// null.
    /// </summary>
    public string? Target { get; set; }

    /// <summary>How many requests it answers before it is used up.</summary>
    public int Times { get; set; } = 1;

    /// <summary>How long to wait before answering, in milliseconds; -1 for ever.</summary>
    public int DelayMs { get; set; }

    /// <summary>The status; where it is null, the emulator answers (after the delay).</summary>
    public int? Status { get; set; }

    /// <summary>Headers of the answer.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>The body.</summary>
    public string Body { get; set; } = "";

    /// <summary>
    /// How many bytes of the body to send before the connection is broken; all of them where it is null.
    /// </summary>
    public int? CutAfter { get; set; }

    /// <summary>The body in base64, where it is no text.</summary>
    public string? BodyBase64 { get; set; }

    /// <summary>
    /// What to send on the socket in place of HTTP, a byte per character (U+0000 to U+00FF); may be empty. For http
    /// only.
    /// </summary>
    public string? Raw { get; set; }

    /// <summary>How long to wait after each byte of <see cref="Raw"/>, in milliseconds.</summary>
    public int PaceMs { get; set; }

    /// <summary>What follows <see cref="Raw"/>.</summary>
    public ReplyEnd End { get; set; }
}

/// <summary>How a connection ends.</summary>
public enum ReplyEnd
{
    /// <summary>Properly: nothing more comes.</summary>
    Close,

    /// <summary>It is reset.</summary>
    Reset,

    /// <summary>Not at all: nothing more comes, and nobody says so.</summary>
    Stall,
}

/// <summary>The replies still to be given, in the order in which they were asked for.</summary>
internal sealed class ReplyScript
{
    private readonly List<Reply> _replies = [];

    public void Add(IEnumerable<Reply> replies)
    {
        lock (_replies)
        {
            _replies.AddRange(replies);
        }
    }

    public void Clear()
    {
        lock (_replies)
        {
            _replies.Clear();
        }
    }

    /// <summary>The first reply for the target, one use of which is used up; null where there is none.</summary>
    public Reply? Take(string target)
    {
        lock (_replies)
        {
            Reply? reply = _replies.FirstOrDefault(r => r.Target is null || Regex.IsMatch(target, r.Target));
            if (reply is not null && --reply.Times <= 0)
            {
                _replies.Remove(reply);
            }

            return reply;
        }
    }
}

internal static class Control
{
    public static JsonSerializerOptions Options { get; } = new(
        JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
}
