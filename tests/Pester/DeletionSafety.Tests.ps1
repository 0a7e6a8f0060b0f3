# Deletion safety: nothing is deleted that was not meant, and no deletion is without its record. Each rule on the emulator and through a socket.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $key = Get-TestKey
    $script:round = 0

    # New threads on the server, a connection to it, and no journal of earlier ones.
    function New-Threads([int] $Count, [string] $Title = 'Title') {
        $script:round++
        $new = 1..$Count | ForEach-Object { 'cthr_{0}_{1:d4}' -f $script:round, $_ }
        $seed = $new | ForEach-Object { ConvertTo-Json @{ id = $_; title = $Title; user = "round_$script:round"; created_at = 1767225600 } -Compress }
        Add-LoopbackSeed $server ($seed -join "`n")
        Reset-LoopbackServer $server
        Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
        $new
    }

    function Get-Deleted { @(foreach ($entry in Get-LoopbackJournal $server) { if ($entry.method -eq 'DELETE' -and $entry.status -eq 200) { $entry.target -replace '^.*/' } }) }

    function Get-ErrorId($Record) { @($Record | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'A bound that was written down holds (<Place>)' -ForEach @(@{ Place = 'emulator' }, @{ Place = 'socket' }) {
    BeforeEach {
        if ($Place -eq 'emulator') { Connect-ChatKit -Emulator } else { $null = New-Threads 3 }
        $script:before = @(Get-ChatKitThread).Count
    }

    It 'where its value is <What>: -<Bound>' -ForEach @(
        foreach ($bound in 'CreatedBefore', 'CreatedAfter') {
            @{ Bound = $bound; What = 'an unset variable'; Script = { $arguments = @{ $Bound = $typo }; Get-ChatKitThread @arguments } }
            @{ Bound = $bound; What = 'splatted'; Script = { $splat = @{ $Bound = $null }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a property that a row does not have'; Script = { $row = [pscustomobject]@{ Name = 'x' }; $splat = @{ $Bound = $row.Date }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a key that a hash table does not have, in strict mode'; Script = { Set-StrictMode -Version Latest; $settings = @{}; $splat = @{ $Bound = $settings['date'] }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a default'; Script = { $PSDefaultParameterValues = @{ "Get-ChatKitThread:$Bound" = $null }; Get-ChatKitThread -WarningAction SilentlyContinue } }
            @{ Bound = $bound; What = 'no date'; Script = { $splat = @{ $Bound = 'next year' }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a day that there is not'; Script = { $splat = @{ $Bound = '2026-02-30' }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'an empty hash table'; Script = { $splat = @{ $Bound = @{} }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'an empty object'; Script = { $splat = @{ $Bound = [pscustomobject]@{} }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a Gregorian date by another calendar'; Script = { [cultureinfo]::CurrentCulture = 'fa-IR'; $splat = @{ $Bound = '2026/01/01' }; Get-ChatKitThread @splat } }
            @{ Bound = $bound; What = 'a number'; Script = { $splat = @{ $Bound = 2026 }; Get-ChatKitThread @splat } }
        }
    ) {
        $current = [cultureinfo]::CurrentCulture
        try { { & $Script | Remove-ChatKitThread -Confirm:$false } | Should -Throw } finally { [cultureinfo]::CurrentCulture = $current }
        @(Get-ChatKitThread).Count | Should -Be $script:before
    }

    It 'in an export: -<Bound>' -ForEach @(@{ Bound = 'CreatedBefore' }, @{ Bound = 'CreatedAfter' }) {
        $splat = @{ $Bound = $null }
        { Export-ChatKitThread (Join-Path $TestDrive never) @splat } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Join-Path $TestDrive never | Should -Not -Exist
    }

    It 'as the same day in every culture: <Culture>' -ForEach @(
        @{ Culture = 'en-US' }, @{ Culture = 'fa-IR' }, @{ Culture = 'th-TH' }, @{ Culture = 'ar-SA' }, @{ Culture = 'tr-TR' }
    ) {
        # The emulator's oldest thread is 400 days old, the next one 201; those on the server are of 2026-01-01.
        $date = if ($Place -eq 'emulator') { (Get-Date).AddDays(-300).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) } else { '2026-01-01' }
        $current = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $Culture
            $said = $(@(Get-ChatKitThread -CreatedBefore $date -Verbose).Count | Should -Be $(if ($Place -eq 'emulator') { 1 } else { 0 })) 4>&1
            "$said" | Should -Match "Only threads created before $date`T00:00:00\.0000000[+-]\d\d:\d\d"
            $written = if ($Place -eq 'emulator') { (Get-Date).AddDays(-300).Date } else { [datetime] '2026-01-01' }
            @(Get-ChatKitThread -CreatedBefore "$written").Count | Should -Be $(if ($Place -eq 'emulator') { 1 } else { 0 })
            $table = Get-ChatKitThread | Select-Object -First 1 | Out-String -Width 200
            $table | Should -Match '\b202[56]-\d\d-\d\d\b'
        }
        finally { [cultureinfo]::CurrentCulture = $current }
    }
}

Describe 'A connection is the one that was meant' {
    It 'for -<Parameter> $null' -ForEach @(@{ Parameter = 'BaseUri' }, @{ Parameter = 'Project' }, @{ Parameter = 'Organization' }, @{ Parameter = 'Proxy' }) {
        $settings = @{ $Parameter = $null }
        { New-ChatKitConnection $key @settings } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Connect-ChatKit $key @settings } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'for -Emulator $false' {
        $dry = $false
        { New-ChatKitConnection -Emulator:$dry } | Should -Throw -ErrorId 'NotConnected,*'
        (New-ChatKitConnection $key -Emulator:$dry).Kind | Should -Be 'Live'
    }
}

Describe 'What names no thread deletes none' {
    It '<What>' -ForEach @(
        @{ What = 'a hash table'; Script = { @{ Id = $id } } }
        @{ What = 'a row of a user'; Script = { [pscustomobject]@{ User = 'round_1'; Name = $id } } }
        @{ What = 'a session'; Script = { New-ChatKitSession wf_1 user_1 -Connection (New-ChatKitConnection -Emulator) } }
        @{ What = 'a number'; Script = { 5 } }
        @{ What = 'a process'; Script = { Get-Process -Id $PID } }
        @{ What = 'an array in an array'; Script = { , @(, @($id)) } }
        @{ What = 'null'; Script = { $null } }
        @{ What = 'a blank'; Script = { '  ' } }
        @{ What = 'a wildcard'; Script = { 'cthr_*' } }
        @{ What = 'dots'; Script = { '..', '.' } }
        @{ What = 'slashes'; Script = { "../$id", "$id/../$id", "$id/" } }
        @{ What = 'the id of an item'; Script = { (Get-ChatKitThreadItem cthr_abc123 -Connection (New-ChatKitConnection -Emulator))[0].Id } }
        @{ What = 'an object of another type that came back from a job'; Script = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-Process -Id $PID))) } }
        @{ What = 'a row without an id'; Script = { [pscustomobject]@{ Name = $id } } }
        @{ What = 'a row whose id is a number'; Script = { [pscustomobject]@{ Id = 5 } } }
    ) {
        $id = @(New-Threads 1)[0]
        & $Script | Remove-ChatKitThread -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-Deleted | Should -BeNullOrEmpty
        $failed | Should -Not -BeNullOrEmpty
    }

    It 'and a refusal says why: <What>' -ForEach @(
        @{ What = 'a row without an id'; Bad = [pscustomobject]@{ Name = 'x' }; Message = '*a row with an Id, and this row has none.*' }
        @{ What = 'a row whose id is a number'; Bad = [pscustomobject]@{ Id = 5 }; Message = '*and the Id of this row is a System.Int32, not a string.*' }
        @{ What = 'a hash table'; Bad = @{ Id = 'x' }; Message = '*not by a System.Collections.Hashtable.*' }
    ) {
        { Remove-ChatKitThread -InputObject $Bad -Confirm:$false } | Should -Throw $Message
    }

    It 'but a row that was serialized names its thread: <What>' -ForEach @(
        @{ What = 'a row'; Script = { [pscustomobject]@{ Id = $args[0] } } }
        @{ What = 'a selection of a thread'; Script = { Get-ChatKitThread $args[0] | Select-Object Id, Title } }
        @{ What = 'a row of a CSV'; Script = { Get-ChatKitThread $args[0] | Export-Csv "$TestDrive/row.csv"; Import-Csv "$TestDrive/row.csv" } }
        @{ What = 'a thread'; Script = { Get-ChatKitThread $args[0] } }
    ) {
        $id = @(New-Threads 1)[0]
        $row = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((& $Script $id)))
        $row.PSObject.TypeNames[0] | Should -BeLike 'Deserialized.*'
        $row | Remove-ChatKitThread -Confirm:$false -ErrorAction Stop
        Get-Deleted | Should -Be $id
    }

    It 'and a row that came from a job' {
        $id = @(New-Threads 1)[0]
        Start-Job { [pscustomobject]@{ Id = $using:id } } | Receive-Job -Wait -AutoRemoveJob | Remove-ChatKitThread -Confirm:$false -ErrorAction Stop
        Get-Deleted | Should -Be $id
    }
}

