// The only place that makes an error record: stable ids, the right category, the target, and what to do about it.
using System;
using System.Management.Automation;
using ChatKit.Archive;
using static ChatKit.PrintableText;

namespace ChatKit.PowerShell;

internal static class ErrorRecords
{
    /// <summary>The request for one thread failed; the others go on.</summary>
    public static ErrorRecord ForThread(Exception failure, string? threadId) => For(failure, "Thread", threadId);

    /// <summary>The request for one session failed; the others go on.</summary>
    public static ErrorRecord ForSession(Exception failure, string? id) => For(failure, "Session", id);

    /// <summary>A session could not be created.</summary>
    public static ErrorRecord ForNewSession(Exception failure, string workflowId) =>
        For(failure, "A session of workflow", workflowId);

    /// <summary>A page of threads failed. What was written stays.</summary>
    public static ErrorRecord ForThreadList(Exception failure, string? user, string? cursor, int written) =>
        ForList(
            failure,
            user is null ? "The list of threads" : $"The list of the threads of '{OneLine(user)}'",
            cursor,
            written);

    /// <summary>A page of a thread's items failed. What was written stays.</summary>
    public static ErrorRecord ForItemList(Exception failure, string? threadId, string? cursor, int written) =>
        written == 0
            ? ForThread(failure, threadId)
            : ForList(failure, $"The list of the items of thread '{OneLine(threadId!)}'", cursor, written);

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
        string name = OneLine(first ?? "");
        string rest = total - done == 1 ? $"and 1 is not: '{name}'"
            : total is not null ? $"and {total - done:N0} are not; the first of these is '{name}'"
            : $"and '{name}' is not, nor what was to come after it";
        string action = ErrorAdvice.For(api.Kind).Action +
            " Then resume from the first that is not done: it is the TargetObject.";
        return Make(
            api,
            api.Kind.ToString(),
            error.CategoryInfo.Category,
            first,
            $"{api.Message.TrimEnd('.')}. {isDone}, {rest}.",
            action);
    }

    /// <summary>An item of a thread cannot be read. The others are written.</summary>
    public static ErrorRecord ForItem(Exception failure, string threadId, string? id) =>
        For(failure, $"Thread '{OneLine(threadId)}', item", id);

    /// <summary>A thread or an item could not be searched; the others are.</summary>
    public static ErrorRecord ForSearch(ChatKitSearchFailure failure) => failure.Exception is TimeoutException e
        ? Make(
            e,
            "PatternTimedOut",
            ErrorCategory.OperationTimeout,
            failure.ItemId ?? failure.ThreadId,
            $"Thread '{OneLine(failure.ThreadId)}', " +
            $"{(failure.ItemId is null ? "title" : $"item '{OneLine(failure.ItemId)}'")}: " +
            "the pattern took over a second, so it was not searched to its end.",
            "Write -Pattern so that it has one way to match: not a repetition within another, such as (a+)+.")
        : failure.ItemId is null
        ? ForThread(failure.Exception, failure.ThreadId)
        : ForItem(failure.Exception, failure.ThreadId, failure.ItemId);

    /// <summary>The connection of an export is lost.</summary>
    /// <param name="e">What failed first.</param>
    /// <param name="first">The thread that failed; null where it was a list.</param>
    /// <param name="done">How many threads are done.</param>
    /// <param name="isResumed">Whether the same command resumes it.</param>
    public static ErrorRecord ExportLost(ChatKitApiException e, string? first, long done, bool isResumed)
    {
        string isDone = done == 1 ? "1 thread is done" : $"{done:N0} threads are done";
        string rest =
            first is null ? "the list ends there" : $"'{OneLine(first)}' and what was to come after it are not";
        (ErrorCategory category, string action) = ErrorAdvice.For(e.Kind);
        return Make(
            e,
            e.Kind.ToString(),
            category,
            first,
            $"{e.Message.TrimEnd('.')}. {isDone}; {rest}.",
            action + (isResumed ? " The same command then resumes the export." : ""));
    }

    /// <summary>The server answers a deletion with "not deleted".</summary>
    public static ErrorRecord NotDeleted(string threadId) => Make(
        new InvalidOperationException("The server answers that the thread was not deleted."),
        "NotDeleted",
        ErrorCategory.InvalidResult,
        threadId,
        $"Thread '{OneLine(threadId)}': the server answers that it was not deleted.",
        "Get the thread to see whether it is still there, and try again.");

    /// <summary>The proof of deletions cannot be written.</summary>
    public static ErrorRecord ProofUnwritable(string path, Exception e, params string[] missing) => Make(
        e,
        "ProofUnwritable",
        ErrorCategory.WriteError,
        path,
        $"The proof '{OneLine(path)}' cannot be written: {e.Message} No further deletion was begun. " +
        $"{string.Join(" ", missing)}".TrimEnd(),
        "Give -ProofPath a new file, or one that it wrote before and nothing else has open; look at the permissions " +
        "and at the room on the disk.");

    /// <summary>An archive cannot be written or read.</summary>
    public static ErrorRecord ForArchive(ChatKitArchiveException e, string? path)
    {
        (ErrorCategory category, string action) = ErrorAdvice.For(e.Kind);
        return Make(e, e.Kind.ToString(), category, path, null, action);
    }

    private static ErrorRecord For(Exception failure, string what, string? id)
    {
        if (failure is not ChatKitApiException api)
        {
            return Unexpected(failure, id);
        }

        (ErrorCategory category, string action) =
            ErrorAdvice.For(api.Kind, what == "Session" ? ErrorAdvice.SessionId : ErrorAdvice.ThreadId);
        string message = string.IsNullOrWhiteSpace(id) ? api.Message : $"{what} '{OneLine(id!)}': {api.Message}";
        return Make(api, api.Kind.ToString(), category, id, message, action);
    }

    private static ErrorRecord ForList(Exception failure, string what, string? cursor, int written)
    {
        if (failure is not ChatKitApiException api)
        {
            return Unexpected(failure, cursor);
        }

        (ErrorCategory category, string action) = ErrorAdvice.For(api.Kind);
        if (api.Kind == ChatKitErrorKind.InvalidId)
        {
            action =
                "Give -After and -Before an id of the list, and -User a user as the threads show it. Nothing was sent.";
        }

        if (written == 0)
        {
            return Make(api, api.Kind.ToString(), category, cursor, $"{what}: {api.Message}", action);
        }

        string goOn = cursor is null
            ? $"What came may not be all there is. {action}"
            : api.Kind == ChatKitErrorKind.NotFound
            ? $"'{OneLine(cursor)}', after which the next page begins, is gone by now. List again, or with -After " +
                "an earlier one."
            : $"What came is whole. To go on from there, add -After '{OneLine(cursor)}'. {action}";
        return Make(api, api.Kind.ToString(), category, cursor, $"{what} ends after {written:N0}: {api.Message}", goOn);
    }

    /// <summary>What no server said: an archive that changed while it was read, or a fault of the module.</summary>
    private static ErrorRecord Unexpected(Exception failure, string? target) => failure is ChatKitArchiveException e
        ? ForArchive(e, target)
        : Make(
            failure,
            "UnexpectedError",
            ErrorCategory.NotSpecified,
            target,
            failure.Message,
            "This is a fault of the module. Please report it with the output of Get-Error.");

    internal static ErrorRecord Make(
        Exception exception, string id, ErrorCategory category, string? target, string? message, string action)
    {
        ErrorDetails details = new(OneLine(message ?? exception.Message)) { RecommendedAction = action };
        ErrorRecord record = new(exception, id, category, target) { ErrorDetails = details };
        if (target is not null)
        {
            // The target is as it was given; the category shows its name.
            record.CategoryInfo.TargetName = OneLine(target);
        }

        return record;
    }
}
