# Threads into an archive, the archive tested, and asked in place of the API.

BeforeDiscovery {
    # What is asked of the project and of its archive alike.
    $questions = @(
        'Get-ChatKitThread'
        'Get-ChatKitThread -Order Ascending -PageSize 3'
        'Get-ChatKitThread -First 5 -PageSize 2'
        'Get-ChatKitThread -User user_123'
        'Get-ChatKitThread -User user_456, nobody, user_123'
        'Get-ChatKitThread -CreatedAfter (Get-Date).AddDays(-10)'
        'Get-ChatKitThread -CreatedBefore (Get-Date).AddDays(-10) -Order Ascending'
        'Get-ChatKitThread -After cthr_def456'
        'Get-ChatKitThread -Before cthr_ghi789 -Order Ascending'
        'Get-ChatKitThread cthr_ghi789, cthr_abc123'
        'Get-ChatKitThread | Get-ChatKitThreadItem'
        'Get-ChatKitThreadItem cthr_abc123 -Order Descending'
        'Get-ChatKitThreadItem cthr_abc123 -First 4 -PageSize 3'
        'Get-ChatKitThreadItem cthr_abc123 -After cthi_tool_004'
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $key = Get-TestKey
    $emulator = New-ChatKitConnection -Emulator
    $folder = Join-Path $TestDrive 'sample'
    $export = Export-ChatKitThread $folder -Connection $emulator
    $part = Join-Path $folder 'threads-00001.jsonl'

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_ }
        throw 'It did not fail.'
    }

    function Copy-Archive([string] $Name) {
        $copy = Join-Path $TestDrive $Name
        Copy-Item $folder $copy -Recurse
        $copy
    }
}

