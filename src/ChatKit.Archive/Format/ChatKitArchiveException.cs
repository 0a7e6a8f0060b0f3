// The one exception of archives: what is wrong with a folder, of which kind.
using System;

namespace ChatKit.Archive;

/// <summary>
/// An archive cannot be written or read. What was there is as it was, but for what a run wrote before it failed.
/// </summary>
public sealed class ChatKitArchiveException : Exception
{
    internal ChatKitArchiveException(ChatKitArchiveErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Kind = kind;

    /// <summary>The kind of failure.</summary>
    public ChatKitArchiveErrorKind Kind { get; }
}
