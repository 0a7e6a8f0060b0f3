// The only place that makes an error record: stable ids, the right category, the target, and what to do about it.
using System;
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell;

internal static class ErrorRecords
{
    /// <summary>The request for one thread failed; the others go on.</summary>
    public static ErrorRecord ForThread(Exception failure, string? threadId) => For(failure, "Thread", threadId);

    /// <summary>The request for one session failed; the others go on.</summary>
    public static ErrorRecord ForSession(Exception failure, string? id) => For(failure, "Session", id);

    /// <summary>A session could not be created.</summary>
    public static ErrorRecord ForNewSession(Exception failure, string workflowId) => For(failure, "A session of workflow", workflowId);

    /// <summary>A page of threads failed. What was written stays.</summary>
    public static ErrorRecord ForThreadList(Exception failure, string? user, string? cursor, int written) =>
        ForList(failure, user is null ? "The list of threads" : $"The list of the threads of '{Printable(user)}'", cursor, written);

    /// <summary>A page of a thread's items failed. What was written stays.</summary>
    public static ErrorRecord ForItemList(Exception failure, string? threadId, string? cursor, int written) =>
        written == 0 ? ForThread(failure, threadId) : ForList(failure, $"The list of the items of thread '{Printable(threadId!)}'", cursor, written);

    /// <summary>The connection is lost, so the command ends. Its target is the first that is not done.</summary>
    /// <param name="error">What failed first.</param>
    /// <param name="noun">What the command takes many of: thread, list, session.</param>
    /// <param name="first">The first of them that is not done.</param>
    /// <param name="done">How many are.</param>
    /// <param name="total">How many there were to be; null where that is not known.</param>
    public static ErrorRecord ConnectionLost(ErrorRecord error, string noun, string? first, int done, int? total)
    {
        if (total == 1 || error.Exception is not ChatKitApiException api)
        {
            return error;
        }

        string isDone = done == 1 ? $"1 {noun} is done" : $"{done:N0} {noun}s are done";
        string name = Printable(first ?? "");
        string rest = total - done == 1 ? $"and 1 is not: '{name}'"
            : total is not null ? $"and {total - done:N0} are not; the first of these is '{name}'"
            : $"and '{name}' is not, nor what was to come after it";
        string action = $"{Advice(api).Action} Then go on with the first that is not done: it is the TargetObject.";
        return Make(api, api.Kind.ToString(), error.CategoryInfo.Category, first, $"{api.Message.TrimEnd('.')}. {isDone}, {rest}.", action);
    }

    /// <summary>An item of a thread cannot be read. The others are written.</summary>
    public static ErrorRecord ForItem(Exception failure, string threadId, string? id) =>
        For(failure, $"Thread '{Printable(threadId)}', item", id);

    /// <summary>A thread or an item could not be searched; the others are.</summary>
    public static ErrorRecord ForSearch(ChatKitSearchFailure failure) => failure.Exception is TimeoutException e
        ? Make(
            e,
            "PatternTimedOut",
            ErrorCategory.OperationTimeout,
            failure.ItemId ?? failure.ThreadId,
            $"Thread '{Printable(failure.ThreadId)}', {(failure.ItemId is null ? "title" : $"item '{Printable(failure.ItemId)}'")}: " +
            "the pattern took over a second, so it was not searched to its end.",
            "Write -Pattern so that it has one way to match: not a repetition within another, such as (a+)+.")
        : failure.ItemId is null
        ? ForThread(failure.Exception, failure.ThreadId)
        : ForItem(failure.Exception, failure.ThreadId, failure.ItemId);

    /// <summary>What is to be searched for is no regular expression.</summary>
    public static ErrorRecord InvalidPattern(ArgumentException e, string pattern) => Make(
        e,
        "InvalidPattern",
        ErrorCategory.InvalidArgument,
        pattern,
        null,
        "Correct -Pattern, a regular expression of .NET. To find a text as it is written, use -Text.");

    /// <summary>The connection of an export is lost.</summary>
    /// <param name="e">What failed first.</param>
    /// <param name="first">The thread that failed; null where it was a list.</param>
    /// <param name="done">How many threads are done.</param>
    /// <param name="isResumed">Whether the same command resumes it.</param>
    public static ErrorRecord ExportLost(ChatKitApiException e, string? first, long done, bool isResumed)
    {
        string isDone = done == 1 ? "1 thread is done" : $"{done:N0} threads are done";
        string rest = first is null ? "the list ends there" : $"'{Printable(first)}' and what was to come after it are not";
        string action = Advice(e).Action + (isResumed ? " The same command then resumes the export." : "");
        return Make(e, e.Kind.ToString(), Advice(e).Category, first, $"{e.Message.TrimEnd('.')}. {isDone}; {rest}.", action);
    }

