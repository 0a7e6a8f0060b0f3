# The recipes about archives, as Recipes.Tests.ps1 has the others.

BeforeDiscovery {
    $hasDuckDB = (Get-Command duckdb -ErrorAction Ignore) -or
        ((Get-Command node -ErrorAction Ignore) -and (Test-Path (Join-Path (Split-Path $PSScriptRoot) 'DuckDB/node_modules/@duckdb/node-api')))
}

BeforeAll { . (Join-Path $PSScriptRoot 'RecipeSupport.ps1') }

AfterAll { Clear-Recipe }

Describe 'Invoke-PrivacyRequest' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'archives, deletes, proves' {
        $before = Get-ChatKitThread -User user_123
        $others = @(Get-ChatKitThread).Count - $before.Count
        $ConfirmPreference = 'None'
        $outcome = Invoke-Page Invoke-PrivacyRequest
        @(Get-ChatKitThread -User user_123).Count | Should -Be 0
        @(Get-ChatKitThread).Count | Should -Be $others
        $outcome.Archived, $outcome.Deleted, $outcome.Left | Should -Be $before.Count, $before.Count, 0

        (Test-ChatKitArchive request-2026-017/archive).Complete | Should -BeTrue
        (Get-ChatKitThread -Connection (New-ChatKitConnection -Archive request-2026-017/archive)).Id | Sort-Object | Should -Be ($before.Id | Sort-Object)
        $proof = Import-Csv request-2026-017/proof.csv
        $proof.Id | Sort-Object | Should -Be ($before.Id | Sort-Object)
        $proof | ForEach-Object { $_.RemovedAt, $_.CreatedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'; $_.RequestId | Should -Match '\S'; $_.Deleted | Should -Be 'True' }
        $json = Get-Content request-2026-017/request.json -Raw | ConvertFrom-Json
        $json.User, $json.Left, $json.ManifestSha256 | Should -Be 'user_123', 0, (Get-FileHash request-2026-017/archive/manifest.json).Hash

        # Again: there is nothing left, and the proof stays.
        $again = ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-2026-017
        $again.Archived, $again.Deleted, $again.Left | Should -Be $before.Count, 0, 0
        @(Import-Csv request-2026-017/proof.csv).Count | Should -Be $before.Count
        $null = . ([scriptblock]::Create(@(Get-Block Invoke-PrivacyRequest powershell)[1]))
        @(Get-ChildItem pages/threads).Count | Should -Be $before.Count
    }

    It 'erases the user from other archives, and nobody else' {
        $null = Export-ChatKitThread archive
        $null = Export-ChatKitThread others -User user_456
        $before = @(Get-ChatKitThread -User user_123).Count
        $all = @(Get-ChatKitThread).Count
        $command = @(Get-Block Invoke-PrivacyRequest powershell)[2]
        $command | Should -Match '-EraseFrom ./archive$'
        $outcome = . ([scriptblock]::Create($command.Replace('request-2026-017', 'request-erase') + ', ./others -Confirm:$false'))
        $outcome.Erased | Should -Be $before
        $erased = Import-Csv request-erase/erased.csv
        $erased.Id | Sort-Object | Should -Be ((Import-Csv request-erase/proof.csv).Id | Sort-Object)
        $erased[0].ErasedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$'
        $test = Test-ChatKitArchive archive
        $test.Complete, $test.Threads | Should -Be $true, ($all - $before)
        [IO.File]::ReadAllText((Resolve-Path archive/threads-*.jsonl)) | Should -Not -Match 'user_123'
        (Test-ChatKitArchive others).Complete | Should -BeTrue

        # Again: there is nothing to erase, and the record stays.
        (./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-erase -EraseFrom ./archive -Confirm:$false).Erased | Should -Be 0
        @(Import-Csv request-erase/erased.csv).Count | Should -Be $before
        Remove-Item archive, others -Recurse
    }

    It 'erases from no archive what is left on the server, and fails where an archive is damaged' {
        $server = Start-LoopbackServer
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            $null = Export-ChatKitThread archive
            Add-LoopbackReply $server @{ target = '/threads/cthr_abc123$'; status = 500; body = '{}' }
            { ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-left -EraseFrom archive -Confirm:$false 2>$null } | Should -Throw 'Not every thread of user_123*'
            @(Get-ChatKitThread -User user_123 -Connection (New-ChatKitConnection -Archive archive)).Count | Should -BeGreaterThan 1
            [IO.File]::WriteAllText((Resolve-Path archive/manifest.json), '{')
            { ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-left -EraseFrom archive -Confirm:$false 2>$null } | Should -Throw 'Not every thread of user_123*'
            'request-left/erased.csv' | Should -Not -Exist
        }
        finally {
            Stop-LoopbackServer $server
            Remove-Item archive -Recurse
        }
    }

    It 'with -WhatIf touches nothing' {
        $before = @(Get-ChatKitThread).Count
        ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-whatif -WhatIf | Should -BeNullOrEmpty
        'request-whatif' | Should -Not -Exist
        @(Get-ChatKitThread).Count | Should -Be $before
    }

    It 'deletes nothing where the archive is not whole' {
        $server = Start-LoopbackServer
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            $before = @(Get-ChatKitThread).Count
            Add-LoopbackReply $server @{ target = '/threads/cthr_abc123/items'; status = 500; body = '{}'; times = 9 }
            { ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-broken -Confirm:$false 2>$null } | Should -Throw 'The archive in * is not whole*'
            @(Get-LoopbackJournal $server | Where-Object method -eq DELETE).Count | Should -Be 0
            @(Get-ChatKitThread).Count | Should -Be $before
        }
        finally { Stop-LoopbackServer $server }
    }

    It 'deletes nothing where the list has threads of others' {
        $server = Start-LoopbackServer
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri
            Add-LoopbackReply $server @{ target = 'user=user_123'; times = 2; status = 200; body = '{"object":"list","data":[{"id":"cthr_def456","object":"chatkit.thread","created_at":1700000000,"status":{"type":"active"},"user":"user_456"}],"has_more":false}' }
            { ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-others -Confirm:$false } | Should -Throw "*one of 'user_456' came*"
            @(Get-LoopbackJournal $server).Count | Should -Be 2   # Once more, over a connection of its own.
            'request-others' | Should -Not -Exist
        }
        finally { Stop-LoopbackServer $server }
    }

    It 'fails, and has proof of the rest, where one thread is not deleted' {
        $server = Start-LoopbackServer
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            $count = @(Get-ChatKitThread -User user_123).Count
            Add-LoopbackReply $server @{ target = '/threads/cthr_abc123$'; status = 500; body = '{}' }   # The archive has the thread from the list.
            { ./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-half -Confirm:$false 2>$null } | Should -Throw 'Not every thread of user_123*'
            @(Import-Csv request-half/proof.csv | Where-Object Deleted -eq True).Count | Should -Be ($count - 1)
            @(Import-Csv request-half/proof.csv).Count | Should -Be $count
            (Get-Content request-half/request.json -Raw | ConvertFrom-Json).Left | Should -Be 1
            (./Invoke-PrivacyRequest.ps1 -User user_123 -Path request-half -Confirm:$false).Left | Should -Be 0
            @(Import-Csv request-half/proof.csv | Where-Object Deleted -eq True).Count | Should -Be $count
        }
        finally { Stop-LoopbackServer $server }
    }
}

