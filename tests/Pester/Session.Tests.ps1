# Sessions: what is sent, what comes back, and where the client secret is not.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri

    # The body that a script sends.
    function Get-SentBody([scriptblock] $Script) {
        Reset-LoopbackServer $server
        $null = & $Script
        (Get-LoopbackJournal $server).body
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'New-ChatKitSession' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'sends what is given, and nothing else' {
        Get-SentBody { New-ChatKitSession -WorkflowId wf_1 -User user_1 } | Should -BeExactly '{"workflow":{"id":"wf_1"},"user":"user_1"}'
        (Get-LoopbackJournal $server).target | Should -BeExactly '/v1/chatkit/sessions'
        (Get-LoopbackJournal $server).headers.'content-type' | Should -BeExactly 'application/json'
    }

    It 'sends <Name> as the API has it' -ForEach @(
        @{ Name = 'WorkflowVersion'; Parameters = @{ WorkflowVersion = '7' }; Path = 'workflow.version'; Value = '7' }
        @{ Name = 'Tracing'; Parameters = @{ Tracing = $true }; Path = 'workflow.tracing.enabled'; Value = $true }
        @{ Name = 'Tracing:$false'; Parameters = @{ Tracing = $false }; Path = 'workflow.tracing.enabled'; Value = $false }
        @{ Name = 'ExpiresAfterSec'; Parameters = @{ ExpiresAfterSec = 600 }; Path = 'expires_after.seconds'; Value = 600 }
        @{ Name = 'MaxRequestsPerMinute'; Parameters = @{ MaxRequestsPerMinute = 1 }; Path = 'rate_limits.max_requests_per_1_minute'; Value = 1 }
        @{ Name = 'AutomaticThreadTitling:$false'; Parameters = @{ AutomaticThreadTitling = $false }; Path = 'chatkit_configuration.automatic_thread_titling.enabled'; Value = $false }
        @{ Name = 'FileUpload'; Parameters = @{ FileUpload = $true }; Path = 'chatkit_configuration.file_upload.enabled'; Value = $true }
        @{ Name = 'MaxFileSize'; Parameters = @{ MaxFileSize = 512 }; Path = 'chatkit_configuration.file_upload.max_file_size'; Value = 512 }
        @{ Name = 'MaxFileCount'; Parameters = @{ MaxFileCount = 3 }; Path = 'chatkit_configuration.file_upload.max_files'; Value = 3 }
        @{ Name = 'History:$false'; Parameters = @{ History = $false }; Path = 'chatkit_configuration.history.enabled'; Value = $false }
        @{ Name = 'RecentThreadCount'; Parameters = @{ RecentThreadCount = 9 }; Path = 'chatkit_configuration.history.recent_threads'; Value = 9 }
    ) {
        $at = Get-SentBody { New-ChatKitSession wf_1 user_1 @Parameters } | ConvertFrom-Json
        foreach ($step in $Path -split '\.') {
            # The group that it is in, and nothing beside it.
            if ($step -eq ($Path -split '\.')[-1] -and $Name -notmatch 'Expires|Version') { @($at.PSObject.Properties).Count | Should -Be 1 }
            $at = $at.$step
        }
        $at | Should -Be $Value
        $at -is [string] | Should -Be ($Value -is [string])
    }

    It 'sends state variables by their types' {
        $body = Get-SentBody { New-ChatKitSession wf_1 user_1 -StateVariable ([ordered]@{ s = 'x "y"'; i = 5; l = 5000000000; d = 1.5; m = 2.5d; b = $true; p = (Get-Item .).Name }) }
        $body | Should -BeLike '*"state_variables":{"s":"x \"y\"","i":5,"l":5000000000,"d":1.5,"m":2.5,"b":true,"p":"*'
    }

    It 'refuses <Name> before sending, with the limit' -ForEach @(
        @{ Name = 'ExpiresAfterSec 601'; Parameters = @{ ExpiresAfterSec = 601 }; Limit = '600'; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'ExpiresAfterSec 0'; Parameters = @{ ExpiresAfterSec = 0 }; Limit = '1'; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'MaxFileSize 513'; Parameters = @{ MaxFileSize = 513 }; Limit = '512'; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'MaxFileCount 0'; Parameters = @{ MaxFileCount = 0 }; Limit = '1'; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'RecentThreadCount 0'; Parameters = @{ RecentThreadCount = 0 }; Limit = '1'; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'MaxRequestsPerMinute 0'; Parameters = @{ MaxRequestsPerMinute = 0 }; Limit = '1'; Id = 'ParameterArgumentValidationError' }
        @{ Name = '65 variables'; Parameters = @{ StateVariable = & { $h = @{}; 1..65 | ForEach-Object { $h["v$_"] = 1 }; $h } }; Limit = '64'; Id = 'InvalidStateVariable' }
        @{ Name = 'a long name'; Parameters = @{ StateVariable = @{ ('n' * 65) = 1 } }; Limit = '64'; Id = 'InvalidStateVariable' }
        @{ Name = 'a date'; Parameters = @{ StateVariable = @{ when = Get-Date } }; Limit = 'strings, numbers and booleans'; Id = 'InvalidStateVariable' }
        @{ Name = 'null'; Parameters = @{ StateVariable = @{ none = $null } }; Limit = 'strings, numbers and booleans'; Id = 'InvalidStateVariable' }
        @{ Name = 'a blank workflow'; Parameters = @{ WorkflowId = ' ' }; Limit = 'workflow'; Id = 'InvalidWorkflowId' }
    ) {
        $given = @{ WorkflowId = 'wf_1'; User = 'user_1' }
        foreach ($one in $Parameters.Keys) { $given[$one] = $Parameters[$one] }
        $failure = try { New-ChatKitSession @given } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$failure" | Should -Match $Limit
        Get-LoopbackJournal $server | Should -BeNullOrEmpty
    }

    It 'gives the session, its secret a secure string' {
        $session = New-ChatKitSession wf_1 user_1 -WorkflowVersion 7 -FileUpload -ExpiresAfterSec 60
        $session | Should -BeOfType ChatKit.ChatKitSession
        $session.Id | Should -Match '^cksess_'
        $session.Status, $session.User, $session.WorkflowId, $session.WorkflowVersion | Should -Be 'active', 'user_1', 'wf_1', '7'
        $session.FileUpload | Should -BeTrue
        $session.History | Should -BeTrue
        $session.MaxRequestsPerMinute | Should -Be 10
        $session.ExpiresAt | Should -BeLessOrEqual (Get-Date).AddSeconds(61)
        $session.ClientSecret | Should -BeOfType securestring
        (New-Object System.Net.NetworkCredential '', $session.ClientSecret).Password | Should -Match '^ek_emulator_'
    }

    It 'gives the secret as a string with -AsPlainText' {
        $session = New-ChatKitSession wf_1 user_1 -AsPlainText
        $session | Should -BeOfType ChatKit.ChatKitSession
        $session.ClientSecret | Should -BeOfType string
        $session.ClientSecret | Should -Match '^ek_emulator_'
    }

    It 'shows the secret nowhere else' {
        $DebugPreference = 'Continue'
        $session = $null
        $everything = & { $script:session = New-ChatKitSession wf_1 user_1 -Verbose; $script:session } *>&1 | Out-String
        $everything += ($script:session | Format-List * -Force | Out-String) + ($script:session | Format-Table | Out-String) + "$script:session" + $script:session.ToJson() +
            ($script:session | ConvertTo-Csv | Out-String) + ($script:session | ConvertTo-Json | Out-String)
        $everything | Should -Match $script:session.Id
        $everything | Should -Match '"client_secret":"\*\*\*'
        $everything | Should -Not -Match 'ek_emulator_'
    }

    It 'sends nothing with -WhatIf' {
        New-ChatKitSession wf_1 user_1 -WhatIf | Should -BeNullOrEmpty
        Get-LoopbackJournal $server | Should -BeNullOrEmpty
    }

    It 'is not sent twice where it may have been carried out: <What>' -ForEach @(
        @{ What = 'a broken connection'; Reply = @{ raw = ''; end = 'Reset' }; Id = 'ConnectionFailed' }
        @{ What = 'a server error'; Reply = @{ status = 500; body = '{}' }; Id = 'ServerError' }
        @{ What = 'an answer cut short'; Reply = @{ status = 200; body = '{"id":"cksess_1"}'; cutAfter = 5 }; Id = 'InvalidResponse' }
    ) {
        Add-LoopbackReply $server $Reply
        { New-ChatKitSession wf_1 user_1 -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        @(Get-LoopbackJournal $server).Count | Should -Be 1
    }

    It 'is retried if it was throttled' {
        Add-LoopbackReply $server @{ status = 429; headers = @{ 'retry-after-ms' = '1' }; body = '{}' }
        (New-ChatKitSession wf_1 user_1).Status | Should -Be 'active'
        $bodies = (Get-LoopbackJournal $server).body
        $bodies.Count | Should -Be 2
        $bodies[0] | Should -BeExactly $bodies[1]
    }

    It 'says what the API says' {
        Add-LoopbackReply $server @{ status = 400; body = '{"error":{"message":"No such workflow.","param":"workflow.id"}}' }
        $null = New-ChatKitSession wf_9 user_1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        $failed[0].Exception.Param | Should -Be 'workflow.id'
        $failed[0].TargetObject | Should -Be 'wf_9'
    }
}

Describe 'Stop-ChatKitSession' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'ends a session by <What>, and gives it back' -ForEach @(
        @{ What = 'id'; Script = { param($s) Stop-ChatKitSession -Id $s.Id } }
        @{ What = 'position'; Script = { param($s) Stop-ChatKitSession $s } }
        @{ What = 'pipeline of sessions'; Script = { param($s) $s | Stop-ChatKitSession } }
        @{ What = 'pipeline of ids'; Script = { param($s) $s.Id | Stop-ChatKitSession } }
        @{ What = 'pipeline of rows'; Script = { param($s) [pscustomobject]@{ Id = $s.Id } | Stop-ChatKitSession } }
    ) {
        $session = New-ChatKitSession wf_1 user_1
        Reset-LoopbackServer $server
        $stopped = & $Script $session
        $stopped.Id, $stopped.Status | Should -Be $session.Id, 'cancelled'
        $asked = Get-LoopbackJournal $server
        $asked.method, $asked.target | Should -BeExactly 'POST', "/v1/chatkit/sessions/$($session.Id)/cancel"
    }

    It 'keeps the order, and goes on after a failure' {
        $sessions = 1..3 | ForEach-Object { New-ChatKitSession wf_1 "user_$_" }
        $got = $sessions[0], 'cksess_missing', '', $sessions[1], (Get-ChatKitThread cthr_abc123), $sessions[2] |
            Stop-ChatKitSession -ErrorAction SilentlyContinue -ErrorVariable failed
        $got.User | Should -Be 'user_1', 'user_2', 'user_3'
        $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Sort-Object | Should -Be 'InvalidId', 'NotFound', 'ParameterArgumentTransformationError'
    }

    It 'advises on an empty id of a session, and on a workflow, in their own words' {
        Stop-ChatKitSession -Id '' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*the id of a session*'
        Add-LoopbackReply $server @{ status = 404; body = '{"error":{"message":"No such workflow."}}' }
        New-ChatKitSession wf_1 user_1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].ErrorDetails.Message | Should -BeLike "A session of workflow 'wf_1': No such workflow.*"
    }

    It 'sends nothing with -WhatIf' {
        Stop-ChatKitSession cksess_1 -WhatIf | Should -BeNullOrEmpty
        Get-LoopbackJournal $server | Should -BeNullOrEmpty
    }

    It 'completes the ids of sessions that were made here' {
        $session = New-ChatKitSession wf_1 user_1
        $text = "Stop-ChatKitSession $($session.Id.Substring(0, 39))"
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain $session.Id
    }
}