    /// <summary>The server answers a deletion with "not deleted".</summary>
    public static ErrorRecord NotDeleted(string threadId) => Make(
        new InvalidOperationException("The server answers that the thread was not deleted."),
        "NotDeleted",
        ErrorCategory.InvalidResult,
        threadId,
        $"Thread '{Printable(threadId)}': the server answers that it was not deleted.",
        "Get the thread to see whether it is still there, and try again.");

    /// <summary>A cursor belongs to one list.</summary>
    public static ErrorRecord CursorOfSeveral() => Make(
        new InvalidOperationException("-After and -Before name a place in one list, and several users are several lists."),
        "CursorOfSeveralLists",
        ErrorCategory.InvalidArgument,
        null,
        null,
        "Give one user with -After or -Before.");

    /// <summary>PowerShell warned of a default that does not bind, and would have gone on without it.</summary>
    public static ErrorRecord UnboundDefault(string command, string parameter) => Make(
        new InvalidOperationException($"$PSDefaultParameterValues has a value for -{parameter} of {command} that does not bind. Nothing was done."),
        "UnboundDefault",
        ErrorCategory.InvalidArgument,
        parameter,
        null,
        $"Correct the entry for -{parameter}, or remove it. PowerShell's warning says what is wrong with it.");

    /// <summary>A thread without an id.</summary>
    public static ErrorRecord BlankId(string? id) => Make(
        new ArgumentException("A thread without an id names nothing."),
        "InvalidId",
        ErrorCategory.InvalidArgument,
        id,
        null,
        "Give the id of a thread, such as cthr_abc123. In a CSV, look for rows whose Id is empty.");

    /// <summary>A thread or a user that an archive does not know.</summary>
    public static ErrorRecord NotInArchive(string what, string id, string path) => Make(
        new InvalidOperationException($"The archive '{path}' has no {what} '{id}', in whichever version."),
        "NotInArchive",
        ErrorCategory.ObjectNotFound,
        id,
        null,
        "Check the name: case counts. Get-ChatKitArchiveVersion lists what an archive has.");

    /// <summary>Parameters that do not go together.</summary>
    public static ErrorRecord ContradictoryParameters(string message) => Make(
        new InvalidOperationException(message),
        "ContradictoryParameters",
        ErrorCategory.InvalidArgument,
        null,
        null,
        "Leave one of them out. A switch that is false counts as left out.");

    /// <summary>There is no key.</summary>
    public static ErrorRecord NotConnected() => Make(
        new InvalidOperationException("There is no connection: no key was given, and the environment variable OPENAI_API_KEY is not set."),
        "NotConnected",
        ErrorCategory.ConnectionError,
        null,
        null,
        "Set the environment variable OPENAI_API_KEY, or run Connect-ChatKit -ApiKey. To look around without a key, run Connect-ChatKit -Emulator.");

    /// <summary>A setting that was given cannot be used.</summary>
    public static ErrorRecord InvalidSetting(ChatKitSettingException e) =>
        Make(e, "Invalid" + e.Setting, ErrorCategory.InvalidArgument, e.Setting, null, $"Correct -{e.Setting}, or the environment variable that stands in for it.");

    /// <summary>What a session was to be made with is outside what the API takes.</summary>
    public static ErrorRecord InvalidSession(ChatKitSettingException e)
    {
        string parameter = e.Setting == nameof(ChatKitSessionRequest.StateVariables) ? nameof(Commands.NewChatKitSessionCommand.StateVariable) : e.Setting;
        return Make(e, "Invalid" + parameter, ErrorCategory.InvalidArgument, parameter, null, $"Correct -{parameter}. Nothing was sent.");
    }

    /// <summary>A setting of the environment cannot be used.</summary>
    public static ErrorRecord InvalidEnvironment(ChatKitSettingException e) =>
        Make(e, "Invalid" + e.Setting, ErrorCategory.InvalidArgument, e.Setting, null, "The setting comes from the environment (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORG_ID, OPENAI_PROJECT_ID). Correct it there, or run Connect-ChatKit.");

    /// <summary>The emulator's file cannot be read, or is none.</summary>
    public static ErrorRecord InvalidSeed(string path, Exception e) =>
        Make(e, "InvalidSeed", ErrorCategory.InvalidData, path, $"The seed '{path}' cannot be used: {e.Message}", "A seed is a JSON array of threads, a page of them, one thread, or JSON Lines of {\"thread\": …, \"items\": […]}.");

