# Many threads at a time: order, width, memory of the window, and how it ends early.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer
    $ids = 1..100 | ForEach-Object { 'cthr_{0:d3}' -f $_ }
    Add-LoopbackThread $server $ids
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
}

AfterAll { Stop-LoopbackServer $server }

Describe 'The window' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'keeps the order of the input, however slow the first' {
        Add-LoopbackReply $server @{ target = 'cthr_001'; delayMs = 300 }, @{ target = 'cthr_005'; delayMs = 200 }
        ($ids | Get-ChatKitThread).Id | Should -Be $ids
        (Get-ChatKitThread $ids).Id | Should -Be $ids
    }

    It 'keeps the order with failures among the results' {
        Add-LoopbackReply $server @{ target = 'cthr_002'; delayMs = 200; status = 500; body = '{}' }
        $all = Get-ChatKitThread cthr_001, cthr_002, cthr_003 -ErrorAction Continue 2>&1
        $all[0].Id, $all[1].TargetObject, $all[2].Id | Should -Be 'cthr_001', 'cthr_002', 'cthr_003'
    }

    It 'has -ThrottleLimit <Limit> requests in flight' -ForEach @(
        @{ Limit = 1; Parameters = @{ ThrottleLimit = 1 } }
        @{ Limit = 4; Parameters = @{ ThrottleLimit = 4 } }
        @{ Limit = 16; Parameters = @{} }
    ) {
        Add-LoopbackReply $server @{ times = 100; delayMs = 200 }
        $null = $ids | Select-Object -First (2 * $Limit) | Get-ChatKitThread @Parameters
        (Get-LoopbackLoad $server).mostUnderWay | Should -Be $Limit
        @(Get-LoopbackJournal $server).Count | Should -Be (2 * $Limit)
    }

    It 'refuses a limit of <Limit>' -ForEach @(@{ Limit = 0 }, @{ Limit = 513 }) {
        { Get-ChatKitThread cthr_001 -ThrottleLimit $Limit } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'takes no more input than it holds while the first is awaited' {
        Add-LoopbackReply $server @{ target = 'cthr_001'; delayMs = 400 }
        $script:made = 0
        $madeAtFirst = $ids | ForEach-Object { $script:made++; $_ } | Get-ChatKitThread -ThrottleLimit 8 |
            ForEach-Object { $script:made } | Select-Object -First 1
        $madeAtFirst | Should -BeLessOrEqual 13   # Eight in flight, four ahead, and the one that does not fit.
    }

    It 'sends no more than it holds for Select-Object -First 1 over a thousand ids' {
        Add-LoopbackReply $server @{ times = 1000; delayMs = 20 }
        $first = 1..1000 | ForEach-Object { 'cthr_001' } | Get-ChatKitThread -ThrottleLimit 8 | Select-Object -First 1
        $first.Id | Should -Be 'cthr_001'
        @(Get-LoopbackJournal $server).Count | Should -BeLessOrEqual 13
        Wait-Until { (Get-LoopbackLoad $server).underWay -eq 0 }
    }

    It 'goes on while the first is slow, half its width ahead' {
        Add-LoopbackReply $server @{ target = 'cthr_001'; delayMs = -1 }
        $instance = New-PowerShellInstance { 1..100 | ForEach-Object { 'cthr_{0:d3}' -f $_ } | Get-ChatKitThread -ThrottleLimit 4 }
        try {
            $null = $instance.BeginInvoke()
            Wait-Until { @(Get-LoopbackJournal $server).Count -eq 6 -and (Get-LoopbackLoad $server).underWay -eq 1 }
            $instance.Stop()
            @(Get-LoopbackJournal $server).Count | Should -Be 6
        }
        finally { $instance.Dispose() }
    }

    It 'leaves a connection usable after it ended early' {
        $null = $ids | Get-ChatKitThread | Select-Object -First 1
        (Get-ChatKitThread cthr_001).Id | Should -Be 'cthr_001'
    }
}

Describe 'Ctrl+C' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'while the server is silent is back within 250 ms and leaves nothing running' {
        Add-LoopbackReply $server @{ times = 1000; delayMs = -1 }
        $instance = New-PowerShellInstance { 1..1000 | ForEach-Object { 'cthr_001' } | Get-ChatKitThread }
        try {
            $run = $instance.BeginInvoke()
            Wait-Until { (Get-LoopbackLoad $server).underWay -eq 16 }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $instance.Stop()
            $clock.Stop()
            $run.AsyncWaitHandle.WaitOne(0) | Should -BeTrue
            $clock.ElapsedMilliseconds | Should -BeLessOrEqual 250
            $instance.InvocationStateInfo.State | Should -Be 'Stopped'
            $instance.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $instance.Dispose() }

        Wait-Until { (Get-LoopbackLoad $server).underWay -eq 0 }
        $asked = Get-LoopbackJournal $server
        @($asked).Count | Should -Be 16
        @($asked | Where-Object aborted).Count | Should -Be 16
    }

    It 'keeps what had come' {
        Add-LoopbackReply $server @{ target = 'cthr_003'; delayMs = -1 }
        $instance = New-PowerShellInstance { 'cthr_001', 'cthr_002', 'cthr_003' | Get-ChatKitThread }
        try {
            $output = New-Object System.Management.Automation.PSDataCollection[psobject]
            $null = $instance.BeginInvoke((New-Object System.Management.Automation.PSDataCollection[psobject]), $output)
            Wait-Until { $output.Count -eq 2 }
            $instance.Stop()
            $output.Id | Should -Be 'cthr_001', 'cthr_002'
        }
        finally { $instance.Dispose() }
    }
}

Describe 'Progress' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'is shown once the work has taken over a second, and taken away at the end' {
        Add-LoopbackReply $server @{ target = 'cthr_002'; delayMs = 1500 }
        $instance = New-PowerShellInstance { Get-ChatKitThread cthr_001, cthr_002, cthr_003, cthr_004 }
        try {
            $instance.Invoke().Count | Should -Be 4
            $shown = $instance.Streams.Progress
            $shown.Count | Should -BeGreaterThan 1
            $shown[0].Activity | Should -Be 'Getting threads'
            $shown[0].StatusDescription | Should -Be '1 of 4'
            $shown[0].PercentComplete | Should -Be 25
            $shown[-1].RecordType | Should -Be 'Completed'
        }
        finally { $instance.Dispose() }
    }

    It 'is not shown for shorter work' {
        $instance = New-PowerShellInstance { Get-ChatKitThread cthr_001, cthr_002 }
        try {
            $instance.Invoke().Count | Should -Be 2
            $instance.Streams.Progress | Where-Object Activity -eq 'Getting threads' | Should -BeNullOrEmpty
        }
        finally { $instance.Dispose() }
    }
}