Describe 'Update-NightlyArchive' {
    BeforeAll {
        $server = Start-LoopbackServer
        $env:OPENAI_BASE_URL = $server.BaseUri
        $env:OPENAI_API_KEY = $key

        # The page's own command, with this PowerShell in the place of pwsh.
        $command = @(Get-Block Update-NightlyArchive powershell)[0]
        function Invoke-Night { Invoke-Shell ($command -replace '^pwsh -NoProfile ' -split ' ') }
    }

    AfterAll {
        Stop-LoopbackServer $server
        Clear-TestEnvironment
    }

    It 'exits with 0 where the archive is whole, the first night and the next' {
        $command | Should -Match '^pwsh -NoProfile '
        foreach ($night in 1, 2) {
            $printed = Invoke-Night
            $LASTEXITCODE | Should -Be 0
            Get-Shape $printed | Should -Be (Get-Shape (@(Get-Block Update-NightlyArchive text)[0] -split "`n"))
        }
        (Test-ChatKitArchive archive).Complete | Should -BeTrue
    }

    It 'exits with 2, and says why, where a thread cannot be fetched' {
        Add-LoopbackReply $server @{ target = '/threads/cthr_abc123/items'; status = 400; body = '{}' }
        $printed = Invoke-Night
        $LASTEXITCODE | Should -Be 2
        Get-Unwrapped $printed | Should -Match 'WARNING:.*cthr_abc123'
    }

    It 'exits with 1 where it cannot be brought up to date: <What>' -ForEach @(
        @{ What = 'no key'; Argument = '-Path', './archive'; Variable = @{ OPENAI_API_KEY = $null }; Says = 'OPENAI_API_KEY' }
        @{ What = 'another project'; Argument = '-Path', './archive'; Variable = @{ OPENAI_PROJECT_ID = 'proj_other' }; Says = 'project' }
        @{ What = 'a folder of something else'; Argument = '-Path', '.'; Variable = @{}; Says = 'holdssomethingelse|notanarchive|noarchive' }
    ) {
        $before = @{}
        foreach ($name in $Variable.Keys) { $before[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $Variable[$name]) }
        try { $printed = Invoke-Shell (@('-File', './Update-NightlyArchive.ps1') + $Argument) }
        finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
        $LASTEXITCODE | Should -Be 1
        Get-Unwrapped $printed | Should -Match $Says
    }

    It 'exits with 1, and changes nothing, where what was written before is damaged since' {
        $null = Invoke-Night
        $LASTEXITCODE | Should -Be 0
        $part = (Resolve-Path ./archive/threads-00001.jsonl).Path
        [IO.File]::WriteAllText($part, [IO.File]::ReadAllText($part).Replace('Customer', 'Custumer'))
        $hash = (Get-FileHash $part).Hash
        $printed = Invoke-Night
        $LASTEXITCODE | Should -Be 1
        (Get-FileHash $part).Hash | Should -Be $hash
        Get-Unwrapped $printed | Should -Match 'threads-00001.jsonl'
    }
}

