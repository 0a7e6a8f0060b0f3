// How an attempt is to be made again.
using System;

namespace ChatKit.Http;

/// <summary>What is to be done about a failed attempt.</summary>
/// <param name="wait">How long to wait before the next.</param>
/// <param name="note">The same in words, for a log.</param>
internal sealed class Retry(TimeSpan wait, string note)
{
    public TimeSpan Wait { get; } = wait;

    public string Note { get; } = note;
}