Describe 'Export-ChatKitThread' {
    It 'says what there is in the archive' {
        $export.Path | Should -Be $folder
        $export.Complete | Should -BeTrue
        $export.Threads | Should -Be 12
        $export.Items | Should -Be 37
        $export.Attachments | Should -Be 3
        $export.Bytes | Should -Be (Get-Item $part).Length
        $export.Written | Should -Be 12
        $export.Skipped, $export.Failed, $export.Gone | Should -Be 0, 0, 0
        $export.Elapsed | Should -BeOfType TimeSpan
    }

    It 'writes a line per thread, newest first, each as the API sent it' {
        $lines = [System.IO.File]::ReadAllLines($part)
        $threads = Get-ChatKitThread -Connection $emulator
        $lines.Count | Should -Be 12
        foreach ($n in 0..11) {
            $lines[$n] | Should -BeLike ('{"capturedAt":"*Z","thread":' + [WildcardPattern]::Escape($threads[$n].ToJson()) + ',"items":`[*],"sha256":"*"}')
            $items = (ConvertFrom-Json $lines[$n]).items
            @($items.id) | Should -Be @((Get-ChatKitThreadItem $threads[$n] -Connection $emulator).Id)
        }
    }

    It 'says in the manifest what it was, and no secret' {
        $server = Start-LoopbackServer
        try {
            $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri -Organization org_1 -Project proj_1
            $null = Export-ChatKitThread "$TestDrive/live" -User user_123 -CreatedAfter 2020-01-02T03:04:05Z -Connection $connection
        }
        finally { Stop-LoopbackServer $server }
        $text = [System.IO.File]::ReadAllText("$TestDrive/live/manifest.json")
        $text | Should -Not -Match ([regex]::Escape($key))
        $text | Should -Not -Match 'wxyz'
        $manifest = ConvertFrom-Json $text
        $manifest.complete | Should -BeTrue
        $manifest.project.baseUri, $manifest.project.organization, $manifest.project.project | Should -Be $server.BaseUri, 'org_1', 'proj_1'
        $manifest.query.users | Should -Be 'user_123'
        $text | Should -Match '"createdAfter": "2020-01-02T03:04:05'
        $manifest.parts[0].sha256 | Should -Be (Get-FileHash "$TestDrive/live/threads-00001.jsonl").Hash
    }

    It 'takes ids, threads, items and rows of a CSV from the pipeline, each thread once' {
        $connection = $emulator
        $threads = Get-ChatKitThread -First 2 -Connection $connection
        $items = Get-ChatKitThreadItem cthr_abc123 -First 2 -Connection $connection
        $row = [pscustomobject] @{ Id = 'cthr_def456' }
        $result = @('cthr_ghi789') + $threads + $items + $row + 'cthr_ghi789' | Export-ChatKitThread "$TestDrive/piped" -Connection $connection
        $result.Threads | Should -Be 5
        $result.Complete | Should -BeTrue
        (Get-ChatKitThread -Connection (New-ChatKitConnection -Archive "$TestDrive/piped")).Count | Should -Be 5
    }

    It 'exports nothing where nothing is piped, and says so' {
        $result = @() | Export-ChatKitThread "$TestDrive/none" -Connection $emulator
        $result.Threads | Should -Be 0
    }

    It 'exports the rest if a thread is missing, and is not complete' {
        $result = Export-ChatKitThread "$TestDrive/missing" -Id cthr_abc123, cthr_missing, '', cthr_def456 -Connection $emulator -ErrorAction SilentlyContinue -ErrorVariable failed
        $result.Threads | Should -Be 2
        $result.Failed | Should -Be 2
        $result.Complete | Should -BeFalse
        $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'NotFound', 'InvalidId'
        (Get-Content "$TestDrive/missing/manifest.json" -Raw | ConvertFrom-Json).failed.id | Should -Contain 'cthr_missing'
    }

    It 'with -WhatIf touches nothing' {
        Export-ChatKitThread "$TestDrive/whatif" -Connection $emulator -WhatIf
        Test-Path "$TestDrive/whatif" | Should -BeFalse
    }

    It 'leaves a complete archive as it is, unless it is to be brought up to date' {
        $copy = Copy-Archive 'again'
        $manifest = [System.IO.File]::ReadAllText("$copy/manifest.json")
        $result = Export-ChatKitThread $copy -Connection $emulator
        $result.Written, $result.Skipped, $result.Complete | Should -Be 0, 12, $true
        [System.IO.File]::ReadAllText("$copy/manifest.json") | Should -Be $manifest
    }

    It 'with -Update -SkipIdle passes over what is closed or was long quiet, and says how many' {
        $null = Export-ChatKitThread "$TestDrive/idle" -Connection $emulator
        $result = Export-ChatKitThread "$TestDrive/idle" -Update -SkipIdle 30.00:00:00 -Connection $emulator
        $result.Complete | Should -BeTrue
        $result.Idle | Should -Be @(Get-ChatKitThread -Connection $emulator | Where-Object {
                $newest = @($_ | Get-ChatKitThreadItem -Order Descending -First 1 -Connection $emulator) + $_
                $_.Status -eq 'closed' -or $newest[0].CreatedAt -lt (Get-Date).AddDays(-30)
            }).Count
        $result.Idle | Should -BeGreaterThan 0
        $result.Skipped | Should -BeGreaterThan 0
        $result.Idle + $result.Skipped | Should -Be $result.Threads
        $result | Out-String | Should -Match "(?m)^Idle +: $($result.Idle)"
    }

    It 'refuses -SkipIdle <Time> <Where>: <Message>' -ForEach @(
        @{ Time = '30'; Where = 'with -Update'; Message = 'quiet for 00:00:00.0000030 is not idle'; Options = @{ SkipIdle = 30; Update = $true } }
        @{ Time = '30.00:00:00'; Where = 'without -Update'; Message = 'only where an archive is brought up to date'; Options = @{ SkipIdle = '30.00:00:00' } }
    ) {
        $failure = Get-Failure { Export-ChatKitThread "$TestDrive/not-idle" @Options -Connection $emulator }
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidSkipIdle,*'
        $failure.Exception.Message | Should -Match $Message
        "$TestDrive/not-idle" | Should -Not -Exist
    }

    It 'with -Update appends what is new or changed, and marks what is gone' {
        $server = Start-LoopbackServer -Empty
        try {
            $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri
            Add-LoopbackThread $server 'cthr_1', 'cthr_2', 'cthr_3'
            $null = Export-ChatKitThread "$TestDrive/update" -Connection $connection
            Remove-ChatKitThread cthr_2 -Confirm:$false -Connection $connection
            Remove-ChatKitThread cthr_3 -Confirm:$false -Connection $connection
            Add-LoopbackThread $server 'cthr_3' @{ status = @{ type = 'closed'; reason = 'Done' } }
            Add-LoopbackThread $server 'cthr_4'
            Reset-LoopbackServer $server
            $result = Export-ChatKitThread "$TestDrive/update" -Update -Connection $connection
            @(Get-LoopbackJournal $server).Count | Should -Be 5   # The list, the items of each of its threads, and the thread that it lacks.
        }
        finally { Stop-LoopbackServer $server }
        $result.Written, $result.Skipped, $result.Gone, $result.Threads, $result.Complete | Should -Be 2, 1, 1, 4, $true
        $archive = New-ChatKitConnection -Archive "$TestDrive/update"
        (Get-ChatKitThread cthr_3 -Connection $archive).StatusReason | Should -Be 'Done'
        (Get-ChatKitThread -Connection $archive).Id | Sort-Object | Should -Be 'cthr_1', 'cthr_2', 'cthr_3', 'cthr_4'
        (Get-Content "$TestDrive/update/manifest.json" -Raw | ConvertFrom-Json).gone | Should -Be 'cthr_2'
        (Test-ChatKitArchive "$TestDrive/update").Problems | Should -BeNullOrEmpty
    }

    It 'leaves a folder that is removed like any other' {
        $copy = Copy-Archive 'removed'
        Remove-Item $copy -Recurse -ErrorAction Stop
        Test-Path $copy | Should -BeFalse
    }

    It 'copies an archive, and from it only what is wanted' {
        $result = Export-ChatKitThread "$TestDrive/copied" -User user_123 -Connection (New-ChatKitConnection -Archive $folder)
        $result.Threads | Should -Be @(Get-ChatKitThread -User user_123 -Connection $emulator).Count
        $result.Complete | Should -BeTrue
    }

    It 'shows with -Verbose what it asks for' {
        $lines = Export-ChatKitThread "$TestDrive/verbose" -Id cthr_abc123 -Connection $emulator -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        @($lines -match 'GET .*/chatkit/threads/cthr_abc123/items\S* -> 200').Count | Should -Be 1
    }
}

