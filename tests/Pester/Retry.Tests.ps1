# What a user sees of failures that pass: nothing lost, nothing done twice, and no silent wait.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $ids = 1..200 | ForEach-Object { 'cthr_{0:d3}' -f $_ }
    Add-LoopbackThread $server $ids
    $key = Get-TestKey
    Connect-ChatKit $key -BaseUri $server.BaseUri

    # A short wait, so that the tests are.
    $soon = @{ 'retry-after-ms' = '1' }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'A failure that passes' {
    BeforeEach { Reset-LoopbackServer $server }

    It '<What> is retried, and not shown' -ForEach @(
        @{ What = 'a server error'; Reply = @{ status = 500; body = '<html>' } }
        @{ What = 'a gateway that times out'; Reply = @{ status = 504; body = '' } }
        @{ What = 'a refusal'; Reply = @{ status = 429; body = '{}' } }
        @{ What = 'an answer cut short'; Reply = @{ status = 200; body = '{"id":"cthr_002"}'; cutAfter = 5 } }
    ) {
        $Reply.target = 'cthr_002'
        $Reply.headers = $soon
        Add-LoopbackReply $server $Reply
        (Get-ChatKitThread $ids[0..2] -ErrorAction Stop).Id | Should -Be $ids[0..2]
        @(Get-LoopbackJournal $server).Count | Should -Be 4
    }

    It 'is retried no more often than -MaximumRetryCount says' {
        Add-LoopbackReply $server @{ times = 10; status = 500; headers = $soon; body = '{}' }
        $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryCount 2
        { Get-ChatKitThread cthr_001 -Connection $connection -ErrorAction Stop } | Should -Throw -ErrorId 'ServerError,*'
        @(Get-LoopbackJournal $server).Count | Should -Be 3
    }

    It 'in the middle of a list loses nothing and repeats nothing' {
        Add-LoopbackReply $server @{ target = 'after='; times = 3; status = 502; headers = $soon; body = '' }
        $got = (Get-ChatKitThread -PageSize 20 -Order Ascending).Id
        $got | Should -Be $ids
    }

    It 'is told with -Verbose: what happened, which retry, how long' {
        Add-LoopbackReply $server @{ status = 500; headers = $soon; body = '{}' }
        $lines = Get-ChatKitThread cthr_001 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message
        $lines -match '-> 500 in \d+ ms; retry 1 of 5 in 0\.01 s$' | Should -Not -BeNullOrEmpty
        $lines -match '-> 200 in \d+ ms' | Should -Not -BeNullOrEmpty
    }
}

Describe 'A refusal for rate' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'does not count, however often it comes' {
        Add-LoopbackReply $server @{ times = 9; status = 429; headers = $soon; body = '{}' }
        (Get-ChatKitThread cthr_001 -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryCount 0)).Id | Should -Be 'cthr_001'
        @(Get-LoopbackJournal $server).Count | Should -Be 10
    }

    It 'may come as 503 with a time to wait, as nginx gives it' {
        Add-LoopbackReply $server @{ times = 9; status = 503; headers = $soon; body = '<html>' }
        (Get-ChatKitThread cthr_001 -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryCount 0)).Id | Should -Be 'cthr_001'
        @(Get-LoopbackJournal $server).Count | Should -Be 10
    }

    It 'that asks for more than -MaximumRetryWaitSec fails at once, with RetryAfter' {
        Add-LoopbackReply $server @{ status = 429; headers = @{ 'retry-after' = '60' }; body = '{}' }
        $null = Get-ChatKitThread cthr_001 -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryWaitSec 59) -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'RateLimited,*'
        $failed[0].Exception.RetryAfter.TotalSeconds | Should -Be 60
        @(Get-LoopbackJournal $server).Count | Should -Be 1
    }

    It 'for a quota fails at once' {
        Add-LoopbackReply $server @{ status = 429; headers = $soon; body = '{"error":{"message":"You exceeded your current quota.","code":"insufficient_quota"}}' }
        { Get-ChatKitThread cthr_001 -ErrorAction Stop } | Should -Throw -ErrorId 'RateLimited,*'
        @(Get-LoopbackJournal $server).Count | Should -Be 1
    }

    It 'loses none of many, and lowers the concurrency' {
        $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri
        Add-LoopbackReply $server @{ times = 16; status = 429; headers = @{ 'retry-after-ms' = '50' }; body = '{}' }, @{ times = 1000; delayMs = 20 }
        ($ids | Get-ChatKitThread -ThrottleLimit 16 -Connection $connection -ErrorAction Stop).Id | Should -Be $ids
        @(Get-LoopbackJournal $server | Where-Object status -eq 429).Count | Should -Be 16
        @(Get-LoopbackJournal $server).Count | Should -Be 216
    }

    It 'of one thread holds up no other, and the order is kept' {
        Add-LoopbackReply $server @{ target = 'cthr_001$'; status = 429; headers = @{ 'retry-after' = '2' }; body = '{}' }
        ($ids | Get-ChatKitThread -ThrottleLimit 8 -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri)).Id | Should -Be $ids
        $journal = @(Get-LoopbackJournal $server)
        $journal.Count | Should -Be 201
        $journal[-1].target | Should -BeLike '*/cthr_001'
    }

    It 'is not silent: the verbose stream and the progress bar say what is waited for' {
        Add-LoopbackReply $server @{ status = 429; headers = @{ 'retry-after' = '1.6' }; body = '{}' }
        $instance = New-PowerShellInstance { param($key, $uri) Connect-ChatKit $key -BaseUri $uri; Get-ChatKitThread cthr_001 -Verbose }
        $null = $instance.AddArgument($key).AddArgument($server.BaseUri)
        try {
            $instance.Invoke().Id | Should -Be 'cthr_001'
            $instance.Streams.Verbose.Message -match '^Waiting 1\.6 s: HTTP 429, throttled$' | Should -Not -BeNullOrEmpty
            $instance.Streams.Progress.StatusDescription -match '; waiting 1 s: HTTP 429, throttled' | Should -Not -BeNullOrEmpty
        }
        finally { $instance.Dispose() }
    }

    It 'ends at once on Ctrl+C' {
        Add-LoopbackReply $server @{ times = 100; status = 429; headers = @{ 'retry-after' = '200' }; body = '{}' }
        $instance = New-PowerShellInstance { param($key, $uri, $ids) Connect-ChatKit $key -BaseUri $uri; $ids | Get-ChatKitThread }
        $null = $instance.AddArgument($key).AddArgument($server.BaseUri).AddArgument($ids)
        try {
            $null = $instance.BeginInvoke()
            Wait-Until { @(Get-LoopbackJournal $server | Where-Object status -eq 429).Count -gt 0 -and (Get-LoopbackLoad $server).underWay -eq 0 }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $instance.Stop()
            $clock.ElapsedMilliseconds | Should -BeLessOrEqual 250
        }
        finally { $instance.Dispose() }
        Reset-LoopbackServer $server
        (Get-ChatKitThread cthr_001 -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri)).Id | Should -Be 'cthr_001'
        @(Get-LoopbackJournal $server).Count | Should -Be 1
    }
}