    /// <summary>A path that leads elsewhere than to the file system.</summary>
    public static ErrorRecord InvalidPath(string path, string provider) => Make(
        new ArgumentException($"'{Printable(path)}' is a path of the provider {provider}, not of the file system."),
        "InvalidPath",
        ErrorCategory.InvalidArgument,
        path,
        null,
        "Give a path of the file system.");

    /// <summary>The proof of deletions cannot be written.</summary>
    public static ErrorRecord ProofUnwritable(string path, Exception e, params string[] missing) => Make(
        e,
        "ProofUnwritable",
        ErrorCategory.WriteError,
        path,
        $"The proof '{Printable(path)}' cannot be written: {e.Message} No further deletion was begun. {string.Join(" ", missing)}".TrimEnd(),
        "Give -ProofPath a new file, or one that it wrote before and nothing else has open; look at the permissions and at the room on the disk.");

    /// <summary>Pages cannot be brought up to date.</summary>
    public static ErrorRecord UpdateOfPages() => Make(
        new InvalidOperationException("Only an archive can be brought up to date; pages are written anew."),
        "UpdateOfPages",
        ErrorCategory.InvalidArgument,
        null,
        null,
        "Leave -Update out; or bring the archive up to date, and write the pages from it: connect with -Archive, and export with -Format.");

    /// <summary>Idle threads cannot be skipped in what is exported, or not by that time.</summary>
    public static ErrorRecord InvalidSkipIdle(string message, TimeSpan target) => Make(
        new InvalidOperationException(message),
        "InvalidSkipIdle",
        ErrorCategory.InvalidArgument,
        target.ToString(),
        null,
        "Give -SkipIdle with -Update, and as days and a time: 30.00:00:00 is thirty days. A bare number is ticks of 100 ns to PowerShell.");

    /// <summary>What was asked for would change an archive.</summary>
    public static ErrorRecord ReadOnly(ChatKitConnection connection) => Make(
        new InvalidOperationException($"Nothing can be changed through {connection}: it can only be read."),
        "ReadOnly",
        ErrorCategory.InvalidOperation,
        connection.ToString(),
        null,
        "Connect to the project itself, with Connect-ChatKit -ApiKey, or name its connection with -Connection.");

    /// <summary>An archive cannot be written or read.</summary>
    public static ErrorRecord ForArchive(ChatKitArchiveException e, string? path)
    {
        (ErrorCategory category, string action) = e.Kind switch
        {
            ChatKitArchiveErrorKind.ArchiveNotFound => (ErrorCategory.ObjectNotFound, "Give the folder that Export-ChatKitThread wrote."),
            ChatKitArchiveErrorKind.NotAnArchive => (ErrorCategory.InvalidArgument, "Give the folder of an archive, or one that is empty or not there. Nothing was written."),
            ChatKitArchiveErrorKind.NotPages => (ErrorCategory.InvalidArgument, "Give a folder that is empty, not there, or holds such pages. Nothing was written."),
            ChatKitArchiveErrorKind.UnsupportedArchive => (ErrorCategory.NotImplemented, "Use a newer version of this module."),
            ChatKitArchiveErrorKind.ArchiveMismatch => (ErrorCategory.InvalidArgument, "Give another folder, or the project and query of this archive. Nothing was written."),
            ChatKitArchiveErrorKind.ArchiveLocked => (ErrorCategory.ResourceBusy, "Wait until the other export, erasure or optimization ends, and try again."),
            ChatKitArchiveErrorKind.ArchiveDamaged => (ErrorCategory.InvalidData, "Test-ChatKitArchive says what is damaged. Restore it from a backup, or export to a new folder."),
            ChatKitArchiveErrorKind.ArchiveNotRepaired => (
                ErrorCategory.InvalidOperation,
                "Test-ChatKitArchive says what is damaged; Connect-ChatKit -Archive -Force reads what can be read. " +
                "Nothing was written."),
            ChatKitArchiveErrorKind.ArchiveUnwritable => (ErrorCategory.WriteError, "Look at the permissions and at the room on the disk. Then run the same command again: an export resumes, and an erasure or an optimization deletes what is left over."),
            ChatKitArchiveErrorKind.ArchiveUnreadable => (ErrorCategory.ReadError, "Look at the permissions, and at whether another program has the file open."),
            _ => (ErrorCategory.NotSpecified, ""),
        };
        return Make(e, e.Kind.ToString(), category, path, null, action);
    }

