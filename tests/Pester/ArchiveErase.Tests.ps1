# Threads that are erased from an archive: nothing of them is left, and a kill at any moment leaves the old archive or the new.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    Connect-ChatKit -Emulator

    # The bytes as text, so that what stands in the middle of a line is found as well.
    function Find-Text([string] $Folder, [string] $Text) {
        Get-ChildItem $Folder -File | Where-Object { [System.IO.File]::ReadAllText($_.FullName).Contains($Text) } | ForEach-Object Name
    }
}

Describe 'Remove-ChatKitArchiveThread' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $null = Export-ChatKitThread $folder -Connection (New-ChatKitConnection -Emulator)
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
        $export = Export-ChatKitThread $folder -Update -Connection (New-ChatKitConnection -Emulator)
        $export.Erased, $export.Written, $export.Complete | Should -Be 1, 0, $true
        (Get-ChatKitArchiveVersion $folder).Id | Should -Not -Contain 'cthr_abc123'
    }
}
