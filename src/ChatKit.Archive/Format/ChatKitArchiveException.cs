// The one exception of archives: what is wrong with a folder, of which kind.
using System;

namespace ChatKit.Archive;

/// <summary>What kind of failure a <see cref="ChatKitArchiveException"/> is.</summary>
public enum ChatKitArchiveErrorKind
{
    /// <summary>There is no archive where one was to be read.</summary>
    ArchiveNotFound,

    /// <summary>The folder holds files, but no manifest of an archive.</summary>
    NotAnArchive,

    /// <summary>The folder that pages are to be written to holds something else.</summary>
    NotPages,

    /// <summary>A newer version of the format.</summary>
    UnsupportedArchive,

    /// <summary>The archive is of another project, or of another query.</summary>
    ArchiveMismatch,

    /// <summary>Somebody else is writing the archive.</summary>
    ArchiveLocked,

    /// <summary>The manifest or a part is not as it was written: altered, cut short, or not there.</summary>
    ArchiveDamaged,

    /// <summary>The folder cannot be written: no permission, no room.</summary>
    ArchiveUnwritable,

    /// <summary>The folder or a file in it cannot be read.</summary>
    ArchiveUnreadable,
}

/// <summary>An archive cannot be written or read. What was there is as it was, but for what a run wrote before it failed.</summary>
public sealed class ChatKitArchiveException : Exception
{
    internal ChatKitArchiveException(ChatKitArchiveErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Kind = kind;

    /// <summary>The kind of failure.</summary>
    public ChatKitArchiveErrorKind Kind { get; }
}
