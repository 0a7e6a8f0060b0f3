// Why the requests of a connection wait, for progress and verbose output.
using System;
using System.Globalization;
using ChatKit.Http;

namespace ChatKit;

/// <summary>Why the requests of a connection are not sent at once: a delay, or a pace.</summary>
public sealed class ChatKitWait
{
    private readonly Clock _clock;
    private readonly TimeSpan _endsAt;

    internal ChatKitWait(Clock clock, TimeSpan begun, TimeSpan length, string reason)
    {
        _clock = clock;
        _endsAt = begun + length;
        Length = length;
        Reason = reason;
    }

    /// <summary>The length of the whole delay; zero for a pace, whose end is unknown.</summary>
    public TimeSpan Length { get; }

    /// <summary>The reason, such as <c>paced at 48 requests/s: the server refused 12 of the last 60</c>.</summary>
    public string Reason { get; }

    /// <summary>The pace, in requests/s; null for a delay.</summary>
    public double? RequestsPerSecond { get; private set; }

    /// <summary>The rest of the delay; zero if it is over, and for a pace.</summary>
    public TimeSpan Left => _endsAt > _clock.Now ? _endsAt - _clock.Now : TimeSpan.Zero;

    /// <summary>A text to show now: the rest of a delay and its reason, or the reason of a pace.</summary>
    /// <returns>A phrase, such as <c>waiting 2 s: HTTP 429, throttled</c>.</returns>
    public override string ToString() => RequestsPerSecond is null
        ? string.Format(CultureInfo.InvariantCulture, "waiting {0:0} s: {1}", Math.Ceiling(Left.TotalSeconds), Reason)
        : Reason;

    internal static ChatKitWait Paced(Clock clock, double rate, int refused, int of)
    {
        bool isSlow = rate < 0.95;
        double number = isSlow ? 60 * rate : rate;
        string shown = number.ToString(number < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture);
        string pace = $"paced at {shown} {(shown == "1" ? "request" : "requests")}/{(isSlow ? "min" : "s")}";
        string reason = refused == 0 ? $"{pace} and rising: the server refused none of the last {of}"
            : of == 1 ? $"{pace}: the server refused the last one"
            : $"{pace}: the server refused {refused} of the last {of}";
        return new ChatKitWait(clock, clock.Now, TimeSpan.Zero, reason) { RequestsPerSecond = rate };
    }
}