Describe 'Confirm-Archive' {
    It 'records the hash once, and confirms it' {
        Connect-ChatKit -Emulator
        if (Test-Path archive) { Remove-Item archive -Recurse }   # That of another project.
        $null = Export-ChatKitThread archive
        $first = Invoke-Page Confirm-Archive
        $first.ManifestSha256 | Should -Be (Get-FileHash archive/manifest.json).Hash
        $again = ./Confirm-Archive.ps1 -Path ./archive -Record ./archive.sha256
        $again.Recorded, $again.ManifestSha256 | Should -Be 'before', $first.ManifestSha256
        if (Get-Command sha256sum -ErrorAction Ignore) {
            Push-Location archive
            try { sha256sum -c ../archive.sha256 | Should -Be 'manifest.json: OK' } finally { Pop-Location }
        }
    }

    It 'fails where the archive is damaged, or is another' {
        $part = (Resolve-Path archive/threads-00001.jsonl).Path
        $text = [IO.File]::ReadAllText($part)
        [IO.File]::WriteAllText($part, $text.Replace('Customer', 'Custumer'))
        { ./Confirm-Archive.ps1 -Path ./archive -Record ./archive.sha256 } | Should -Throw 'The archive in * is damaged*'
        [IO.File]::WriteAllText($part, $text)
        $null = Export-ChatKitThread archive -Update
        { ./Confirm-Archive.ps1 -Path ./archive -Record ./archive.sha256 } | Should -Throw 'The archive in * is not the one of the record*'
        $null = ./Confirm-Archive.ps1 -Path ./archive -Record ./archive-2.sha256
        [IO.File]::ReadAllText((Resolve-Path archive.sha256)) | Should -Not -Be ([IO.File]::ReadAllText((Resolve-Path archive-2.sha256)))
        Remove-Item archive -Recurse
    }
}

