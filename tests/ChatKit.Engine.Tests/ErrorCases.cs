// The cases of ErrorTests: every error id of about_ChatKit_Errors has one here, or a reason in NotProvoked.
using System.Collections.Generic;
using static System.Management.Automation.ErrorCategory;

namespace ChatKit.Tests;

internal static class ErrorCases
{
    /// <summary>Ids that no script can bring about, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NotProvoked { get; } = new Dictionary<string, string>
    {
        ["UnexpectedError"] = "It is a fault of the module; one that a script could provoke would be mended.",
    };

    public static IReadOnlyList<EngineError> All { get; } =
        [.. Requests, .. Deletions, .. Settings, .. Sessions, .. Archives];

    private static EngineError[] Requests =>
    [
        new("InvalidId", InvalidArgument, "", false, "Get-ChatKitThread -Id ''"),
        new("NotFound", ObjectNotFound, "cthr_none", false, "Get-ChatKitThread cthr_none"),
        Answered("BadRequest", InvalidArgument, 400),
        Answered("Unauthorized", AuthenticationError, 401, ends: true),
        Answered("Forbidden", PermissionDenied, 403),
        Answered("TimedOut", OperationTimeout, 408),
        Answered("Conflict", ResourceBusy, 409),
        Answered("RateLimited", LimitsExceeded, 429),
        Answered("ServerError", ResourceUnavailable, 500),
        Answered("InvalidResponse", InvalidData, 200),
        new("PatternTimedOut", OperationTimeout, "cthi_1", false, """
            $text = '{"thread":{"id":"cthr_1"},"items":[{"id":"cthi_1","type":"task","heading":"' + ('a' * 40) + '!"}]}'
            Connect-ChatKit -Emulator -Seed "$(Save seed.json $text)/seed.json"
            Find-ChatKitThreadItem -Pattern '^(a+)+$'
            """),
        new("ConnectionFailed", ConnectionError, "cthr_1", true, """
            Connect-ChatKit -ApiKey $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0
            Get-ChatKitThread cthr_1
            """),
    ];

    private static EngineError[] Deletions =>
    [
        new("NotDeleted", InvalidResult, "cthr_1", false, "Connect; Remove-ChatKitThread cthr_1 -Confirm:$false",
            new { Status = 200, Body = """{"id":"cthr_1","object":"chatkit.thread.deleted","deleted":false}""" }),
        new("ProofUnwritable", WriteError, "*", true, """
            Remove-ChatKitThread cthr_abc123 -Confirm:$false -ProofPath $folder
            """),
    ];

    private static EngineError[] Settings =>
    [
        new("NotConnected", ConnectionError, null, true, "Disconnect-ChatKit; Get-ChatKitThread"),
        new("NotConnected", ConnectionError, null, true, "New-ChatKitConnection -Project proj_1"),
        new("ReadOnly", InvalidOperation, "*", true, """
            Connect-ChatKit -Archive $archive
            Remove-ChatKitThread cthr_abc123 -Confirm:$false
            """),
        new("InvalidApiKey", InvalidArgument, "ApiKey", true, "Connect-ChatKit -ApiKey 'sk-two parts'"),
        new("InvalidBaseUri", InvalidArgument, "BaseUri", true, """
            Connect-ChatKit -ApiKey $key -BaseUri http://example.com/v1
            """),
        new("InvalidOrganization", InvalidArgument, "Organization", true, """
            Connect-ChatKit -ApiKey $key -Organization 'org 1'
            """),
        new("InvalidProject", InvalidArgument, "Project", true, "New-ChatKitConnection -ApiKey $key -Project 'proj 1'"),
        new("InvalidProxy", InvalidArgument, "Proxy", true, "Connect-ChatKit -ApiKey $key -Proxy ftp://127.0.0.1"),
        new("InvalidProxyCredential", InvalidArgument, "ProxyCredential", true, """
            $password = [Net.NetworkCredential]::new('', 'x').SecurePassword
            Connect-ChatKit -ApiKey $key -ProxyCredential ([pscredential]::new('me', $password))
            """),
        new("ContradictoryParameters", InvalidArgument, null, true, "Connect-ChatKit -Emulator -ApiKey $key"),
        new("UnboundDefault", InvalidArgument, "CreatedBefore", true, """
            $PSDefaultParameterValues = @{ 'Get-ChatKitThread:CreatedBefore' = $null }
            Get-ChatKitThread
            """),
        new("InvalidSeed", InvalidData, "*", true, "Connect-ChatKit -Emulator -Seed \"$folder/none.json\""),
        new("CursorOfSeveralLists", InvalidArgument, null, true, """
            Get-ChatKitThread -User user_1, user_2 -After cthr_1
            """),
        new("InvalidPattern", InvalidArgument, "(", true, "Find-ChatKitThreadItem -Pattern '('"),
        new("InvalidPath", InvalidArgument, "Env:archive", true, "Test-ChatKitArchive Env:archive"),
    ];

