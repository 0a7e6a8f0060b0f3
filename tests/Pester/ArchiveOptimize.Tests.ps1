# An archive that is made smaller: a kill at any moment leaves the old archive or the new one, and nothing is lost that was to stay.

BeforeDiscovery {
    $strace = Get-Command strace -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $skips = -not $strace -or $PSVersionTable.PSEdition -ne 'Core'

    # Instead of the call (with an error), or after it.
    $calls = @{
        'threads-00001-1.jsonl.gz' = 'openat', 'pwrite64', 'fsync', 'close'
        'manifest.json.new'        = 'openat', 'pwrite64', 'fsync', 'rename'
        'threads-00001.jsonl'      = , 'unlink'
        '.'                        = , 'fsync'
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

    # Twelve threads, of which one is there in two versions.
    $known = Join-Path $TestDrive known
    $seed = Join-Path $TestDrive seed.json
    foreach ($title in 'one', 'two') {
        $threads = 1..12 | ForEach-Object { @{ id = "cthr_$_"; title = if ($_ -eq 5) { $title } else { 'same' }; created_at = $_ } }
        ConvertTo-Json @($threads) | Set-Content $seed
        $null = Export-ChatKitThread $known -Update -Connection (New-ChatKitConnection -Emulator -Seed $seed)
    }

    function Get-ArchiveText([string] $Folder) {
        $archive = New-ChatKitConnection -Archive $Folder -WarningAction SilentlyContinue
        (Get-ChatKitThread -Connection $archive | ForEach-Object { "$($_.Id) $($_.Title)" }) -join "`n"
    }
    $content = Get-ArchiveText $known
}

Describe 'Optimize-ChatKitArchive' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        Copy-Item $known $folder -Recurse
    }

    It 'drops what is superseded, compresses, and says what it saved' {
        $saved = Optimize-ChatKitArchive $folder -Compress -Confirm:$false
        $saved.Changed, $saved.VersionsDropped, $saved.PartsBefore, $saved.PartsAfter | Should -Be $true, 1, 1, 1
        $saved.BytesAfter | Should -Be (Get-Item "$folder/threads-00001-1.jsonl.gz").Length
        $saved.Saved | Should -Be ($saved.BytesBefore - $saved.BytesAfter)
        (Test-ChatKitArchive $folder).Complete | Should -BeTrue
        (Test-ChatKitArchive $folder).ManifestSha256 | Should -Be $saved.ManifestSha256
        Get-ArchiveText $folder | Should -Be $content
        @(Get-ChatKitArchiveVersion $folder).Count | Should -Be 12
        @(Find-ChatKitThreadItem two -IncludeTitle -Connection (New-ChatKitConnection -Archive $folder)).ThreadId | Should -Be cthr_5
    }

    It 'changes nothing with -WhatIf, and says so where there is nothing to do' {
        $before = (Get-FileHash "$folder/manifest.json").Hash
        Optimize-ChatKitArchive $folder -Compress -WhatIf | Should -BeNullOrEmpty
        $said = Optimize-ChatKitArchive $folder -KeepVersions -Verbose 4>&1
        "$($said[0])" | Should -BeLike 'There is nothing to optimize*'
        $said[1].Changed, $said[1].Saved | Should -Be $false, 0
        (Get-FileHash "$folder/manifest.json").Hash | Should -Be $before
    }

    It 'warns as of a moment whose versions are gone, and not of one since' {
        $first = (Get-ChatKitArchiveVersion $folder -Id cthr_5)[0].CapturedAt
        $since = (Optimize-ChatKitArchive $folder -Confirm:$false).VersionsSince
        $null = New-ChatKitConnection -Archive $folder -AsOf $first -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*every version since*'
        $null = New-ChatKitConnection -Archive $folder -AsOf $since.AddDays(1) -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
    }

    It 'keeps what was superseded after -Before' {
        (Optimize-ChatKitArchive $folder -Before 2020-01-01 -Confirm:$false).VersionsDropped | Should -Be 0
        @(Get-ChatKitArchiveVersion $folder).Count | Should -Be 13
    }

    It 'is brought up to date in a new part, and made one again' {
        $null = Optimize-ChatKitArchive $folder -KeepVersions -Compress
        ConvertTo-Json @(@{ id = 'cthr_13'; created_at = 13 }) | Set-Content "$TestDrive/more.json"
        $more = New-ChatKitConnection -Emulator -Seed "$TestDrive/more.json"
        $null = Export-ChatKitThread $folder -Update -AllowDisappearance -Connection $more
        (Get-Item "$folder/threads*").Name | Should -Be 'threads-00001-1.jsonl.gz', 'threads-00002.jsonl'
        $saved = Get-Item $folder | Optimize-ChatKitArchive -Compress -Confirm:$false
        $saved.PartsBefore, $saved.PartsAfter | Should -Be 2, 1
        (Get-Item "$folder/threads*").Name | Should -Be 'threads-00001-00002-2.jsonl.gz'
        (Test-ChatKitArchive $folder).Complete, (Test-ChatKitArchive $folder).Threads | Should -Be $true, 13
    }
}

Describe 'An optimization that is killed at a system call' -Skip:$skips {
    It 'leaves the old archive or the new one, and the next run leaves nothing: <Call> of <File>, instead: <Instead>' -ForEach $kills {
        $copy = Join-Path $TestDrive "$Call-$Instead-$($File -replace '\W', '-')"
        Copy-Item $known $copy -Recurse
        $script = Join-Path $TestDrive traced.ps1
        Set-Content $script "Import-Module '$(Get-ManifestPath)'`nOptimize-ChatKitArchive '$copy' -Compress -Confirm:`$false"
        $shell = (Get-Process -Id $PID).Path
        $inject = "inject=$Call$(if ($Instead) { ':error=EINTR' }):signal=KILL:when=1"
        $path = if ($File -eq '.') { $copy } else { Join-Path $copy $File }
        $null = strace -f -qq -o "$TestDrive/trace.log" -e "trace=$Call" -e $inject -P $path $shell -NoProfile -NonInteractive -File $script 2>&1
        $LASTEXITCODE | Should -Be 137

        $test = Test-ChatKitArchive $copy
        @($test.Problems | Where-Object Kind -ne PartLeftOver) | Should -BeNullOrEmpty
        Get-ArchiveText $copy | Should -Be $content
        @(Get-ChatKitArchiveVersion $copy).Count | Should -BeIn 12, 13

        $null = Optimize-ChatKitArchive $copy -Compress -Confirm:$false
        (Get-Item "$copy/threads*").Name | Should -Be 'threads-00001-1.jsonl.gz'
        $test = Test-ChatKitArchive $copy
        $test.Complete, $test.Threads | Should -Be $true, 12
        Get-ArchiveText $copy | Should -Be $content
    }
}
