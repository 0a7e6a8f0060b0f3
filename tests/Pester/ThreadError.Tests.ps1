# What goes wrong, and what the user sees of it: one record per id, and the rest goes on.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer
    $key = Get-TestKey
    Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0

    # The one error of a look-up whose second id of three fails.
    function Get-Failure([hashtable] $Reply) {
        $Reply.target = 'cthr_def456'
        Add-LoopbackReply $server $Reply
        $got = Get-ChatKitThread cthr_abc123, cthr_def456, cthr_ghi789 -ErrorAction SilentlyContinue -ErrorVariable failed
        $got.Id | Should -Be 'cthr_abc123', 'cthr_ghi789'
        $failed.Count | Should -Be 1
        $failed[0].TargetObject | Should -BeExactly 'cthr_def456'
        $failed[0].Exception | Should -BeOfType ChatKit.ChatKitApiException
        $failed[0].ErrorDetails.Message | Should -Match 'cthr_def456'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $failed[0]
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Failures' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'HTTP <Status> is <Id>' -ForEach @(
        @{ Status = 400; Id = 'BadRequest'; Category = 'InvalidArgument' }
        @{ Status = 403; Id = 'Forbidden'; Category = 'PermissionDenied' }
        @{ Status = 404; Id = 'NotFound'; Category = 'ObjectNotFound'; Advice = 'wrong project' }
        @{ Status = 409; Id = 'Conflict'; Category = 'ResourceBusy' }
        @{ Status = 422; Id = 'BadRequest'; Category = 'InvalidArgument' }
        @{ Status = 429; Id = 'RateLimited'; Category = 'LimitsExceeded' }
        @{ Status = 500; Id = 'ServerError'; Category = 'ResourceUnavailable' }
        @{ Status = 503; Id = 'ServerError'; Category = 'ResourceUnavailable' }
    ) {
        $failure = Get-Failure @{
            status  = $Status
            headers = @{ 'x-request-id' = 'req_7'; 'retry-after' = '1.5'; 'x-should-retry' = 'false' }
            body    = '{"error":{"message":"The API says so.","type":"some_type","param":"some_param","code":"some_code"}}'
        }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,ChatKit.PowerShell.Commands.GetChatKitThreadCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.ErrorDetails.Message | Should -BeExactly "Thread 'cthr_def456': The API says so. (HTTP $Status, request req_7)"
        $failure.ErrorDetails.RecommendedAction | Should -Match "$Advice"
        $exception = $failure.Exception
        $exception.StatusCode, $exception.RequestId | Should -Be $Status, 'req_7'
        $exception.Type, $exception.Param, $exception.Code | Should -BeExactly 'some_type', 'some_param', 'some_code'
        $exception.RetryAfter.TotalSeconds | Should -Be 1.5
    }

    It 'an answer that is <What> is InvalidResponse' -ForEach @(
        @{ What = 'HTML'; Reply = @{ status = 200; body = '<html><b>Sign in</b></html>'; headers = @{ 'content-type' = 'text/html' } }; Shown = '<html><b>Sign in' }
        @{ What = 'empty'; Reply = @{ status = 200; body = '' }; Shown = 'nothing' }
        @{ What = '204'; Reply = @{ status = 204 }; Shown = 'nothing' }
        @{ What = 'cut short'; Reply = @{ status = 200; body = '{"id":"cthr_def456","title":"abcdef"}'; cutAfter = 25 }; Shown = '{"id":"cthr_def456","titl' }
        @{ What = 'another kind of object'; Reply = @{ status = 200; body = '{"id":"cthr_def456","object":"chatkit.session"}' }; Shown = 'chatkit.session' }
        @{ What = 'another thread'; Reply = @{ status = 200; body = '{"id":"cthr_other","object":"chatkit.thread"}' }; Shown = 'cthr_other' }
        @{ What = 'no object'; Reply = @{ status = 200; body = '[1,2]' }; Shown = '\[1,2\]' }
        @{ What = 'not a thread'; Reply = @{ status = 200; body = '{}' }; Shown = '{}' }
        @{ What = 'a redirect'; Reply = @{ status = 302; headers = @{ location = 'https://elsewhere.example.com/x' } }; Shown = 'https://elsewhere.example.com/x' }
    ) {
        $Reply.headers += @{ 'x-request-id' = 'req_8' }
        $failure = Get-Failure $Reply
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidData'
        $failure.ErrorDetails.Message | Should -Match $Shown
        $failure.ErrorDetails.Message | Should -Match 'req_8'
        $failure.Exception.RequestId | Should -Be 'req_8'
    }

    It 'a server error in HTML shows its first characters' {
        (Get-Failure @{ status = 502; body = "<html>`n<h1>Bad gateway</h1>" }).ErrorDetails.Message | Should -Match '<html> <h1>Bad gateway</h1>'
    }

    It 'a connection that breaks is ConnectionFailed, naming the host' {
        $failure = Get-Failure @{ raw = ''; end = 'Reset' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $failure.ErrorDetails.Message | Should -Match ([regex]::Escape(([uri] $server.Address).Authority))
    }

    It '<What> is ConnectionFailed, naming the host' -ForEach @(
        @{ What = 'a port that refuses'; Uri = { 'http://127.0.0.1:9/v1' }; Names = '127\.0\.0\.1:9' }
        @{ What = 'a host that is not there'; Uri = { 'https://no-such-host.invalid/v1' }; Names = 'no-such-host\.invalid' }
        @{ What = 'a certificate that is not trusted'; Uri = { $server.HttpsUri }; Names = 'TLS.*127\.0\.0\.1' }
    ) {
        $connection = New-ChatKitConnection $key -BaseUri (& $Uri) -MaximumRetryCount 0
        $failure = { Get-ChatKitThread cthr_abc123 -Connection $connection } | Should -Throw -ErrorId 'ConnectionFailed,*' -PassThru
        $failure.ErrorDetails.Message | Should -Match $Names
    }

    It 'a proxy that refuses is named, too' {
        $connection = New-ChatKitConnection $key -BaseUri https://api.example.com/v1 -Proxy http://127.0.0.1:9 -MaximumRetryCount 0
        $failure = { Get-ChatKitThread cthr_abc123 -Connection $connection } | Should -Throw -ErrorId 'ConnectionFailed,*' -PassThru
        $failure.ErrorDetails.Message | Should -Match 'api\.example\.com through the proxy 127\.0\.0\.1:9 failed'
    }

    It 'a server that is silent is TimedOut, naming the host' {
        $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri -TimeoutSec 1 -MaximumRetryCount 0
        Add-LoopbackReply $server @{ delayMs = -1 }
        $null = Get-ChatKitThread cthr_abc123 -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'TimedOut,*'
        $failed[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failed[0].ErrorDetails.Message | Should -Match ([regex]::Escape(([uri] $server.Address).Authority))
        $failed[0].ErrorDetails.Message | Should -Match '1 s'
    }

    It 'never print what a terminal would obey' {
        $failure = Get-Failure @{ status = 500; body = '{"error":{"message":"a\u001b[2Jb"}}' }
        ($failure | Out-String) | Should -Not -Match '\x1b\[2J'
    }
}

Describe '-ErrorAction' {
    BeforeEach {
        Reset-LoopbackServer $server
        $Error.Clear()
    }

    It '<Action>: the rest goes on' -ForEach @(
        @{ Action = 'Continue'; Recorded = 2 }
        @{ Action = 'SilentlyContinue'; Recorded = 2 }
        @{ Action = 'Ignore'; Recorded = 0 }
    ) {
        $all = 'cthr_x', 'cthr_abc123', 'cthr_y', 'cthr_def456' | Get-ChatKitThread -ErrorAction $Action 2>&1
        $all | Where-Object { $_ -is [ChatKit.ChatKitThread] } | ForEach-Object Id | Should -Be 'cthr_abc123', 'cthr_def456'
        @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be $(if ($Action -eq 'Continue') { 2 } else { 0 })
        $Error.Count | Should -Be $Recorded
    }

    It 'Stop: what came before is kept, the first failure ends it' {
        $got = @()
        { 'cthr_abc123', 'cthr_x', 'cthr_def456' | Get-ChatKitThread -ErrorAction Stop | ForEach-Object { $script:got += $_.Id } } |
            Should -Throw -ErrorId 'NotFound,*'
        $script:got | Should -Be 'cthr_abc123'
    }

    It 'is obeyed where the preference says so' {
        $ErrorActionPreference = 'Stop'
        { Get-ChatKitThread cthr_x } | Should -Throw -ErrorId 'NotFound,*'
    }

    It '-ErrorVariable has every failure, in order' {
        $null = 'cthr_x', 'cthr_abc123', '', 'cthr_y' | Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'NotFound', 'InvalidId', 'NotFound'
        $failed.TargetObject | Should -Be 'cthr_x', '', 'cthr_y'
    }

    It 'and $? tell whether all went well' {
        $null = Get-ChatKitThread cthr_abc123, cthr_x -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $null = Get-ChatKitThread cthr_abc123
        $? | Should -BeTrue
    }
}

Describe 'What can be followed' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'with -Verbose: method, path, status, milliseconds, request id' {
        Add-LoopbackReply $server @{ status = 404; headers = @{ 'x-request-id' = 'req_9' }; body = '{}' }
        $lines = Get-ChatKitThread cthr_abc123, cthr_def456 -Verbose -ThrottleLimit 1 -ErrorAction SilentlyContinue 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines.Count | Should -Be 2
        $lines[0] | Should -Match '^GET /v1/chatkit/threads/cthr_abc123 -> 404 in \d+ ms, request req_9$'
        $lines[1] | Should -Match '^GET /v1/chatkit/threads/cthr_def456 -> 200 in \d+ ms, request req_\w+$'
    }

    It 'with -Verbose: a failure without an answer' {
        Add-LoopbackReply $server @{ raw = ''; end = 'Reset' }
        $lines = Get-ChatKitThread cthr_abc123 -Verbose -ErrorAction SilentlyContinue 4>&1 | ForEach-Object Message
        $lines | Should -Match '^GET /v1/chatkit/threads/cthr_abc123 -> no answer in \d+ ms: '
    }

    It 'with $DebugPreference: headers and bodies, secrets masked' {
        $DebugPreference = 'Continue'
        Add-LoopbackReply $server @{
            status = 200; headers = @{ 'set-cookie' = 'session=hidden' }
            body   = '{"id":"cthr_abc123","client_secret":"ek_hidden","title":"key ' + $key + '"}'
        }
        $text = Get-ChatKitThread cthr_abc123 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] } | Out-String
        $text | Should -Match '> GET http://127\.0\.0\.1:\d+/v1/chatkit/threads/cthr_abc123'
        $text | Should -Match '> OpenAI-Beta: chatkit_beta=v1'
        $text | Should -Match '< 200'
        $text | Should -Match '"id":"cthr_abc123"'
        $text | Should -Match 'Authorization: \*\*\*'
        $text | Should -Not -Match 'hidden'
        $text | Should -Not -Match $key
    }

    It 'but not by default' {
        $everything = Get-ChatKitThread cthr_abc123 *>&1
        @($everything).Count | Should -Be 1
        $everything | Should -BeOfType ChatKit.ChatKitThread
    }
}