Describe 'Update-LegalHold' {
    BeforeAll {
        $server = Start-LoopbackServer
        Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
    }

    AfterAll { Stop-LoopbackServer $server }

    It 'seals each state, keeps what is deleted, and reads it as of a date' {
        $before = Get-ChatKitThread -User user_123
        $first = Invoke-Page Update-LegalHold
        $first.ManifestSha256 | Should -Be (Get-FileHash hold-2026-04/archive/manifest.json).Hash
        $null = . ([scriptblock]::Create(@(Get-Block Update-LegalHold powershell)[1]))
        (Get-ChatKitThread).Id | Sort-Object | Should -Be ($before.Id | Sort-Object)

        Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
        Remove-ChatKitThread cthr_abc123 -Confirm:$false
        $second = ./Update-LegalHold.ps1 -User user_123 -Path ./hold-2026-04
        $second.Threads, $second.Complete, $second.Accepted | Should -Be $before.Count, $true, $false
        $seals = Import-Csv hold-2026-04/seals.csv
        $seals.ManifestSha256 | Should -Be $first.ManifestSha256, $second.ManifestSha256
        (Get-ChatKitThread cthr_abc123 -Connection (New-ChatKitConnection -Archive hold-2026-04/archive)).Id | Should -Be cthr_abc123
    }

    It 'writes nothing to an archive that is not as it was sealed, unless that is accepted' {
        $null = Export-ChatKitThread hold-2026-04/archive -User user_123 -Update
        $hash = (Get-FileHash hold-2026-04/archive/manifest.json).Hash
        { ./Update-LegalHold.ps1 -User user_123 -Path ./hold-2026-04 } | Should -Throw '* is not as it was sealed*'
        (Get-FileHash hold-2026-04/archive/manifest.json).Hash | Should -Be $hash
        (./Update-LegalHold.ps1 -User user_123 -Path ./hold-2026-04 -AcceptChange).Accepted | Should -BeTrue
        (./Update-LegalHold.ps1 -User user_123 -Path ./hold-2026-04).Accepted | Should -BeFalse
    }

    It 'seals what it has, and fails, where a thread cannot be fetched' {
        Add-LoopbackReply $server @{ target = '/threads/cthr_def456/items'; status = 500; body = '{}' }
        { ./Update-LegalHold.ps1 -User user_456 -Path ./hold-half 2>$null } | Should -Throw '* does not have everything*'
        (Import-Csv hold-half/seals.csv).Complete | Should -Be False
        (./Update-LegalHold.ps1 -User user_456 -Path ./hold-half).Complete | Should -BeTrue
    }

    It 'takes an archive that was never sealed for none of its own' {
        $null = Export-ChatKitThread hold-other/archive -User user_123
        { ./Update-LegalHold.ps1 -User user_123 -Path ./hold-other } | Should -Throw '* is not as it was sealed*'
    }
}