    private static ErrorRecord For(Exception failure, string what, string? id)
    {
        if (failure is not ChatKitApiException api)
        {
            return Unexpected(failure, id);
        }

        (ErrorCategory category, string action) = Advice(api, what == "Session" ? "a session, such as cksess_abc123" : "a thread, such as cthr_abc123");
        string message = string.IsNullOrWhiteSpace(id) ? api.Message : $"{what} '{Printable(id!)}': {api.Message}";
        return Make(api, api.Kind.ToString(), category, id, message, action);
    }

    private static ErrorRecord ForList(Exception failure, string what, string? cursor, int written)
    {
        if (failure is not ChatKitApiException api)
        {
            return Unexpected(failure, cursor);
        }

        (ErrorCategory category, string action) = Advice(api);
        if (api.Kind == ChatKitErrorKind.InvalidId)
        {
            action = "Give -After and -Before an id of the list, and -User a user as the threads show it. Nothing was sent.";
        }

        if (written == 0)
        {
            return Make(api, api.Kind.ToString(), category, cursor, $"{what}: {api.Message}", action);
        }

        string goOn = cursor is null
            ? $"What came may not be all there is. {action}"
            : api.Kind == ChatKitErrorKind.NotFound
            ? $"'{Printable(cursor)}', after which the next page begins, is gone by now. List again, or with -After an earlier one."
            : $"What came is whole. To go on from there, add -After '{Printable(cursor)}'. {action}";
        return Make(api, api.Kind.ToString(), category, cursor, $"{what} ends after {written:N0}: {api.Message}", goOn);
    }

    /// <summary>What no server said: an archive that changed while it was read, or a fault of the module.</summary>
    private static ErrorRecord Unexpected(Exception failure, string? target) => failure is ChatKitArchiveException e
        ? ForArchive(e, target)
        : Make(failure, "UnexpectedError", ErrorCategory.NotSpecified, target, failure.Message, "This is a fault of the module. Please report it with the output of Get-Error.");

    private static (ErrorCategory Category, string Action) Advice(ChatKitApiException e, string id = "a thread, such as cthr_abc123") => e.Kind switch
    {
        ChatKitErrorKind.InvalidId => (ErrorCategory.InvalidArgument, $"Give the id of {id}. In a CSV, look for rows whose Id is empty."),
        ChatKitErrorKind.BadRequest => (ErrorCategory.InvalidArgument, "The server refused the request as it stands; its message says why."),
        ChatKitErrorKind.Unauthorized => (ErrorCategory.AuthenticationError, "Check the key: was it revoked, or cut when it was copied? Get-ChatKitConnection shows its last four characters."),
        ChatKitErrorKind.Forbidden => (ErrorCategory.PermissionDenied, "The key is known, but not allowed to do this. Check its permissions, and the organization and project of the connection."),
        ChatKitErrorKind.NotFound => (ErrorCategory.ObjectNotFound, "Check the id. Is it the wrong project? A key sees only the threads of its own; Get-ChatKitConnection shows which connection was used."),
        ChatKitErrorKind.Conflict => (ErrorCategory.ResourceBusy, "Another request was changing the same thing. Try again."),
        ChatKitErrorKind.RateLimited => (ErrorCategory.LimitsExceeded, "If the message speaks of a quota, look at the plan and billing. Otherwise try again later, or connect with a longer -MaximumRetryWaitSec; RetryAfter of the exception says what the server asks for."),
        ChatKitErrorKind.ServerError => (ErrorCategory.ResourceUnavailable, "The server failed. Try again later; with a request id, its operator can find out why."),
        ChatKitErrorKind.InvalidResponse => (ErrorCategory.InvalidData, "Something other than the API may have answered: check -BaseUri, and any proxy on the way. -Debug shows the whole answer."),
        ChatKitErrorKind.ConnectionFailed => (ErrorCategory.ConnectionError, "Check the address, the network and the proxy. Get-ChatKitConnection shows the settings."),
        ChatKitErrorKind.TimedOut => (ErrorCategory.OperationTimeout, "Try again; connect with a longer -TimeoutSec where answers are slow."),
        _ => (ErrorCategory.NotSpecified, ""),
    };

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, string? target, string? message, string action)
    {
        ErrorRecord record = new(exception, id, category, target) { ErrorDetails = new ErrorDetails(Printable(message ?? exception.Message)) { RecommendedAction = action } };
        if (target is not null)
        {
            // The target is as it was given; the category shows its name.
            record.CategoryInfo.TargetName = Printable(target);
        }

        return record;
    }

    private static string Printable(string text) => ViewText.OneLine(text);
}
