// The errors of a cmdlet that is used in a way that cannot work: parameters, settings and paths.
using System;
using System.Management.Automation;

namespace ChatKit.PowerShell;

internal static class UsageErrors
{
    /// <summary>What is to be searched for is no regular expression.</summary>
    public static ErrorRecord InvalidPattern(ArgumentException e, string pattern) => ErrorRecords.Make(
        e,
        "InvalidPattern",
        ErrorCategory.InvalidArgument,
        pattern,
        null,
        "Correct -Pattern, a regular expression of .NET. To find a text as it is written, use -Text.");

    /// <summary>A cursor belongs to one list.</summary>
    public static ErrorRecord CursorOfSeveral() => Misuse(
        "CursorOfSeveralLists",
        ErrorCategory.InvalidArgument,
        null,
        "-After and -Before name a place in one list, and several users are several lists.",
        "Give one user with -After or -Before.");

    /// <summary>PowerShell warned of a default that does not bind, and would have gone on without it.</summary>
    public static ErrorRecord UnboundDefault(string command, string parameter) => Misuse(
        "UnboundDefault",
        ErrorCategory.InvalidArgument,
        parameter,
        $"$PSDefaultParameterValues has a value for -{parameter} of {command} that does not bind. Nothing was done.",
        $"Correct the entry for -{parameter}, or remove it. PowerShell's warning says what is wrong with it.");

    /// <summary>A thread without an id.</summary>
    public static ErrorRecord BlankId(string? id) => ErrorRecords.Make(
        new ArgumentException("A thread without an id names nothing."),
        "InvalidId",
        ErrorCategory.InvalidArgument,
        id,
        null,
        "Give the id of a thread, such as cthr_abc123. In a CSV, look for rows whose Id is empty.");

    /// <summary>A thread or a user that an archive does not know.</summary>
    public static ErrorRecord NotInArchive(string what, string id, string path) => Misuse(
        "NotInArchive",
        ErrorCategory.ObjectNotFound,
        id,
        $"The archive '{path}' has no {what} '{id}', in whichever version.",
        "Check the name: case counts. Get-ChatKitArchiveVersion lists what an archive has.");

    /// <summary>Parameters that do not go together.</summary>
    public static ErrorRecord ContradictoryParameters(string message) => Misuse(
        "ContradictoryParameters",
        ErrorCategory.InvalidArgument,
        null,
        message,
        "Leave one of them out. A switch that is false counts as left out.");

    /// <summary>There is no key.</summary>
    public static ErrorRecord NotConnected() => Misuse(
        "NotConnected",
        ErrorCategory.ConnectionError,
        null,
        "There is no connection: no key was given, and the environment variable OPENAI_API_KEY is not set.",
        "Set the environment variable OPENAI_API_KEY, or run Connect-ChatKit -ApiKey. To look around without a key, " +
        "run Connect-ChatKit -Emulator.");

    /// <summary>A setting that was given cannot be used.</summary>
    public static ErrorRecord InvalidSetting(ChatKitSettingException e) =>
        InvalidSetting(e, e.Setting, $"Correct -{e.Setting}, or the environment variable that stands in for it.");

    /// <summary>What a session was to be made with is outside what the API takes.</summary>
    public static ErrorRecord InvalidSession(ChatKitSettingException e)
    {
        string parameter = e.Setting == nameof(ChatKitSessionRequest.StateVariables)
            ? nameof(Commands.NewChatKitSessionCommand.StateVariable)
            : e.Setting;
        return InvalidSetting(e, parameter, $"Correct -{parameter}. Nothing was sent.");
    }

    /// <summary>A setting of the environment cannot be used.</summary>
    public static ErrorRecord InvalidEnvironment(ChatKitSettingException e) =>
        InvalidSetting(
            e,
            e.Setting,
            "The setting comes from the environment (OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORG_ID, " +
            "OPENAI_PROJECT_ID). Correct it there, or run Connect-ChatKit.");

    /// <summary>The emulator's file cannot be read, or is none.</summary>
    public static ErrorRecord InvalidSeed(string path, Exception e) =>
        ErrorRecords.Make(
            e,
            "InvalidSeed",
            ErrorCategory.InvalidData,
            path,
            $"The seed '{path}' cannot be used: {e.Message}",
            "A seed is a JSON array of threads, a page of them, one thread, or JSON Lines of " +
            "{\"thread\": …, \"items\": […]}.");

    /// <summary>A path that leads elsewhere than to the file system.</summary>
    public static ErrorRecord InvalidPath(string path, string provider) => ErrorRecords.Make(
        new ArgumentException(
            $"'{PrintableText.OneLine(path)}' is a path of the provider {provider}, not of the file system."),
        "InvalidPath",
        ErrorCategory.InvalidArgument,
        path,
        null,
        "Give a path of the file system.");

    /// <summary>Pages cannot be brought up to date.</summary>
    public static ErrorRecord UpdateOfPages() => Misuse(
        "UpdateOfPages",
        ErrorCategory.InvalidArgument,
        null,
        "Only an archive can be brought up to date; pages are written anew.",
        "Leave -Update out; or bring the archive up to date, and write the pages from it: connect with -Archive, and " +
        "export with -Format.");

    /// <summary>Idle threads cannot be skipped in what is exported, or not by that time.</summary>
    public static ErrorRecord InvalidSkipIdle(string message, TimeSpan target) => Misuse(
        "InvalidSkipIdle",
        ErrorCategory.InvalidArgument,
        target.ToString(),
        message,
        "Give -SkipIdle with -Update, and as days and a time: 30.00:00:00 is thirty days. A bare number is ticks of " +
        "100 ns to PowerShell.");

    /// <summary>What was asked for would change an archive.</summary>
    public static ErrorRecord ReadOnly(ChatKitConnection connection) => Misuse(
        "ReadOnly",
        ErrorCategory.InvalidOperation,
        connection.ToString(),
        $"Nothing can be changed through {connection}: it can only be read.",
        "Connect to the project itself, with Connect-ChatKit -ApiKey, or name its connection with -Connection.");

    private static ErrorRecord InvalidSetting(ChatKitSettingException e, string setting, string action) =>
        ErrorRecords.Make(e, "Invalid" + setting, ErrorCategory.InvalidArgument, setting, null, action);

    /// <summary>A mistake in the use of a cmdlet, which only the module sees.</summary>
    private static ErrorRecord Misuse(
        string id, ErrorCategory category, string? target, string message, string action) =>
        ErrorRecords.Make(new InvalidOperationException(message), id, category, target, null, action);
}