Describe 'Find-ToldUser' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'finds the same users in the project and in an archive' {
        $told = Invoke-Page Find-ToldUser
        $rows = Import-Csv told.csv
        $rows.Excerpt | ForEach-Object { $_ | Should -Match 'has been refunded' }
        $rows.User | Sort-Object -Unique | Should -Be $told.User
        $archived = . ([scriptblock]::Create(@(Get-Block Find-ToldUser powershell)[1].Replace(' -CreatedAfter 2026-01-01', '')))
        $archived.User | Should -Be $told.User
        Import-Csv told.csv | ForEach-Object ItemId | Should -Be $rows.ItemId
        @(./Find-ToldUser.ps1 'has been refunded' -Path none.csv -CreatedAfter 2100-01-01).Count | Should -Be 0
    }

    It 'warns where the archive is not complete' {
        $manifest = (Resolve-Path archive/manifest.json).Path
        Remove-Item $manifest
        $null = Repair-ChatKitArchive archive -Confirm:$false
        $null = ./Find-ToldUser.ps1 'has been refunded' -Path told.csv -Archive archive -WarningVariable warned 3>$null
        "$warned" | Should -Match 'does not have everything'
        Remove-Item archive -Recurse
    }

    It 'keeps the older file where the search breaks off' {
        $server = Start-LoopbackServer
        try {
            Set-Content told.csv 'as it was'
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            Add-LoopbackReply $server @{ target = '/threads/cthr_abc123/items'; status = 500; body = '{}' }
            { ./Find-ToldUser.ps1 'has been refunded' -Path told.csv } | Should -Throw
            Get-Content told.csv | Should -Be 'as it was'
        }
        finally { Stop-LoopbackServer $server }
    }
}

