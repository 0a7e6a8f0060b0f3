# Deleting threads: asked first, in order, never twice, never one that was not named; and what is left as proof.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $key = Get-TestKey
    Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
    $script:round = 0

    # New threads for a test, and no journal of earlier ones.
    function New-Threads([int] $Count) {
        $script:round++
        $new = 1..$Count | ForEach-Object { 'cthr_{0}_{1:d4}' -f $script:round, $_ }
        Add-LoopbackSeed $server (($new | ForEach-Object { '{"id":"' + $_ + '","title":"Title","user":"round_' + $script:round + '","created_at":1767225600}' }) -join "`n")
        Reset-LoopbackServer $server
        $new
    }

    function Get-Deleted { foreach ($entry in Get-LoopbackJournal $server) { if ($entry.method -eq 'DELETE' -and $entry.status -eq 200) { $entry.target -replace '^.*/' } } }

    function Get-Left { (Get-ChatKitThread -User "round_$script:round" -Order Ascending).Id }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Remove-ChatKitThread' {
    It 'deletes by <What>, and is silent' -ForEach @(
        @{ What = 'id'; Script = { param($ids) Remove-ChatKitThread $ids[0] -Confirm:$false; $ids[0] } }
        @{ What = 'array'; Script = { param($ids) Remove-ChatKitThread -Id $ids -Confirm:$false; $ids } }
        @{ What = 'pipeline of ids'; Script = { param($ids) $ids | Remove-ChatKitThread -Confirm:$false; $ids } }
        @{ What = 'pipeline of threads'; Script = { param($ids) Get-ChatKitThread $ids | Remove-ChatKitThread -Confirm:$false; $ids } }
        @{ What = 'pipeline of rows'; Script = { param($ids) $ids | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Remove-ChatKitThread -Confirm:$false; $ids } }
    ) {
        $ids = New-Threads 5
        $expected = & $Script $ids
        Get-Deleted | Sort-Object | Should -Be $expected
        Get-Left | Should -Be ($ids | Where-Object { $_ -notin $expected })
    }

    It 'gives nothing but with -PassThru a record of each, in order' {
        $ids = New-Threads 6
        Get-ChatKitThread $ids[0] | Remove-ChatKitThread -Confirm:$false | Should -BeNullOrEmpty
        Reset-LoopbackServer $server
        $records = Get-ChatKitThread $ids[1..5] | Remove-ChatKitThread -Confirm:$false -PassThru
        $records[0] | Should -BeOfType ChatKit.ChatKitThreadRemoval
        $records[0].PSObject.Properties.Name | Should -Be 'Id', 'Deleted', 'Title', 'User', 'CreatedAt', 'RemovedAt', 'RequestId'
        $records.Id | Should -Be $ids[1..5]
        $records.Deleted | Sort-Object -Unique | Should -Be $true
        $records[0].Title, $records[0].User | Should -Be 'Title', "round_$script:round"
        $records[0].CreatedAt.ToUniversalTime() | Should -Be ([datetime] '2026-01-01')
        $records[0].RemovedAt | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        @($records.RequestId | Sort-Object -Unique).Count | Should -Be 5
        $records | Export-Csv "$TestDrive/proof.csv" -NoTypeInformation
        (Import-Csv "$TestDrive/proof.csv").Id | Should -Be $ids[1..5]
    }

    It 'sends nothing with -WhatIf' {
        $ids = New-Threads 3
        Remove-ChatKitThread $ids -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-LoopbackJournal $server | Should -BeNullOrEmpty
        Get-Left | Should -Be $ids
    }

    It 'has -ThrottleLimit requests in flight, 4 by default' {
        $ids = New-Threads 12
        Add-LoopbackReply $server @{ times = 12; delayMs = 200 }
        Remove-ChatKitThread $ids[0..7] -Confirm:$false
        (Get-LoopbackLoad $server).mostUnderWay | Should -Be 4
        Reset-LoopbackServer $server
        Add-LoopbackReply $server @{ times = 12; delayMs = 200 }
        Remove-ChatKitThread $ids[8..11] -Confirm:$false -ThrottleLimit 2
        (Get-LoopbackLoad $server).mostUnderWay | Should -Be 2
    }

    It 'goes on after a failure' {
        $ids = New-Threads 3
        $done = $ids[0], 'cthr_missing', '', $ids[1], 5, $ids[2] | Remove-ChatKitThread -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed
        $done.Id | Should -Be $ids
        $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Sort-Object | Should -Be 'InvalidId', 'NotFound', 'ParameterArgumentTransformationError'
    }

    It 'takes a 404 that follows a retry of the same delete for success' {
        Add-LoopbackReply $server @{ target = 'cthr_gone'; status = 502; headers = @{ 'retry-after-ms' = '1' }; body = '{}' }
        $patient = New-ChatKitConnection $key -BaseUri $server.BaseUri
        (Remove-ChatKitThread cthr_gone -Confirm:$false -PassThru -Connection $patient -ErrorAction Stop).Deleted | Should -BeTrue
        { Remove-ChatKitThread cthr_gone -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'takes "not deleted" for an error' {
        Add-LoopbackReply $server @{ status = 200; body = '{"id":"cthr_kept","object":"chatkit.thread.deleted","deleted":false}' }
        { Remove-ChatKitThread cthr_kept -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NotDeleted,*'
    }
}

Describe 'The question' {
    It 'names the connection, the title and the user' {
        $ids = @(New-Threads 1)
        $result = Invoke-Asked 'Yes' { param($id) Get-ChatKitThread $id | Remove-ChatKitThread } (, $ids[0])
        $result.Questions.Count | Should -Be 1
        $result.Questions[0] | Should -Match ([regex]::Escape("Delete from $($server.BaseUri), key "))
        $result.Questions[0] | Should -Match 'wxyz'
        $result.Questions[0] | Should -Not -Match ([regex]::Escape($key))
        $result.Questions[0] | Should -Match "thread $($ids[0]) 'Title' of round_$script:round"
        Get-Deleted | Should -Be $ids
    }

    It 'is asked for each, in order, before its request goes out; declining stops nothing else' {
        $ids = New-Threads 4
        $result = Invoke-Asked 'Yes', 'No', 'Yes', 'No' { param($ids) $ids | Remove-ChatKitThread -PassThru } (, $ids)
        $result.Questions | ForEach-Object { ($_ -replace '(?s).*thread (\S+?)".*', '$1') } | Should -Be $ids
        $result.Output.Id | Should -Be $ids[0], $ids[2]
        Get-Deleted | Sort-Object | Should -Be $ids[0], $ids[2]
        $result.Errors | Should -BeNullOrEmpty
    }

    It 'comes after what is finished has been written' {
        # The connection is the emulator's, whose answers are there at once.
        $result = Invoke-Asked 'Yes', 'Yes', 'Yes' {
            $emulator = New-ChatKitConnection -Emulator
            'cthr_abc123', 'cthr_def456', 'cthr_ghi789' | Remove-ChatKitThread -PassThru -Connection $emulator
        }
        $result.Questions | ForEach-Object { ($_ -split ' \| ')[-1] } | Should -Be '0 written, 0 failed', '1 written, 0 failed', '2 written, 0 failed'
        $result.Questions[0] | Should -Match 'Delete from the emulator'
    }

    It 'is answered for all with Yes to All, and with No to All' {
        $ids = New-Threads 3
        (Invoke-Asked 'No to All' { param($ids) $ids | Remove-ChatKitThread } (, $ids)).Questions.Count | Should -Be 1
        Get-Deleted | Should -BeNullOrEmpty
        (Invoke-Asked 'Yes to All' { param($ids) $ids | Remove-ChatKitThread } (, $ids)).Questions.Count | Should -Be 1
        Get-Deleted | Sort-Object | Should -Be $ids
    }

    It 'is not asked about an id that is none' {
        (Invoke-Asked @() { '', $null | Remove-ChatKitThread }).Questions | Should -BeNullOrEmpty
    }
}

Describe 'Sweep and delete' {
    It 'down one pipeline skips no thread, with every page refused once (<Order>)' -ForEach @(
        @{ Order = 'Descending' }
        @{ Order = 'Ascending' }
    ) {
        $ids = New-Threads 245
        # Every page, the first and each that is asked for with a cursor, is refused once, and asked for again after a while in which
        # everything that was written can be deleted.
        Add-LoopbackReply $server (0..30 | ForEach-Object { @{ target = '/threads\?.*' + $(if ($_) { "after=cthr_$($script:round)_" } else { 'user' }); status = 429; headers = @{ 'retry-after-ms' = '60' }; body = '{}' }; @{ target = '/threads\?' } })
        $done = Get-ChatKitThread -User "round_$script:round" -Order $Order -PageSize 10 | Remove-ChatKitThread -Confirm:$false -PassThru -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        $done.Count | Should -Be 245
        $done.Id | Sort-Object | Should -Be $ids
        @(Get-LoopbackJournal $server | Where-Object { $_.target -match '/threads\?' -and $_.status -eq 429 }).Count | Should -BeIn (25..28)   # From both ends.
        @(Get-LoopbackJournal $server | Where-Object { $_.method -eq 'GET' -and $_.status -eq 404 }).Count | Should -Be 0
        Reset-LoopbackServer $server
        Get-Left | Should -BeNullOrEmpty
    }
}
