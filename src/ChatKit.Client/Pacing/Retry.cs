// How an attempt is to be made again.
using System;

namespace ChatKit.Http;

/// <summary>What is to be done about a failed attempt.</summary>
/// <param name="wait">How long to wait before the next.</param>
/// <param name="note">The same in words, for a log.</param>
/// <param name="holdsOthers">Whether the server asked it of the connection rather than of the request.</param>
internal sealed class Retry(TimeSpan wait, string note, bool holdsOthers)
{
    public TimeSpan Wait { get; } = wait;

    public string Note { get; } = note;

    public bool HoldsOthers { get; } = holdsOthers;
}