Describe 'Invoke-ArchiveQuery' {
    BeforeEach { Connect-ChatKit -Emulator }

    BeforeAll {
        if (-not (Get-Command duckdb -ErrorAction Ignore)) {
            $standIn = Get-RepositoryPath 'tests/DuckDB/duckdb.js'
            function duckdb { node $standIn @args }
        }

        $folder = Join-Path $TestDrive 'sql'
        $null = New-Item $folder -ItemType Directory
        Copy-Item "$work/Invoke-ArchiveQuery*" $folder
        Push-Location $folder
    }

    AfterAll { Pop-Location }

    It 'asks the sample project' -Skip:(-not $hasDuckDB) {
        $null = Export-ChatKitThread archive
        $rows = Invoke-Page Invoke-ArchiveQuery
        foreach ($group in Get-ChatKitThread | Group-Object Status) { ($rows | Where-Object status -eq $group.Name).threads | Should -Be $group.Count }
    }

    It 'has the threads and items that PowerShell reads' -Skip:(-not $hasDuckDB) {
        Connect-ChatKit -Archive archive
        $rows = ./Invoke-ArchiveQuery.ps1 -Path archive -Query 'select * exclude items from threads order by created_at desc'
        $threads = Get-ChatKitThread
        $rows.id | Should -Be $threads.Id
        $rows.title | Should -Be @($threads | ForEach-Object { "$($_.Title)" })
        $rows.status_reason | Should -Be @($threads | ForEach-Object { "$($_.StatusReason)" })
        $rows.end_user | Should -Be @($threads | ForEach-Object { "$($_.User)" })
        $rows.created_at | Should -Be @($threads | ForEach-Object { $_.CreatedAt.ToUniversalTime().ToString('yyyy-MM-dd HH:mm:ss') + '+00' })
        $items = $threads | Get-ChatKitThreadItem
        $asked = ./Invoke-ArchiveQuery.ps1 -Path archive -Query 'select thread_id, id, type, text from items'
        $asked.id | Sort-Object | Should -Be ($items.Id | Sort-Object)
        $message = $items | Where-Object Type -eq 'chatkit.user_message' | Select-Object -First 1
        ($asked | Where-Object id -eq $message.Id).text | Should -Be $message.Text
    }

    It 'has a query on its page that works' -Skip:(-not $hasDuckDB) {
        $rows = @(./Invoke-ArchiveQuery.ps1 -Path archive -Query @(Get-Block Invoke-ArchiveQuery sql)[0])
        $rows.Count | Should -BeGreaterThan 0
        $rows[0].PSObject.Properties.Name | Should -Be 'end_user', 'month', 'words'
        $inline = [regex]::Match([IO.File]::ReadAllText((Join-Path $recipes Invoke-ArchiveQuery.md)), "``(select item ->> .*?)``").Groups[1].Value
        @(./Invoke-ArchiveQuery.ps1 -Path archive -Query $inline).Count | Should -BeGreaterThan 0
    }

    It 'counts the last line of a thread, over parts and archives, and knows what is gone' -Skip:(-not $hasDuckDB) {
        foreach ($one in @{ Folder = "it's one"; Gone = 'cthr_b' }, @{ Folder = 'two'; Gone = $null }) {
            $null = New-Item $one.Folder -ItemType Directory
            Set-Content "$($one.Folder)/manifest.json" (ConvertTo-Json @{ gone = @($one.Gone | Where-Object { $_ }) })
        }
        $line = { '{"thread":{"id":"' + $args[0] + '","created_at":1700000000,"title":"' + $args[1] + '","status":{"type":"active"}},"items":[]}' }
        Set-Content "it's one/threads-00001.jsonl" (& $line cthr_a 'first'), (& $line cthr_b 'first'), (& $line cthr_a 'second')
        Set-Content "it's one/threads-00002.jsonl" (& $line cthr_b 'last'), (& $line cthr_a 'last, of \"A\"')
        Set-Content "two/threads-00001.jsonl" (& $line cthr_c 'last')
        $rows = ./Invoke-ArchiveQuery.ps1 -Path "it's one", two -Query 'select id, title, is_gone from threads order by id;'
        $rows.id | Should -Be 'cthr_a', 'cthr_b', 'cthr_c'
        $rows.title | Should -Be 'last, of "A"', 'last', 'last'
        $rows.is_gone | Should -Be 'false', 'true', 'false'
    }

    It 'reads an archive that is compressed, and one that is both, as one that is not' -Skip:(-not $hasDuckDB) {
        $query = 'select id, title, end_user, len(items) as items from threads order by id'
        $null = Export-ChatKitThread both -User user_123
        $null = Optimize-ChatKitArchive both -Compress -KeepVersions
        Test-Path both/threads-00001-1.jsonl.gz | Should -BeTrue

        # Many members of gzip, of which one is all of one line.
        $random = [Security.Cryptography.RandomNumberGenerator]::Create()
        $threads = 1..300 | ForEach-Object {
            $noise = [byte[]]::new($(if ($_ -eq 150) { 900000 } else { 9000 }))
            $random.GetBytes($noise)
            @{ id = "cthr_$_"; title = [Convert]::ToBase64String($noise); created_at = $_ }
        }
        ConvertTo-Json @($threads) | Set-Content large.json
        $null = Export-ChatKitThread large -Connection (New-ChatKitConnection -Emulator -Seed large.json)
        $plain = ./Invoke-ArchiveQuery.ps1 -Path large, both -Query $query
        $null = Optimize-ChatKitArchive large -Compress -KeepVersions
        (Get-Item large/threads*).Name | Should -Be threads-00001-1.jsonl.gz
        $rows = ./Invoke-ArchiveQuery.ps1 -Path large, both -Query $query
        $rows.Count | Should -Be 304
        ConvertTo-Json $rows | Should -Be (ConvertTo-Json $plain)

        ConvertTo-Json @(@{ id = 'cthr_1'; title = 'later'; created_at = 1 }) | Set-Content large.json
        $null = Export-ChatKitThread large -Update -AllowDisappearance -Connection (New-ChatKitConnection -Emulator -Seed large.json)
        Test-Path large/threads-00002.jsonl | Should -BeTrue
        $later = ./Invoke-ArchiveQuery.ps1 -Path large -Query "select title from threads where id = 'cthr_1'"
        $later.title | Should -Be later
    }

    It 'fails where the query does' -Skip:(-not $hasDuckDB) {
        { ./Invoke-ArchiveQuery.ps1 -Path archive -Query 'select nothing' 2>$null } | Should -Throw 'DuckDB failed*'
    }
}

