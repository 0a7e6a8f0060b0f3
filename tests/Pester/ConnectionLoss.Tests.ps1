# A connection that is lost ends the run of every cmdlet that takes many, with one error that says where to go on.

BeforeDiscovery {
    $losses = @(
        @{ Loss = 'a key that is refused'; Id = 'Unauthorized'; Reply = @{ status = 401; body = '{"error":{"message":"Incorrect API key provided."}}' } }
        @{ Loss = 'a region that is not supported'; Id = 'Forbidden'; Reply = @{ status = 403; body = '{"error":{"message":"Not here.","code":"unsupported_country_region_territory"}}' } }
        @{ Loss = 'a key without the permission'; Id = 'Forbidden'; Reply = @{ status = 403; body = '{"error":{"message":"You have insufficient permissions. Missing scopes: api.threads.read."}}' } }
        @{ Loss = 'a proxy that wants a login'; Id = 'ConnectionFailed'; Reply = @{ status = 407; body = '' } }
        @{ Loss = 'a server that is silent'; Id = 'TimedOut'; Retries = 1; Timeout = 1; Reply = @{ delayMs = -1 } }
        @{ Loss = 'a server that ends every connection'; Id = 'ConnectionFailed'; Retries = 1; Reply = @{ raw = ''; end = 'Reset' } }
        @{ Loss = 'a server that stalls in every body'; Id = 'TimedOut'; Retries = 1; Timeout = 1; Reply = @{ raw = "HTTP/1.1 200 OK`r`nContent-Length: 500`r`n`r`n{"; end = 'Stall' } }
        @{ Loss = 'a server of another protocol'; Id = 'ConnectionFailed'; Retries = 1; Reply = @{ raw = "hello`r`n`r`n" } }
        @{ Loss = 'a port that refuses'; Id = 'ConnectionFailed'; Uri = 'http://127.0.0.1:9/v1' }
        @{ Loss = 'a host that is not there'; Id = 'ConnectionFailed'; Uri = 'https://no-such-host.invalid/v1' }
        @{ Loss = 'a certificate that is not trusted'; Id = 'ConnectionFailed'; Uri = 'https' }
    )
    $commands = @(
        @{ Command = 'Get-ChatKitThread -Id'; First = 'cthr_0001'; Noun = 'thread'; Script = { Get-ChatKitThread -Id $ids } }
        @{ Command = 'Get-ChatKitThread'; First = 'cthr_0001'; Noun = 'thread'; IsPiped = $true; Script = { $ids | Get-ChatKitThread } }
        @{ Command = 'Get-ChatKitThread -User'; First = 'cthr_0001'; Noun = 'list'; Script = { Get-ChatKitThread -User $ids } }
        @{ Command = 'Get-ChatKitThreadItem'; First = 'cthr_0001'; Noun = 'thread'; Script = { Get-ChatKitThreadItem $ids } }
        @{ Command = 'Remove-ChatKitThread'; First = 'cthr_0001'; Noun = 'thread'; Script = { Remove-ChatKitThread $ids -Confirm:$false } }
        @{ Command = 'Remove-ChatKitThread -ErrorAction Stop'; First = 'cthr_0001'; Noun = 'thread'; Script = { Remove-ChatKitThread $ids -Confirm:$false -ErrorAction Stop } }
        @{ Command = 'Stop-ChatKitSession'; First = 'cthr_0001'; Noun = 'session'; Script = { Stop-ChatKitSession $ids } }
    )
    $table = foreach ($loss in $losses) { foreach ($command in $commands) { $loss + $command } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $key = Get-TestKey
    $ids = 1..500 | ForEach-Object { 'cthr_{0:d4}' -f $_ }
    Add-LoopbackThread $server $ids
}

AfterAll { Stop-LoopbackServer $server }

Describe 'A connection that is lost' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'because of <Loss> ends <Command>' -ForEach $table {
        if ($Reply) { Add-LoopbackReply $server ($Reply + @{ times = 10000 }) }
        $address = if ($Uri -eq 'https') { $server.HttpsUri } elseif ($Uri) { $Uri } else { $server.BaseUri }
        Connect-ChatKit $key -BaseUri $address -MaximumRetryCount ([int] $Retries) -TimeoutSec $(if ($Timeout) { $Timeout } else { 100 })
        $Error.Clear()
        $failure = $Script | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.TargetObject | Should -Be $First
        $rest = if ($IsPiped) { "and '$First' is not, nor what was to come after it." } else { "and 500 are not; the first of these is '$First'." }
        $failure.ErrorDetails.Message | Should -BeLike "*. 0 ${Noun}s are done, $rest"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*TargetObject*'
        $failure.Exception.IsOfConnection | Should -BeTrue
        @($Error | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 1
        # Where it is not certain at once, each that was in flight has been sent again by the framework, too.
        if ($Reply -and -not $Retries) { @(Get-LoopbackJournal $server).Count | Should -BeLessOrEqual 32 }
    }

    It 'is told of one thread alone in the words of that thread' {
        Connect-ChatKit $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0
        $failure = { Get-ChatKitThread cthr_0001 } | Should -Throw -PassThru
        $failure.ErrorDetails.Message | Should -BeLike "Thread 'cthr_0001': The connection to 127.0.0.1:9 failed: *"
        $failure.TargetObject | Should -Be 'cthr_0001'
    }

    It 'is told of a list after what came of it, with where to go on' {
        Connect-ChatKit $key -BaseUri $server.BaseUri
        Add-LoopbackReply $server @{ target = 'after='; status = 401; times = 100 }
        $got = [System.Collections.Generic.List[object]]::new()
        $failure = { Get-ChatKitThread -First 300 | ForEach-Object { $got.Add($_) } } | Should -Throw -ErrorId 'Unauthorized,*' -PassThru
        $got.Count | Should -Be 100
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*-After '$($got[-1].Id)'*"
    }

    It 'because of <Loss> ends an export, which the same command resumes' -ForEach ($losses | Where-Object { -not $_.Retries }) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        Connect-ChatKit $key -BaseUri $server.BaseUri
        Add-LoopbackReply $server @{ target = 'cthr_0041'; status = 401; times = 10000 }
        $failure = { Export-ChatKitThread $folder -Id $ids } | Should -Throw -ErrorId 'Unauthorized,*' -PassThru
        $failure.TargetObject | Should -Be 'cthr_0041'
        $failure.ErrorDetails.Message | Should -BeLike "* 40 threads are done; 'cthr_0041' and what was to come after it are not."
        (Test-ChatKitArchive $folder).Complete | Should -BeFalse

        Reset-LoopbackServer $server
        if ($Reply) { Add-LoopbackReply $server ($Reply + @{ times = 10000 }) }
        $address = if ($Uri -eq 'https') { $server.HttpsUri } elseif ($Uri) { $Uri } else { $server.BaseUri }
        $lost = New-ChatKitConnection $key -BaseUri $address -MaximumRetryCount 0
        foreach ($format in 'JsonLines', 'Html') {
            $failure = { Export-ChatKitThread "$folder.$format" -Format $format -Connection $lost } | Should -Throw -ErrorId "$Id,*" -PassThru
            $failure.ErrorDetails.Message | Should -BeLike '* 0 threads are done; *'
        }

        Reset-LoopbackServer $server
        $result = Export-ChatKitThread $folder -Id $ids
        $result.Complete, $result.Written | Should -Be $true, 460
    }

    It 'is told although what was in flight behind it failed, too, and -ErrorAction is Stop: <Command>' -ForEach @(
        @{ Command = 'Get-ChatKitThread'; Script = { Get-ChatKitThread $two -ErrorAction Stop } }
        @{ Command = 'Get-ChatKitThreadItem'; Script = { Get-ChatKitThreadItem $two -ErrorAction Stop } }
        @{ Command = 'Remove-ChatKitThread'; Script = { Remove-ChatKitThread $two -Confirm:$false -ErrorAction Stop } }
        @{ Command = 'Stop-ChatKitSession'; Script = { Stop-ChatKitSession $two -ErrorAction Stop } }
        @{ Command = 'Export-ChatKitThread'; Script = { Export-ChatKitThread (Join-Path $TestDrive ([guid]::NewGuid())) -Id $two -ErrorAction Stop } }
    ) {
        $two = 'cthr_0041', 'cthr_0042'
        Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
        Add-LoopbackReply $server @{ target = 'cthr_0041'; status = 401; delayMs = 300 }, @{ target = 'cthr_0042'; status = 404; delayMs = 600 }
        $failure = { & $Script 3>$null } | Should -Throw -ErrorId 'Unauthorized,*' -PassThru
        $failure.TargetObject | Should -Be 'cthr_0041'
    }

    It 'is not lost where one thread is forbidden, or does not answer' {
        Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0 -TimeoutSec 2
        Add-LoopbackReply $server @{ target = 'cthr_0041'; status = 403; body = '{"error":{"message":"Not this one."}}' }, @{ target = 'cthr_0042'; delayMs = -1 }, @{ target = 'cthr_0043'; raw = ''; end = 'Reset'; times = 10 }
        $got = Get-ChatKitThread $ids -ErrorAction SilentlyContinue -ErrorVariable failed
        $got.Count | Should -Be 497
        @($failed | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be 'Forbidden', 'TimedOut', 'ConnectionFailed'
    }

    It 'in the middle leaves what came before it, and says how much that is: <Command>' -ForEach @(
        @{ Command = 'Get-ChatKitThread'; Script = { Get-ChatKitThread $ids } }
        @{ Command = 'Get-ChatKitThreadItem'; Script = { Get-ChatKitThreadItem $ids } }
        @{ Command = 'Remove-ChatKitThread'; Script = { Remove-ChatKitThread $ids -Confirm:$false -PassThru } }
    ) {
        Connect-ChatKit $key -BaseUri $server.BaseUri
        Add-LoopbackReply $server @{ target = 'cthr_0041'; status = 401; times = 100 }
        $got = [System.Collections.Generic.List[object]]::new()
        $failure = { & $Script | ForEach-Object { $got.Add($_) } } | Should -Throw -ErrorId 'Unauthorized,*' -PassThru
        $failure.TargetObject | Should -Be 'cthr_0041'
        $failure.ErrorDetails.Message -match '(\d+) threads are done, and (\d+) are not; the first of these is ''cthr_0041''' | Should -BeTrue
        $done, $left = [int] $Matches[1], [int] $Matches[2]
        $done + $left | Should -Be 500
        $done | Should -BeGreaterOrEqual 40
        $done | Should -BeLessOrEqual 80
        if ($got.Count) { $got.Count | Should -Be $done }
    }
}

Describe 'A server that is not there' {
    It 'costs 2,000 ids no more than one' {
        Connect-ChatKit $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 2
        $one = Measure-Command { try { Get-ChatKitThread cthr_1 } catch { $_ } }
        $many = Measure-Command { try { 1..2000 | ForEach-Object { "cthr_$_" } | Get-ChatKitThread } catch { $_ } }
        $many | Should -BeLessThan (3 * $one)
    }
}