Describe 'The question' {
    It 'is asked by default, and <What> asks or deletes nothing' -ForEach @(
        @{ What = 'No'; Answers = 'No', 'No'; Script = { param($ids) $ids | Remove-ChatKitThread } }
        @{ What = 'No to All'; Answers = @('No to All'); Script = { param($ids) $ids | Remove-ChatKitThread } }
        @{ What = '-WhatIf'; Answers = @(); Script = { param($ids) $ids | Remove-ChatKitThread -WhatIf } }
        @{ What = '$WhatIfPreference'; Answers = @(); Script = { param($ids) $WhatIfPreference = $true; $ids | Remove-ChatKitThread } }
        @{ What = 'a function with -WhatIf around it'; Answers = @(); Script = { param($ids) function Remove-All { [CmdletBinding(SupportsShouldProcess)] param($ids) $ids | Remove-ChatKitThread -Confirm:$false }; Remove-All $ids -WhatIf } }
        @{ What = '$ConfirmPreference of Low'; Answers = 'No', 'No'; Script = { param($ids) $ConfirmPreference = 'Low'; $ids | Remove-ChatKitThread } }
        @{ What = '-Confirm'; Answers = 'No', 'No'; Script = { param($ids) $ConfirmPreference = 'None'; $ids | Remove-ChatKitThread -Confirm } }
    ) {
        $ids = New-Threads 2
        $result = Invoke-Asked $Answers $Script (, $ids)
        $result.Questions.Count | Should -Be @($Answers).Count
        Get-Deleted | Should -BeNullOrEmpty
    }

    It 'is not asked for $ConfirmPreference of None' {
        $ids = New-Threads 2
        (Invoke-Asked @() { param($ids) $ConfirmPreference = 'None'; $ids | Remove-ChatKitThread } (, $ids)).Questions | Should -BeNullOrEmpty
        Get-Deleted | Sort-Object | Should -Be $ids
    }

    It 'cannot be asked of nobody: nothing is deleted' {
        $ids = New-Threads 2
        $shell = (Get-Process -Id $PID).Path
        $code = "Import-Module '$(Get-ManifestPath)'; Connect-ChatKit '$key' -BaseUri '$($server.BaseUri)'; '$($ids -join "','")' | Remove-ChatKitThread"
        $null = & $shell -NoProfile -NonInteractive -Command $code 2>&1
        Get-Deleted | Should -BeNullOrEmpty
    }

    It 'comes after the outcome of the one before, however slow that is' {
        $ids = New-Threads 4
        Add-LoopbackReply $server @{ target = $ids[0]; status = 403; body = '{"error":{"message":"No."}}'; delayMs = 300 }, @{ target = $ids[1]; delayMs = 300 }
        $result = Invoke-Asked 'Yes', 'Yes', 'Yes', 'No' { param($ids) $ids | Remove-ChatKitThread -PassThru } (, $ids)
        $result.Questions | ForEach-Object { ($_ -split ' \| ')[-1] } | Should -Be '0 written, 0 failed', '0 written, 1 failed', '1 written, 1 failed', '2 written, 1 failed'
    }

    It 'is short, however long the title is' {
        $null = New-Threads 1 ('x' * 1MB)
        $result = Invoke-Asked 'No' { param($user) Get-ChatKitThread -User $user | Remove-ChatKitThread } "round_$script:round"
        $result.Questions[0].Length | Should -BeLessThan 800
    }
}

