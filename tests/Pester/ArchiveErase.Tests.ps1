# Threads that are erased from an archive: nothing of them is left, and a kill at any moment leaves the old archive or the new.

BeforeDiscovery {
    $strace = Get-Command strace -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $skips = -not $strace -or $PSVersionTable.PSEdition -ne 'Core'

    # Instead of the call (with an error), or after it.
    $calls = @{
        'threads-00001-1.jsonl' = 'openat', 'pwrite64', 'fsync', 'close'
        'manifest.json.new'     = 'openat', 'pwrite64', 'fsync', 'rename'
        'threads-00001.jsonl'   = , 'unlink'
        '.'                     = , 'fsync'
    }
    $kills = foreach ($file in $calls.Keys) {
        foreach ($call in $calls[$file]) {
            foreach ($instead in $true, $false) { @{ File = $file; Call = $call; Instead = $instead } }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    Connect-ChatKit -Emulator
    $known = Join-Path $TestDrive known
    $null = Export-ChatKitThread $known

    # The bytes as text, so that what stands in the middle of a line is found as well.
    function Find-Text([string] $Folder, [string] $Text) {
        Get-ChildItem $Folder -File | Where-Object { [System.IO.File]::ReadAllText($_.FullName).Contains($Text) } | ForEach-Object Name
    }
}

Describe 'Remove-ChatKitArchiveThread' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $emulator = New-ChatKitConnection -Emulator
        $null = Export-ChatKitThread $folder -Connection $emulator
    }

    It 'leaves nothing of a thread but a tombstone, and a whole archive' {
        $record = Remove-ChatKitArchiveThread $folder cthr_abc123 -PassThru -Confirm:$false
        $record.Id, $record.Versions, $record.Path | Should -Be 'cthr_abc123', 1, $folder
        Find-Text $folder 'cthr_abc123' | Should -Be 'manifest.json'
        $test = Test-ChatKitArchive $folder
        $test.Complete, $test.Threads | Should -Be $true, 11
    }

    It 'leaves not even that with -NoTombstone' {
        Remove-ChatKitArchiveThread $folder cthr_abc123 -NoTombstone -Confirm:$false | Should -BeNullOrEmpty
        Find-Text $folder 'cthr_abc123' | Should -BeNullOrEmpty
        (Test-ChatKitArchive $folder).Complete | Should -BeTrue
    }

    It 'erases all threads of a user' {
        Remove-ChatKitArchiveThread $folder -User user_123 -Confirm:$false
        (Test-ChatKitArchive $folder).Threads | Should -Be 8
        Get-ChildItem $folder -Filter *.jsonl | ForEach-Object { Find-Text $folder 'user_123' } | Should -BeNullOrEmpty
    }

    It 'takes no null and nothing empty for all' {
        { Remove-ChatKitArchiveThread $folder -User $null -Confirm:$false } | Should -Throw
        { Remove-ChatKitArchiveThread $folder -User @() -Confirm:$false } | Should -Throw
        { Remove-ChatKitArchiveThread $folder -User '' -Confirm:$false } | Should -Throw
        Remove-ChatKitArchiveThread $folder -Id @() -Confirm:$false
        @() | Remove-ChatKitArchiveThread $folder -Confirm:$false
        (Test-ChatKitArchive $folder).Threads | Should -Be 12
    }

    It 'says what is not there, and erases the rest' {
        $rows = [pscustomobject] @{ Id = 'cthr_none' }, [pscustomobject] @{ Id = '' }, [pscustomobject] @{ Id = 'cthr_def456' }
        $rows | Remove-ChatKitArchiveThread $folder -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId -replace ',.*' | Should -Be 'InvalidId', 'NotInArchive'
        (Test-ChatKitArchive $folder).Threads | Should -Be 11
    }

    It 'erases nothing with -WhatIf' {
        $before = (Get-FileHash (Join-Path $folder manifest.json)).Hash
        Remove-ChatKitArchiveThread $folder -User user_123 -WhatIf
        (Get-FileHash (Join-Path $folder manifest.json)).Hash | Should -Be $before
    }

    It 'does not let an export bring the thread back' {
        Remove-ChatKitArchiveThread $folder cthr_abc123 -Confirm:$false
        $export = Export-ChatKitThread $folder -Update -Connection $emulator
        $export.Erased, $export.Written, $export.Complete | Should -Be 1, 0, $true
        (Get-ChatKitArchiveVersion $folder).Id | Should -Not -Contain 'cthr_abc123'
    }
}

Describe 'An erasure that is killed at a system call' -Skip:$skips {
    It 'leaves the old archive or the new one, and the next run leaves nothing: <Call> of <File>, instead: <Instead>' -ForEach $kills {
        $copy = Join-Path $TestDrive "$Call-$Instead-$($File -replace '\W', '-')"
        Copy-Item $known $copy -Recurse
        $script = Join-Path $TestDrive traced.ps1
        Set-Content $script "Import-Module '$(Get-ManifestPath)'`nRemove-ChatKitArchiveThread '$copy' cthr_abc123 -NoTombstone -Confirm:`$false"
        $shell = (Get-Process -Id $PID).Path
        $inject = "inject=$Call$(if ($Instead) { ':error=EINTR' }):signal=KILL:when=1"
        $path = if ($File -eq '.') { $copy } else { Join-Path $copy $File }
        $null = strace -f -qq -o "$TestDrive/trace.log" -e "trace=$Call" -e $inject -P $path $shell -NoProfile -NonInteractive -File $script 2>&1
        $LASTEXITCODE | Should -Be 137

        $test = Test-ChatKitArchive $copy
        @($test.Problems | Where-Object Kind -ne PartLeftOver) | Should -BeNullOrEmpty
        if ($Call -eq 'rename' -and -not $Instead) { $test.Threads | Should -BeIn 11, 12 }   # The kill may come before it.
        else { $test.Threads | Should -Be $(if ($Call -eq 'unlink') { 11 } else { 12 }) }

        Remove-ChatKitArchiveThread $copy cthr_abc123 -NoTombstone -Confirm:$false -ErrorAction SilentlyContinue
        Find-Text $copy 'cthr_abc123' | Should -BeNullOrEmpty
        $test = Test-ChatKitArchive $copy
        $test.Complete, $test.Threads | Should -Be $true, 11
    }
}