Describe 'Export-ThreadShare' {
    BeforeEach { Connect-ChatKit -Emulator }

    BeforeAll {
        function Get-Archived([string[]] $Folder) { $Folder | ForEach-Object { Get-ChatKitThread -Connection (New-ChatKitConnection -Archive $_) } | ForEach-Object Id }
    }

    It 'splits by dates, each thread once' {
        # The page's command, with an end that stays in the future.
        $null = . ([scriptblock]::Create(@(Get-Block Export-ThreadShare powershell)[1].Replace('2026-11-01', '2100-01-01').Replace('archive-1', 'dates-1')))
        $null = ./Export-ThreadShare.ps1 ./dates-2 2 2 '2020-01-01' '2100-01-01'   # By position, as Invoke-Command hands them over.
        Get-Archived dates-1, dates-2 | Sort-Object | Should -Be ((Get-ChatKitThread).Id | Sort-Object)
    }

    It 'has a thread that was created where two windows meet in one of them, and what lies outside in none' {
        $start = [DateTimeOffset]::new(2026, 1, 1, 0, 0, 0, [timespan]::Zero).ToUnixTimeSeconds()
        $seconds = -1, 0, 1, 9, 10, 11, 19, 20, 21, 29, 30
        Connect-ChatKit -Emulator -Seed (Write-Seed edges.json @($seconds | ForEach-Object { @{ id = "cthr_$_"; created_at = $start + $_; status = @{ type = 'active' } } }))
        $folders = 1..3 | ForEach-Object {
            $null = ./Export-ThreadShare.ps1 -Path edges-$_ -Share $_ -Of 3 -From 2026-01-01 -To 2026-01-01T00:00:30
            "edges-$_"
        }
        Get-Archived edges-1 | Sort-Object | Should -Be 'cthr_0', 'cthr_1', 'cthr_9'
        Get-Archived edges-2 | Sort-Object | Should -Be 'cthr_10', 'cthr_11', 'cthr_19'
        Get-Archived edges-3 | Sort-Object | Should -Be 'cthr_20', 'cthr_21', 'cthr_29'
        @(Get-Archived $folders).Count | Should -Be 9
    }

    It 'splits by users' {
        $users = (Get-ChatKitThread).User | Where-Object { $_ } | Sort-Object -Unique
        Set-Content users.txt $users -Encoding UTF8
        $null = Invoke-Page Export-ThreadShare
        $null = ./Export-ThreadShare.ps1 -Path users-2 -Share 2 -Of 2 -UserFile users.txt
        Get-Archived archive-1, users-2 | Sort-Object | Should -Be ((Get-ChatKitThread -User $users).Id | Sort-Object)
        { ./Export-ThreadShare.ps1 -Path users-99 -Share 99 -Of 99 -UserFile users.txt } | Should -Throw 'There are fewer users than shares*'
        'users-99' | Should -Not -Exist
    }

    It 'is run by two processes at the same time' {
        $server = Start-LoopbackServer -Threads 200 -Items 2
        try {
            $env:OPENAI_BASE_URL = $server.BaseUri
            $env:OPENAI_API_KEY = $key
            $jobs = foreach ($n in 1, 2) {
                Start-Job -FilePath ./Export-ThreadShare.ps1 -ArgumentList (Join-Path $work "machine-$n"), $n, 2, '2000-01-01', '2100-01-01'
            }
            $results = $jobs | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop
        }
        finally {
            Stop-LoopbackServer $server
            Clear-TestEnvironment
        }
        $results.Complete | Should -Be $true, $true
        ($results | Measure-Object Threads -Sum).Sum | Should -Be 200
        @(Get-Archived machine-1, machine-2 | Sort-Object -Unique).Count | Should -Be 200
    }

    It 'ends with an error where its share is not whole' {
        $server = Start-LoopbackServer
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            Add-LoopbackReply $server @{ target = '/threads/cthr_abc123/items'; status = 500; body = '{}' }
            { ./Export-ThreadShare.ps1 -Path half -Share 1 -Of 1 -From 2000-01-01 -To 2100-01-01 2>$null } | Should -Throw 'Share 1 of 1 is not whole*'
            (./Export-ThreadShare.ps1 -Path half -Share 1 -Of 1 -From 2000-01-01 -To 2100-01-01).Complete | Should -BeTrue
        }
        finally { Stop-LoopbackServer $server }
    }
}