Describe 'No deletion is without its record' {
    It 'with -ErrorAction Stop, where one in the middle fails' {
        $ids = New-Threads 8
        Add-LoopbackReply $server @{ target = $ids[2]; status = 403; body = '{"error":{"message":"No."}}' }, @{ target = $ids[0]; delayMs = 200 }, @{ target = $ids[3]; delayMs = 400 }
        $records = New-Object System.Collections.ArrayList
        { $ids | Remove-ChatKitThread -Confirm:$false -PassThru -ErrorAction Stop | ForEach-Object { $null = $records.Add($_) } } | Should -Throw -ErrorId 'Forbidden,*'
        $records.Id | Sort-Object | Should -Be (Get-Deleted | Sort-Object)
        $records.Count | Should -BeGreaterThan 2
    }

    It 'with $ErrorActionPreference of Stop, where two fail: the second is a warning' {
        $ids = New-Threads 4
        Add-LoopbackReply $server @{ target = "$($ids[1])|$($ids[3])"; times = 2; status = 403; body = '{"error":{"message":"No."}}'; delayMs = 200 }
        $ErrorActionPreference = 'Stop'
        $records = New-Object System.Collections.ArrayList
        $stopped = $null
        try { $ids | Remove-ChatKitThread -Confirm:$false -PassThru -WarningVariable warned 3>$null | ForEach-Object { $null = $records.Add($_) } } catch { $stopped = $_ }
        $stopped.TargetObject | Should -Be $ids[1]
        $records.Id | Should -Be $ids[0], $ids[2]
        "$warned" | Should -Match "Another deletion failed: Thread '$($ids[3])': No\."
    }

    It 'where whoever takes the records fails' {
        $ids = New-Threads 4
        Add-LoopbackReply $server @{ target = "$($ids[1])|$($ids[2])|$($ids[3])"; times = 3; delayMs = 300 }
        $proof = Join-Path $TestDrive 'thrown.csv'
        $result = Invoke-Asked @() { param($ids, $proof) $ids | Remove-ChatKitThread -Confirm:$false -PassThru -ProofPath $proof | ForEach-Object { throw 'downstream' } } $ids, $proof
        "$($result.Ended)" | Should -Match downstream
        (Import-Csv $proof | Where-Object Deleted -eq True).Id | Sort-Object | Should -Be (Get-Deleted | Sort-Object)
        $result.Warnings -join ' ' | Should -Match ([regex]::Escape("They were deleted: $($ids -join ', ')"))
    }

    It 'where the list fails that is piped in' {
        $ids = New-Threads 5
        Add-LoopbackReply $server @{ target = '/threads\?'; }, @{ target = '/threads\?'; status = 403; body = '{"error":{"message":"No."}}'; delayMs = 100 }, @{ target = $ids[0]; delayMs = 400 }
        $proof = Join-Path $TestDrive 'listed.csv'
        $result = Invoke-Asked @() { param($user, $proof) Get-ChatKitThread -User $user -Order Ascending -PageSize 3 -ErrorAction Stop | Remove-ChatKitThread -Confirm:$false -PassThru -ProofPath $proof } "round_$script:round", $proof
        "$($result.Ended)" | Should -Match 'No\.'
        $deleted = Get-Deleted
        $deleted.Count | Should -BeGreaterThan 0
        (Import-Csv $proof | Where-Object Deleted -eq True).Id | Sort-Object | Should -Be ($deleted | Sort-Object)
        $said = @($result.Output.Id) + @([regex]::Matches("$($result.Warnings)", 'cthr_\w+').Value) | Where-Object { $_ }
        $said | Sort-Object -Unique | Should -Be ($deleted | Sort-Object)
    }

    It 'with Ctrl+C: what is known is in the proof, and what is not is named' {
        $ids = New-Threads 4
        Add-LoopbackReply $server @{ target = $ids[0] }, @{ target = "$($ids[1])|$($ids[2])"; times = 2; delayMs = -1 }, @{ target = $ids[3] }
        $proof = Join-Path $TestDrive 'stopped.csv'
        $result = Invoke-Asked @() { param($ids, $proof) $ids | Remove-ChatKitThread -Confirm:$false -PassThru -ProofPath $proof } $ids, $proof -Stop {
            param($output) $output.Count -eq 1 -and (Get-LoopbackLoad $server).underWay -eq 2 -and (Get-Content $proof).Count -eq 3
        }
        $rows = Import-Csv $proof
        ($rows | Where-Object Deleted -eq True).Id | Sort-Object | Should -Be $ids[0], $ids[3]
        ($rows | Where-Object Deleted -eq Unknown).Id | Sort-Object | Should -Be $ids[1], $ids[2]
        $result.Warnings.Count | Should -Be 2
        $result.Warnings[0] | Should -Match "They were deleted: $($ids[3])$"
        $result.Warnings[1] | Should -Match "before it was known whether these threads were deleted: $($ids[1]), $($ids[2])$"
    }

    It 'and says nothing more where everything was written' {
        $ids = New-Threads 3
        (Invoke-Asked @() { param($ids) $ids | Remove-ChatKitThread -Confirm:$false -PassThru } (, $ids)).Warnings | Should -BeNullOrEmpty
        (Invoke-Asked @() { param($ids) $ids | Remove-ChatKitThread -Confirm:$false | Select-Object -First 1 } (, $ids)).Warnings | Should -BeNullOrEmpty
    }
}

