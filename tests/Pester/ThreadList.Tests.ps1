# Lists of threads: pages, exactly the requests that are needed, bounds, and what happens when a page fails.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty

    # 1,050 threads of two users, a minute apart, then one without a date; oldest first.
    $ids = 1..1050 | ForEach-Object { 'cthr_{0:d4}' -f $_ }
    $start = [DateTimeOffset]::new(2026, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
    $seed = for ($i = 0; $i -lt 1050; $i++) {
        '{{"id":"{0}","created_at":{1},"title":"T","user":"{2}"}}' -f $ids[$i], ($start.ToUnixTimeSeconds() + 60 * $i), $(if ($i % 10) { 'user_many' } else { 'user few & co' })
    }
    Add-LoopbackSeed $server ($seed -join "`n")
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
    $newest = $ids[-1..-1050]

    function Get-Query { foreach ($entry in Get-LoopbackJournal $server) { $entry.target -replace '^/v1/chatkit/threads\??' } }

    # A page as the server would send it.
    function New-Page([string[]] $Id, [string] $Rest) {
        '{"object":"list","data":[' + (@($Id | Where-Object { $_ } | ForEach-Object { '{"id":"' + $_ + '"}' }) -join ',') + ']' + $Rest + '}'
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'A list' {
    BeforeEach { Reset-LoopbackServer $server }

    Context 'of all threads' {
        It 'comes whole, newest first, from both of its ends, in hardly more requests than it has pages' {
            (Get-ChatKitThread).Id | Should -Be $newest
            $queries = @(Get-Query)
            $queries.Count | Should -BeIn (11..14)
            $queries[0] | Should -BeExactly 'limit=100&order=desc'
            $queries[1] | Should -BeExactly 'limit=100&order=desc&after=cthr_0951'
            @($queries | Where-Object { $_ -like 'limit=100&order=asc*' }).Count | Should -BeGreaterThan 2
            @($queries | Sort-Object -Unique).Count | Should -Be $queries.Count
        }

        It 'comes whole, from one end, where one request at a time is allowed' {
            (Get-ChatKitThread -ThrottleLimit 1).Id | Should -Be $newest
            $queries = @(Get-Query)
            $queries.Count | Should -Be 11
            $queries[10] | Should -BeExactly 'limit=100&order=desc&after=cthr_0051'
            (Get-LoopbackLoad $server).mostUnderWay | Should -Be 1
        }

        It 'comes whole, oldest first' {
            (Get-ChatKitThread -Order Ascending).Id | Should -Be $ids
            @(Get-Query).Count | Should -BeIn (11..14)
            @(Get-Query)[1] | Should -BeExactly 'limit=100&order=asc&after=cthr_0100'
        }

        It 'is one request where one page holds it' {
            (Get-ChatKitThread -User 'user few & co' -PageSize 100 -Before cthr_0950).Count | Should -Be 10
            @(Get-Query).Count | Should -Be 1
        }

        It 'fetches the next page while the current one is written, and no more than the next' {
            $sent = Get-ChatKitThread -PageSize 50 | Select-Object -First 3 | ForEach-Object {
                Wait-Until { @(Get-Query).Count -ge 2 }
                @(Get-Query).Count
            }
            $sent | Should -Be 2, 2, 2
        }

        It 'is typed, streamed, and one object at a time' {
            Get-ChatKitThread | Select-Object -First 1 | Should -BeOfType ChatKit.ChatKitThread
        }
    }

    Context '-First' {
        It '<First> asks for <Queries>' -ForEach @(
            @{ First = 1; Queries = 'limit=1' }
            @{ First = 99; Queries = 'limit=99' }
            @{ First = 100; Queries = 'limit=100' }
            @{ First = 101; Queries = 'limit=100', 'limit=1' }
            @{ First = 250; Queries = 'limit=100', 'limit=100', 'limit=50' }
        ) {
            (Get-ChatKitThread -First $First).Id | Should -Be $newest[0..($First - 1)]
            Get-Query | ForEach-Object { ($_ -split '&')[0] } | Should -Be $Queries
        }

        It 'over several users counts all of them together' {
            $got = Get-ChatKitThread -User user_many, 'user few & co' -First 1000
            $got.Count | Should -Be 1000
            @($got | Where-Object User -eq user_many).Count | Should -Be 945
        }

        It 'of the pipeline stops asking, too' {
            (Get-ChatKitThread | Select-Object -First 3).Id | Should -Be $newest[0..2]
            @(Get-Query).Count | Should -BeLessOrEqual 2
            Wait-Until { (Get-LoopbackLoad $server).underWay -eq 0 }
        }
    }

    Context 'parameters' {
        It 'are sent as the API has them: <Name>' -ForEach @(
            @{ Name = 'User'; Parameters = @{ User = 'user few & co'; First = 1 }; Sent = 'limit=1&order=desc&user=user%20few%20%26%20co' }
            @{ Name = 'After'; Parameters = @{ After = 'cthr_0003' }; Sent = 'limit=100&order=desc&after=cthr_0003' }
            @{ Name = 'Before'; Parameters = @{ Before = 'cthr_1049' }; Sent = 'limit=100&order=desc&before=cthr_1049' }
            @{ Name = 'PageSize'; Parameters = @{ PageSize = 7; First = 7 }; Sent = 'limit=7&order=desc' }
        ) {
            $null = Get-ChatKitThread @Parameters
            Get-Query | Should -BeExactly $Sent
        }

        It 'out of range are refused, with the limit: <Name>' -ForEach @(
            @{ Name = 'PageSize'; Parameters = @{ PageSize = 101 }; Limit = '100' }
            @{ Name = 'PageSize'; Parameters = @{ PageSize = 0 }; Limit = '1' }
            @{ Name = 'First'; Parameters = @{ First = 0 }; Limit = '1' }
            @{ Name = 'User'; Parameters = @{ User = 'u' * 513 }; Limit = '512' }
        ) {
            $failure = try { Get-ChatKitThread @Parameters } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
            "$failure" | Should -Match $Limit
            Get-Query | Should -BeNullOrEmpty
        }

        It 'list each user in turn, once' {
            $got = Get-ChatKitThread -User 'user few & co', user_many, 'user few & co' -Order Ascending
            $got.Count | Should -Be 1050
            $got[0..104].User | Sort-Object -Unique | Should -Be 'user few & co'
        }

        It 'list several users at the same time, in their order' {
            Add-LoopbackReply $server @{ target = 'user=user_many'; delayMs = 300 }
            Add-LoopbackReply $server @{ target = 'user=user%20few'; delayMs = 300 }
            $users = @('user_many', 'user few & co') + (1..6 | ForEach-Object { "nobody_$_" })
            $got = Get-ChatKitThread -User $users -ThrottleLimit 4
            $got.Count | Should -Be 1050
            $got[0].User | Should -Be user_many
            $got[-1].User | Should -Be 'user few & co'
            (Get-LoopbackLoad $server).mostUnderWay | Should -BeIn (2..4)
        }

        It 'name no place in the lists of several users' {
            { Get-ChatKitThread -User a, b -After cthr_0001 } | Should -Throw -ErrorId 'CursorOfSeveralLists,*'
            Get-Query | Should -BeNullOrEmpty
        }

        It 'do not go with ids' {
            { Get-ChatKitThread -Id cthr_0001 -User a } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }
    }

    Context 'dates' {
        # At a latency that is more than the work, so that neither end runs far ahead of the other.
        It 'bound it, and end it as soon as the order lets them: <Name>' -ForEach @(
            @{ Name = 'newest first, after'; Order = 'Descending'; After = 1000; Before = $null; From = 1050; To = 1002; Requests = 1..1 }
            @{ Name = 'newest first, before'; Order = 'Descending'; After = $null; Before = 100; From = 100; To = 1; Requests = 3..6 }
            @{ Name = 'newest first, both'; Order = 'Descending'; After = 800; Before = 900; From = 900; To = 802; Requests = 3..7 }
            @{ Name = 'oldest first, before'; Order = 'Ascending'; After = $null; Before = 100; From = 1; To = 100; Requests = 2..2 }
            @{ Name = 'oldest first, after'; Order = 'Ascending'; After = 1000; Before = $null; From = 1002; To = 1050; Requests = 2..4 }
        ) {
            Set-LoopbackCondition $server @{ latencyMs = 100 }
            $parameters = @{ Order = $Order }
            if ($null -ne $After) { $parameters.CreatedAfter = $start.AddMinutes($After) }
            if ($null -ne $Before) { $parameters.CreatedBefore = $start.AddMinutes($Before).LocalDateTime }
            (Get-ChatKitThread @parameters).Id | Should -Be $ids[($From - 1)..($To - 1)]
            @(Get-Query).Count | Should -BeIn $Requests
        }

        It 'count what they leave for -First' {
            (Get-ChatKitThread -CreatedBefore $start.AddMinutes(900) -First 3).Id | Should -Be 'cthr_0900', 'cthr_0899', 'cthr_0898'
            @(Get-Query).Count | Should -Be 2
        }

        It 'are matched by no thread without one, and such a thread ends nothing' {
            Add-LoopbackReply $server @{
                status = 200
                body   = '{"data":[{"id":"a","created_at":1767225600},{"id":"b"},{"id":"c","created_at":1767225601}],"has_more":false}'
            }
            (Get-ChatKitThread -Order Ascending -CreatedBefore ([DateTimeOffset]::FromUnixTimeSeconds(1767225602))).Id | Should -Be 'a', 'c'
        }
    }

    Context 'pages' {
        It 'may be empty' {
            Get-ChatKitThread -User nobody -ErrorAction Stop | Should -BeNullOrEmpty
            @(Get-Query).Count | Should -Be 1
        }

        It 'may lack last_id: the last thread is the cursor' {
            Add-LoopbackReply $server @{ status = 200; body = (New-Page 'x1', 'x2' ',"has_more":true') }, @{ status = 200; body = (New-Page 'x3' ',"has_more":false') }
            (Get-ChatKitThread).Id | Should -Be 'x1', 'x2', 'x3'
            @(Get-Query)[1] | Should -BeLike '*after=x2'
        }

        It 'may be empty and still lead on' {
            Add-LoopbackReply $server @{ status = 200; body = (New-Page @() ',"last_id":"x9","has_more":true') }, @{ status = 200; body = (New-Page 'x1' ',"has_more":false') }
            (Get-ChatKitThread).Id | Should -Be 'x1'
        }

        It '<What> end in an error rather than never' -ForEach @(
            @{ What = 'that repeat'; Body = '{"data":[{"id":"x1"},{"id":"x2"}],"last_id":"x2","has_more":true}'; Requests = 2; Ids = 'x1', 'x2' }
            @{ What = 'that lead nowhere'; Body = '{"data":[],"has_more":true}'; Requests = 1; Ids = $null }
        ) {
            Add-LoopbackReply $server @{ status = 200; times = 5; body = $Body }
            $got = Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed
            $got.Id | Should -Be $Ids
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            "$($failed[0])" | Should -Match 'cursor'
            @(Get-Query).Count | Should -Be $Requests
        }

        It 'that lead round in a circle end in an error' {
            Add-LoopbackReply $server @{ status = 200; body = (New-Page 'x1' ',"has_more":true') }, @{ status = 200; body = (New-Page 'x2' ',"has_more":true') }, @{ status = 200; body = (New-Page 'x1' ',"has_more":true') }
            $got = Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed
            $got.Id | Should -Be 'x1', 'x2'
            $failed.Count | Should -Be 1
        }

        It 'that fail leave what came, and say from where to go on' {
            Add-LoopbackReply $server @{ target = 'after=cthr_0851'; status = 500; body = '{"error":{"message":"Broken."}}' }
            $got = Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed
            $got.Id | Should -Be $newest[0..199]
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'ServerError,*'
            "$($failed[0])" | Should -Match 'ends after 200: Broken\.'
            $failed[0].TargetObject | Should -BeExactly 'cthr_0851'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match "-After 'cthr_0851'"
            ($got + (Get-ChatKitThread -After $failed[0].TargetObject)).Id | Should -Be $newest
        }

        It 'that begin nowhere are an error that promises nothing' {
            $null = Get-ChatKitThread -After cthr_missing -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
            $failed[0].TargetObject | Should -Be 'cthr_missing'
            $failed[0].ErrorDetails.RecommendedAction | Should -Not -Match '-After'
        }

        It 'whose cursor somebody else deleted say so' {
            Add-LoopbackReply $server @{ target = 'after='; status = 404; body = '{"error":{"message":"No thread found."}}' }
            (Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed).Count | Should -Be 100
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'gone by now'
        }

        It 'that are throttled are requested again' {
            Add-LoopbackReply $server @{ times = 2; status = 429; headers = @{ 'retry-after-ms' = '1' }; body = '{}' }
            (Get-ChatKitThread -First 150).Count | Should -Be 150
            @(Get-Query).Count | Should -Be 4
        }
    }

    Context 'and the pipeline' {
        It 'do not mix: <What> lists nothing' -ForEach @(
            @{ What = 'an empty pipeline'; Items = @() }
            @{ What = 'null'; Items = @($null) }
            @{ What = 'an empty string'; Items = @('') }
        ) {
            $Items | Get-ChatKitThread -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $Items | Get-ChatKitThread -User u -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            Get-Query | Should -BeNullOrEmpty
        }

        It 'of a function is not taken for input' {
            function Get-Newest { Get-ChatKitThread -First 1 }
            (1 | ForEach-Object { Get-Newest }).Id | Should -Be 'cthr_1050'
            ('x' | Get-Newest).Id | Should -Be 'cthr_1050'
        }
    }

    It 'is ended by Ctrl+C while a page is awaited' {
        Add-LoopbackReply $server @{ delayMs = -1 }
        $instance = New-PowerShellInstance { Get-ChatKitThread }
        try {
            $null = $instance.BeginInvoke()
            Wait-Until { (Get-LoopbackLoad $server).underWay -eq 1 }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $instance.Stop()
            $clock.ElapsedMilliseconds | Should -BeLessOrEqual 250
        }
        finally { $instance.Dispose() }
        Wait-Until { (Get-LoopbackLoad $server).underWay -eq 0 }
    }

    It 'has every thread that was there at its start once, while others are being added (<Order>)' -ForEach @(
        @{ Order = 'Descending' }
        @{ Order = 'Ascending' }
    ) {
        $before = (Get-ChatKitThread -Order Ascending).Id
        $script:added = 0
        $got = Get-ChatKitThread -Order $Order -PageSize 50 | ForEach-Object {
            if ($script:added++ % 40 -eq 0) {
                $new = 'cthr_new_{0}_{1}' -f $Order, $script:added
                Add-LoopbackSeed $server ('{"id":"' + $new + '","created_at":' + [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() + '}')
            }
            $_
        }
        $old = $got.Id | Where-Object { $_ -in $before }
        $old.Count | Should -Be $before.Count
        @($old | Sort-Object -Unique).Count | Should -Be $before.Count
        @($got.Id | Sort-Object -Unique).Count | Should -Be $got.Count
    }
}

Describe 'Tab completion' {
    BeforeAll {
        function Complete([string] $Text) { (TabExpansion2 $Text $Text.Length).CompletionMatches }
        Reset-LoopbackServer $server
        $null = Get-ChatKitThread -After cthr_0003
        $null = Get-ChatKitThread -User 'user few & co' -First 1
        Reset-LoopbackServer $server
    }

    It 'offers ids, users and orders that were seen, and asks for nothing' {
        $match = Complete 'Get-ChatKitThread -Id cthr_000'
        $match.CompletionText | Should -Be 'cthr_0001', 'cthr_0002'
        $match[0].ToolTip | Should -Match 'user few & co'
        (Complete 'Get-ChatKitThread -ThreadId cthr_0002').CompletionText | Should -Be 'cthr_0002'
        (Complete 'Get-ChatKitThread -User user').CompletionText | Should -Be "'user few & co'", 'user_many'
        (Complete 'Get-ChatKitThread -Order ').CompletionText | Should -Be 'Ascending', 'Descending'
        (Complete 'Remove-ChatKitThread cthr_0001').CompletionText | Should -Be 'cthr_0001'
        Get-LoopbackJournal $server | Should -BeNullOrEmpty
    }

    It 'offers nothing that was seen on another connection' {
        $global:other = New-ChatKitConnection -Emulator
        try {
            (Complete 'Remove-ChatKitThread -Connection $other cthr_0').CompletionText | Should -Not -Contain 'cthr_0001'
            $null = Get-ChatKitThread cthr_abc123 -Connection $other
            (Complete 'Remove-ChatKitThread cthr_a').CompletionText | Should -Not -Contain 'cthr_abc123'
            Connect-ChatKit -Emulator
            (Complete 'Remove-ChatKitThread cthr_0').CompletionText | Should -Not -Contain 'cthr_0001'
        }
        finally {
            Remove-Variable other -Scope global
            Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
        }
    }
}