Describe 'A folder that cannot be exported to' {
    It 'holds something else: nothing in it is touched' {
        $null = New-Item "$TestDrive/photos" -ItemType Directory
        Set-Content "$TestDrive/photos/cat.txt" 'cat'
        $failure = Get-Failure { Export-ChatKitThread "$TestDrive/photos" -Connection $emulator }
        $failure.FullyQualifiedErrorId | Should -BeLike 'NotAnArchive,*'
        @(Get-ChildItem "$TestDrive/photos" -Force).Name | Should -Be 'cat.txt'
    }

    It 'is a file' {
        Set-Content "$TestDrive/file" 'x'
        (Get-Failure { Export-ChatKitThread "$TestDrive/file" -Connection $emulator }).Exception | Should -BeOfType ChatKit.Archive.ChatKitArchiveException
        Get-Content "$TestDrive/file" | Should -Be 'x'
    }

    It 'is of another project' {
        $server = Start-LoopbackServer
        try {
            $failure = Get-Failure { Export-ChatKitThread $folder -Update -Connection (New-ChatKitConnection $key -BaseUri $server.BaseUri) }
            @(Get-LoopbackJournal $server).Count | Should -Be 0
        }
        finally { Stop-LoopbackServer $server }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ArchiveMismatch,*'
        "$failure" | Should -BeLike '*https://emulator.invalid*'
    }

    It 'is of other threads' {
        (Get-Failure { Export-ChatKitThread $folder -User user_123 -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'ArchiveMismatch,*'
        (Get-Failure { 'cthr_abc123' | Export-ChatKitThread $folder -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'ArchiveMismatch,*'
    }

    It 'is being written by another' {
        $copy = Copy-Archive 'locked'
        $lock = [System.IO.File]::Open("$copy/archive.lock", 'OpenOrCreate', 'ReadWrite', 'None')
        try { $failure = Get-Failure { Export-ChatKitThread $copy -Update -Connection $emulator } }
        finally { $lock.Dispose() }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ArchiveLocked,*'
    }

    It 'is no folder at all' {
        (Get-Failure { Export-ChatKitThread env:nowhere -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'InvalidPath,*'
    }
}

Describe 'An archive that is damaged' {
    It '<What>: <Kind>' -ForEach @(
        @{ What = 'a letter is altered'; Kind = 'PartAltered'; Harm = { param($part) $text = [System.IO.File]::ReadAllText($part); [System.IO.File]::WriteAllText($part, $text.Replace('Customer', 'Cuss-omer').Replace('Cuss-omer', 'Custumer')) } }
        @{ What = 'its end is cut off'; Kind = 'PartAltered'; Harm = { param($part) $bytes = [System.IO.File]::ReadAllBytes($part); [System.IO.File]::WriteAllBytes($part, $bytes[0..($bytes.Length - 100)]) } }
        @{ What = 'a part is gone'; Kind = 'PartMissing'; Harm = { param($part) Remove-Item $part } }
    ) {
        $copy = Copy-Archive ('damaged ' + $What)
        & $Harm "$copy/threads-00001.jsonl"
        $test = Test-ChatKitArchive $copy
        $test.Complete | Should -BeFalse
        "$($test.Problems.Kind)" | Should -Match $Kind
        (Get-Failure { Connect-ChatKit -Archive $copy }).FullyQualifiedErrorId | Should -BeLike 'ArchiveDamaged,*'
        $archive = New-ChatKitConnection -Archive $copy -Force -WarningAction SilentlyContinue -WarningVariable warned
        "$warned" | Should -Match $Kind
        @(Get-ChatKitThread -Connection $archive).Count | Should -Be $test.Threads
    }

    It 'is not written to' {
        $copy = Copy-Archive 'cut'
        $bytes = [System.IO.File]::ReadAllBytes("$copy/threads-00001.jsonl")
        [System.IO.File]::WriteAllBytes("$copy/threads-00001.jsonl", $bytes[0..999])
        (Get-Failure { Export-ChatKitThread $copy -Update -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'ArchiveDamaged,*'
        (Get-Item "$copy/threads-00001.jsonl").Length | Should -Be 1000
    }

    It 'is not there' {
        (Get-Failure { Test-ChatKitArchive "$TestDrive/nowhere" }).FullyQualifiedErrorId | Should -BeLike 'ArchiveNotFound,*'
        (Get-Failure { Connect-ChatKit -Archive "$TestDrive/nowhere" }).FullyQualifiedErrorId | Should -BeLike 'ArchiveNotFound,*'
    }
}

Describe 'Connect-ChatKit -Archive' {
    BeforeAll { $archive = New-ChatKitConnection -Archive $folder }

    It 'answers as the project does: <_>' -ForEach $questions {
        $question = [scriptblock]::Create("param(`$Connection) `$PSDefaultParameterValues['*ChatKit*:Connection'] = `$Connection; $_")
        $expected = @(& $question $emulator)
        $expected.Count | Should -BeGreaterThan 0
        @(& $question $archive).ForEach('ToJson') | Should -Be $expected.ForEach('ToJson')
    }

    It 'says that a thread is not there as the project does' {
        (Get-Failure { Get-ChatKitThread cthr_missing -Connection $archive -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'refuses every change, before it asks' {
        foreach ($change in { Remove-ChatKitThread cthr_abc123 -Connection $archive }, { New-ChatKitSession wf user -Connection $archive }, { Stop-ChatKitSession cksess_1 -Connection $archive }) {
            $failure = Get-Failure $change
            $failure.FullyQualifiedErrorId | Should -BeLike 'ReadOnly,*'
            "$failure" | Should -BeLike "*the archive '$folder'*"
        }
    }

    It 'is shown as what it is' {
        $archive.Kind | Should -Be 'Archive'
        $archive.Archive | Should -Be $folder
        ($archive | Out-String) | Should -Match 'Archive +: .*sample'
    }

    It 'warns of one that is not complete' {
        $null = Export-ChatKitThread "$TestDrive/half" -Id cthr_abc123, cthr_missing -Connection $emulator -ErrorAction SilentlyContinue
        $half = New-ChatKitConnection -Archive "$TestDrive/half" -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match 'not complete'
        (Get-ChatKitThread -Connection $half).Id | Should -Be 'cthr_abc123'
    }
}

Describe 'An archive as proof' {
    It 'has one hash that says it is the same, given by what writes and what tests it' {
        $hash = (Get-FileHash (Join-Path $folder manifest.json)).Hash.ToLowerInvariant()
        $export.ManifestSha256 | Should -Be $hash
        (Test-ChatKitArchive $folder).ManifestSha256 | Should -Be $hash
    }

    It 'lists the versions of its threads, and is read as it stood' {
        $versions = Get-ChatKitArchiveVersion $folder
        $versions.Count | Should -Be 12
        @($versions.IsCurrent) | Should -Not -Contain $false
        (Get-ChatKitArchiveVersion $folder -Id cthr_abc123).Id | Should -Be 'cthr_abc123'
        $before = New-ChatKitConnection -Archive $folder -AsOf 2020-01-01 -WarningAction SilentlyContinue -WarningVariable warned
        @(Get-ChatKitThread -Connection $before).Count | Should -Be 0
        "$warned" | Should -Match 'was not complete'
        @(Get-ChatKitThread -Connection (New-ChatKitConnection -Archive $folder -AsOf ([DateTimeOffset]::Now))).Count | Should -Be 12
    }
}

Describe 'Test-ChatKitArchive down the pipeline' {
    BeforeAll {
        $null = Export-ChatKitThread "$TestDrive/several/[one]" -User user_123 -Connection $emulator
        $null = Export-ChatKitThread "$TestDrive/several/two" -User user_456 -Connection $emulator
        $null = New-Item "$TestDrive/several/none" -ItemType Directory
    }

    It 'takes what Get-ChildItem gives; a folder that is no archive is an error, and the next follows' {
        $tests = Get-ChildItem "$TestDrive/several" | Test-ChatKitArchive -ErrorVariable failures -ErrorAction SilentlyContinue
        $tests | ForEach-Object { Split-Path $_.Path -Leaf } | Should -BeExactly '[one]', 'two'
        $tests.Complete | Should -Be $true, $true
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NotAnArchive,*'
        $failures[0].TargetObject | Should -BeExactly (Get-Item "$TestDrive/several/none").FullName
    }

    It 'takes the result of an export' {
        (Export-ChatKitThread "$TestDrive/exported" -Connection $emulator | Test-ChatKitArchive).Threads | Should -Be 12
    }
}

Describe 'Repair-ChatKitArchive' {
    It 'makes a lost manifest anew, from which no copy is complete' {
        $copy = Copy-Archive 'lost'
        Remove-Item (Join-Path $copy manifest.json)
        $test = Repair-ChatKitArchive $copy
        $test.Complete, $test.Threads, $test.Items | Should -Be $false, 12, 37
        "$($test.Problems)" | Should -Match 'not known'
        $archive = New-ChatKitConnection -Archive $copy -WarningAction SilentlyContinue
        @(Get-ChatKitThread -Connection $archive).Count | Should -Be 12
        (Export-ChatKitThread "$TestDrive/of-repaired" -Connection $archive).Complete | Should -BeFalse
        (Test-ChatKitArchive "$TestDrive/of-repaired").Complete | Should -BeFalse
        (Get-Failure { Export-ChatKitThread $copy -Update -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'ArchiveMismatch,*'
    }

    It 'keeps a damaged manifest, and leaves a sound one alone' {
        $copy = Copy-Archive 'scratched'
        $manifest = Join-Path $copy manifest.json
        [System.IO.File]::WriteAllText($manifest, [System.IO.File]::ReadAllText($manifest).Replace('"complete": true', '"complete": True'))
        $null = Repair-ChatKitArchive $copy
        "$manifest.old" | Should -Exist
        (Get-Failure { Repair-ChatKitArchive $copy }).FullyQualifiedErrorId | Should -BeLike 'ArchiveNotRepaired,*'
    }

    It 'with -WhatIf writes nothing' {
        $copy = Copy-Archive 'what if'
        Remove-Item (Join-Path $copy manifest.json)
        Repair-ChatKitArchive $copy -WhatIf
        Join-Path $copy manifest.json | Should -Not -Exist
    }
}