Describe 'The proof' {
    It 'of -ProofPath has a line for every outcome, and goes on in the same file' {
        $ids = New-Threads 4 "Say `"hi`",`nand go"
        $proof = Join-Path $TestDrive 'proof.csv'
        $threads = Get-ChatKitThread $ids[0, 1]
        Add-LoopbackReply $server @{ target = $ids[1]; status = 403; body = '{"error":{"message":"No."}}' }, @{ target = $ids[2]; status = 502; body = 'x' }
        $threads | Remove-ChatKitThread -Confirm:$false -ProofPath $proof -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Remove-ChatKitThread $ids[2], $ids[3] -Confirm:$false -ProofPath $proof -ErrorAction SilentlyContinue
        $rows = Import-Csv $proof
        $rows.Count | Should -Be 4
        $rows[0].PSObject.Properties.Name | Should -Be 'Id', 'Deleted', 'Title', 'User', 'CreatedAt', 'RemovedAt', 'RequestId', 'Error', 'RecordedAt'
        $byId = @{}
        $rows | ForEach-Object { $byId[$_.Id] = $_ }
        $ids | ForEach-Object { $byId[$_].Deleted } | Should -Be 'True', 'False', 'Unknown', 'True'
        $ids | ForEach-Object { $byId[$_].Error } | Should -Be '', 'Forbidden', 'ServerError', ''
        $byId[$ids[0]].Title | Should -BeExactly "Say `"hi`",`nand go"
        $byId[$ids[0]].CreatedAt | Should -Be '2026-01-01T00:00:00Z'
        $byId[$ids[0]].RequestId | Should -BeLike 'req_*'
        [datetime] $byId[$ids[0]].RemovedAt | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        ($rows | Where-Object Deleted -eq True | Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable gone) | Should -BeNullOrEmpty
        Get-ErrorId $gone | Should -Be 'NotFound', 'NotFound'
    }

    It 'is on the disk before the record is in the pipeline' {
        $ids = New-Threads 3
        $proof = Join-Path $TestDrive 'before.csv'
        $lines = $ids | Remove-ChatKitThread -Confirm:$false -PassThru -ThrottleLimit 1 -ProofPath $proof | ForEach-Object { (Get-Content $proof -Raw).Contains($_.Id) }
        $lines | Should -Be $true, $true, $true
    }

    It 'has one writer: a second command is refused, and deletes nothing' {
        $ids = New-Threads 2
        $proof = Join-Path $TestDrive 'shared.csv'
        Add-LoopbackReply $server @{ target = $ids[0]; delayMs = -1 }
        $instance = New-PowerShellInstance { param($id, $proof, $key, $uri) Remove-ChatKitThread $id -Confirm:$false -ProofPath $proof -Connection (New-ChatKitConnection $key -BaseUri $uri) }
        try {
            $null = $instance.AddArgument($ids[0]).AddArgument($proof).AddArgument($key).AddArgument($server.BaseUri).BeginInvoke()
            Wait-Until { (Get-LoopbackLoad $server).underWay -eq 1 }
            { Remove-ChatKitThread $ids[1] -Confirm:$false -ProofPath $proof } | Should -Throw -ErrorId 'ProofUnwritable,*'
            $instance.Stop()
        }
        finally { $instance.Dispose() }
        Get-Deleted | Should -BeNullOrEmpty
        Remove-ChatKitThread $ids[1] -Confirm:$false -ProofPath $proof
        Import-Csv $proof | ForEach-Object { "$($_.Id) $($_.Deleted)" } | Should -Be "$($ids[0]) Unknown", "$($ids[1]) True"
        "$proof.lock" | Should -Not -Exist
    }

    It 'goes on after a line that was torn at any place' {
        $ids = New-Threads 12
        $proof = Join-Path $TestDrive 'torn.csv'
        Remove-ChatKitThread $ids[0] -Confirm:$false -ProofPath $proof
        $whole = [System.IO.File]::ReadAllText($proof)
        $row = $whole.IndexOf('"cthr_')
        for ($i = 1; $i -lt 12; $i++) {
            [System.IO.File]::WriteAllText($proof, $whole.Substring(0, $row + $i * [int](($whole.Length - $row) / 12)), (New-Object System.Text.UTF8Encoding $true))
            Remove-ChatKitThread $ids[$i] -Confirm:$false -ProofPath $proof
            (Import-Csv $proof)[-1].Id | Should -Be $ids[$i]
        }
    }

    It 'that is full ends the command, and names what it does not have' -Skip:(-not (Test-Path /dev/shm)) {
        $ids = New-Threads 3
        $proof = '/dev/full'
        { $ids | Remove-ChatKitThread -Confirm:$false -ProofPath $proof } | Should -Throw -ErrorId 'ProofUnwritable,*'
        Get-Deleted | Should -BeNullOrEmpty
    }

    It 'is not begun by -WhatIf, nor where every question is answered No' {
        $ids = New-Threads 1
        $proof = Join-Path $TestDrive 'never.csv'
        Remove-ChatKitThread $ids -WhatIf -ProofPath $proof
        $null = Invoke-Asked 'No' { param($ids, $proof) Remove-ChatKitThread $ids -ProofPath $proof } $ids, $proof
        $proof | Should -Not -Exist
    }

    It 'that cannot be written stops before the first deletion: <What>' -ForEach @(
        @{ What = 'another file'; Make = { Set-Content $args[0] 'Id,Name' } }
        @{ What = 'a folder'; Make = { $null = New-Item $args[0] -ItemType Directory } }
        @{ What = 'a folder that is not there'; Make = { $script:proof = Join-Path $args[0] 'none/proof.csv' } }
    ) {
        $ids = New-Threads 2
        $script:proof = Join-Path $TestDrive ([guid]::NewGuid())
        & $Make $script:proof
        { $ids | Remove-ChatKitThread -Confirm:$false -ProofPath $script:proof } | Should -Throw -ErrorId 'ProofUnwritable,*'
        Get-Deleted | Should -BeNullOrEmpty
        { $ids | Remove-ChatKitThread -Confirm:$false -ProofPath variable:x } | Should -Throw -ErrorId 'InvalidPath,*'
        { $ids | Remove-ChatKitThread -Confirm:$false -ProofPath $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-Deleted | Should -BeNullOrEmpty
    }

    It 'has the moment of the response, not that of the writing' {
        $ids = New-Threads 2
        $record = & { $ids[0]; Start-Sleep -Milliseconds 1500; $script:late = Get-Date; $ids[1] } | Remove-ChatKitThread -Confirm:$false -PassThru
        $record[0].RemovedAt | Should -BeLessThan $script:late.AddMilliseconds(-500)
    }

    It 'takes a 404 for success only as the API''s own, after an attempt that may have been carried out: <What>' -ForEach @(
        @{ What = 'after a 502'; First = @{ status = 502; body = 'x' }; Second = @{ status = 404; body = '{"error":{"message":"No such thread."}}' }; ErrorId = $null }
        @{ What = 'a body that does not say'; First = @{ status = 200; body = '{}'; times = 2 }; Second = $null; ErrorId = 'InvalidResponse' }
        @{ What = 'a page of a proxy after a 502'; First = @{ status = 502; body = 'x' }; Second = @{ status = 404; body = '<html>Not found</html>' }; ErrorId = 'NotFound' }
        @{ What = 'after a 429'; First = @{ status = 429; body = '{}' }; Second = @{ status = 404; body = '{"error":{"message":"No such thread."}}' }; ErrorId = 'NotFound' }
        @{ What = 'after a 409'; First = @{ status = 409; body = '{}' }; Second = @{ status = 404; body = '{"error":{"message":"No such thread."}}' }; ErrorId = 'NotFound' }
        @{ What = 'at once'; First = @{ status = 404; body = '{"error":{"message":"No such thread."}}' }; Second = $null; ErrorId = 'NotFound' }
    ) {
        $id = @(New-Threads 1)[0]
        $First.target = $id
        $First.headers = @{ 'retry-after-ms' = '1' }
        Add-LoopbackReply $server $First
        if ($Second) { $Second.target = $id; Add-LoopbackReply $server $Second }
        $patient = New-ChatKitConnection $key -BaseUri $server.BaseUri
        $record = Remove-ChatKitThread $id -Confirm:$false -PassThru -Connection $patient -ErrorAction SilentlyContinue -ErrorVariable failed
        Get-ErrorId $failed | Should -Be @($ErrorId | Where-Object { $_ })
        [bool] $record | Should -Be (-not $ErrorId)
    }
}

Describe 'The text of others' {
    It 'does not reach the terminal raw: <What>' -ForEach @(
        @{ What = 'Format-List on a record'; Script = { $record | Format-List } }
        @{ What = 'Format-Table on a record'; Script = { $record | Format-Table } }
        @{ What = 'Format-Wide on a record'; Script = { $record | Format-Wide } }
        @{ What = 'Format-Table on a session'; Script = { $session | Format-Table } }
        @{ What = 'Format-List on a session'; Script = { $session | Format-List } }
        @{ What = 'Format-Wide on items'; Script = { $items | Format-Wide } }
        @{ What = 'Format-Table on items'; Script = { $items | Format-Table } }
        @{ What = 'Format-Wide on threads'; Script = { $thread | Format-Wide } }
        @{ What = 'Format-List on threads'; Script = { $thread | Format-List } }
    ) {
        $esc = [char] 27
        $evil = "$esc]0;owned$([char] 7)$esc[2J"
        Set-Content "$TestDrive/evil.json" (ConvertTo-Json -Depth 9 @(@{ id = "cthr_$evil"; title = $evil; user = $evil; created_at = 1; items = @(@{ id = 'cthi_1'; type = 'chatkit.user_message'; content = @(@{ type = 'input_text'; text = $evil }) }) }))
        $evilProject = New-ChatKitConnection -Emulator -Seed "$TestDrive/evil.json"
        $thread = Get-ChatKitThread -Connection $evilProject
        $items = $thread | Get-ChatKitThreadItem -Connection $evilProject
        $record = $thread | Remove-ChatKitThread -Confirm:$false -PassThru -Connection $evilProject
        $session = New-ChatKitSession "wf_$evil" $evil -Connection $evilProject
        $shown = & $Script | Out-String
        $shown -replace '\x1b\[[\d;]*m' | Should -Not -Match '[\x1b\x07]'
        $shown | Should -Match 'owned'
    }
}