    private static EngineError[] Sessions =>
    [
        new("InvalidWorkflowId", InvalidArgument, "WorkflowId", true, "New-ChatKitSession ' ' user_1"),
        new("InvalidWorkflowVersion", InvalidArgument, "WorkflowVersion", true, """
            New-ChatKitSession wf_1 user_1 -WorkflowVersion ([string] [char] 0xD800)
            """),
        new("InvalidUser", InvalidArgument, "User", true, "New-ChatKitSession wf_1 ([string] [char] 0xD800)"),
        new("InvalidStateVariable", InvalidArgument, "StateVariable", true, """
            New-ChatKitSession wf_1 user_1 -StateVariable @{ list = 1, 2 }
            """),
        new("NotFound", ObjectNotFound, "cksess_none", false, "Stop-ChatKitSession cksess_none"),
    ];

    private static EngineError[] Archives =>
    [
        new("ArchiveNotFound", ObjectNotFound, "*", false, "Test-ChatKitArchive \"$folder/none\""),
        new("NotAnArchive", InvalidArgument, "*", true, "Export-ChatKitThread (Save other.txt 'not ours')"),
        new("NotPages", InvalidArgument, "*", true, "Export-ChatKitThread (Save other.txt 'not ours') -Format Html"),
        new("UpdateOfPages", InvalidArgument, null, true, "Export-ChatKitThread $folder/pages -Format Html -Update"),
        new(
            "InvalidSkipIdle",
            InvalidArgument,
            "30.00:00:00",
            true,
            "Export-ChatKitThread $folder/out -SkipIdle 30.00:00:00"),
        new(
            "InvalidSkipIdle",
            InvalidArgument,
            "00:00:00.0000030",
            true,
            "Export-ChatKitThread $archive -Update -SkipIdle 30"),
        new("ArchiveMismatch", InvalidArgument, "*", true, "Export-ChatKitThread $archive -User user_123"),
        new("ArchiveUnwritable", WriteError, "*", true, """
            Export-ChatKitThread "$(Save file 'no folder')/file/archive"
            """),
        new("UnsupportedArchive", NotImplemented, "*", false, """
            $text = [IO.File]::ReadAllText("$archive/manifest.json")
            [IO.File]::WriteAllText("$archive/manifest.json", ($text -replace '"version":\s*\d+', '"version": 9999'))
            Test-ChatKitArchive $archive
            """),
        new("ArchiveDamaged", InvalidData, "*", true, """
            [IO.File]::WriteAllText("$archive/manifest.json", '{')
            Connect-ChatKit -Archive $archive
            """),
        new("ArchiveDamaged", InvalidData, "cthr_abc123", false, """
            Connect-ChatKit -Archive $archive
            $part = "$archive/threads-00001.jsonl"
            [IO.File]::WriteAllText($part, [IO.File]::ReadAllText($part).Replace('"title":"', '"title": "'))
            Get-ChatKitThread cthr_abc123
            """),
        new("ArchiveUnreadable", ReadError, "cthr_abc123", false, """
            Connect-ChatKit -Archive $archive
            [IO.File]::Delete("$archive/threads-00001.jsonl")
            Get-ChatKitThread cthr_abc123
            """),
        new("ArchiveUnreadable", ReadError, "*", false, """
            $open = [IO.File]::Open("$archive/manifest.json", 'Open', 'ReadWrite', 'None')
            try { Test-ChatKitArchive $archive } finally { $open.Dispose() }
            """),
        new("NotInArchive", ObjectNotFound, "cthr_9", false, "Remove-ChatKitArchiveThread $archive cthr_9"),
        new("ArchiveNotRepaired", InvalidOperation, "*", false, "Repair-ChatKitArchive $archive"),
        new("ArchiveLocked", ResourceBusy, "*", true, """
            $open = [IO.File]::Open("$archive/archive.lock", 'Open', 'ReadWrite', 'None')
            try { Export-ChatKitThread $archive } finally { $open.Dispose() }
            """),
        new("ArchiveLocked", ResourceBusy, "*", false, """
            $open = [IO.File]::Open("$archive/archive.lock", 'Open', 'ReadWrite', 'None')
            try { Optimize-ChatKitArchive $archive } finally { $open.Dispose() }
            """),
    ];

    private static EngineError Answered(
        string id, System.Management.Automation.ErrorCategory category, int status, bool ends = false) =>
        new(id, category, "cthr_1", ends, $"Connect; Get-ChatKitThread cthr_1  # {status}", new
        {
            Status = status,
            Body = "<html>",
        });
}
