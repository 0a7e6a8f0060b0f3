// A wait that a connection is in.
using System;
using System.Diagnostics;

namespace ChatKit;

/// <summary>Why requests of a connection are not being sent, and for how long.</summary>
public sealed class ChatKitWait
{
    internal ChatKitWait(TimeSpan length, string reason)
    {
        Length = length;
        Reason = reason;
        EndsAt = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>How long it is in all.</summary>
    public TimeSpan Length { get; }

    /// <summary>Why, in a few words.</summary>
    public string Reason { get; }

    /// <summary>How much of it is left; zero once it is over.</summary>
    public TimeSpan Left
    {
        get
        {
            long left = EndsAt - Stopwatch.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)left / Stopwatch.Frequency);
        }
    }

    internal long EndsAt { get; }
}
