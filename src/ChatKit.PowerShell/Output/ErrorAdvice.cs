// The category of each kind of failure, and what to do about it.
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell;

internal static class ErrorAdvice
{
    public const string ThreadId = "a thread, such as cthr_abc123";
    public const string SessionId = "a session, such as cksess_abc123";

    /// <summary>For a failure of the API.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="id">What an id is expected of.</param>
    public static (ErrorCategory Category, string Action) For(ChatKitErrorKind kind, string id = ThreadId) =>
        kind switch
    {
        ChatKitErrorKind.InvalidId => (
            ErrorCategory.InvalidArgument,
            $"Give the id of {id}. In a CSV, look for rows whose Id is empty."),
        ChatKitErrorKind.BadRequest => (
            ErrorCategory.InvalidArgument,
            "The server refused the request as it stands; its message says why."),
        ChatKitErrorKind.Unauthorized => (
            ErrorCategory.AuthenticationError,
            "Check the key: was it revoked, or cut when it was copied? Get-ChatKitConnection shows its last four " +
            "characters."),
        ChatKitErrorKind.Forbidden => (
            ErrorCategory.PermissionDenied,
            "The key is known, but not allowed to do this. Check its permissions, and the organization and project " +
            "of the connection."),
        ChatKitErrorKind.NotFound => (
            ErrorCategory.ObjectNotFound,
            "Check the id. Is it the wrong project? A key sees only the threads of its own; Get-ChatKitConnection " +
            "shows which connection was used."),
        ChatKitErrorKind.Conflict => (
            ErrorCategory.ResourceBusy,
            "Another request was changing the same thing. Try again."),
        ChatKitErrorKind.RateLimited => (
            ErrorCategory.LimitsExceeded,
            "If the message speaks of a quota, look at the plan and billing. Otherwise try again later, or connect " +
            "with a longer -MaximumRetryWaitSec; RetryAfter of the exception says what the server asks for."),
        ChatKitErrorKind.ServerError => (
            ErrorCategory.ResourceUnavailable,
            "The server failed. Try again later; with a request id, its operator can find out why."),
        ChatKitErrorKind.InvalidResponse => (
            ErrorCategory.InvalidData,
            "Something other than the API may have answered: check -BaseUri, and any proxy on the way. -Debug shows " +
            "the whole answer."),
        ChatKitErrorKind.ConnectionFailed => (
            ErrorCategory.ConnectionError,
            "Check the address, the network and the proxy. Get-ChatKitConnection shows the settings."),
        ChatKitErrorKind.TimedOut => (
            ErrorCategory.OperationTimeout,
            "Try again; connect with a longer -TimeoutSec where answers are slow."),
        _ => (ErrorCategory.NotSpecified, ""),
    };

    /// <summary>For a failure of an archive.</summary>
    public static (ErrorCategory Category, string Action) For(ChatKitArchiveErrorKind kind) => kind switch
    {
        ChatKitArchiveErrorKind.ArchiveNotFound => (
            ErrorCategory.ObjectNotFound,
            "Give the folder that Export-ChatKitThread wrote."),
        ChatKitArchiveErrorKind.NotAnArchive => (
            ErrorCategory.InvalidArgument,
            "Give the folder of an archive, or one that is empty or not there. Nothing was written."),
        ChatKitArchiveErrorKind.NotPages => (
            ErrorCategory.InvalidArgument,
            "Give a folder that is empty, not there, or holds such pages. Nothing was written."),
        ChatKitArchiveErrorKind.UnsupportedArchive => (
            ErrorCategory.NotImplemented,
            "Use a newer version of this module."),
        ChatKitArchiveErrorKind.ArchiveMismatch => (
            ErrorCategory.InvalidArgument,
            "Give another folder, or the project and query of this archive. Nothing was written."),
        ChatKitArchiveErrorKind.ArchiveLocked => (
            ErrorCategory.ResourceBusy,
            "Wait until the other export, erasure or optimization ends, and try again."),
        ChatKitArchiveErrorKind.ArchiveDamaged => (
            ErrorCategory.InvalidData,
            "Test-ChatKitArchive says what is damaged. Restore it from a backup, or export to a new folder."),
        ChatKitArchiveErrorKind.ArchiveNotRepaired => (
            ErrorCategory.InvalidOperation,
            "Test-ChatKitArchive says what is damaged; Connect-ChatKit -Archive -Force reads what can be read. " +
            "Nothing was written."),
        ChatKitArchiveErrorKind.ArchiveUnwritable => (
            ErrorCategory.WriteError,
            "Look at the permissions and at the room on the disk. Then run the same command again: an export " +
            "resumes, and an erasure or an optimization deletes what is left over."),
        ChatKitArchiveErrorKind.ArchiveUnreadable => (
            ErrorCategory.ReadError,
            "If threads were erased or the archive was optimized since you connected, connect again. Otherwise look " +
            "at the permissions, and at whether another program has the file open."),
        _ => (ErrorCategory.NotSpecified, ""),
    };
}
