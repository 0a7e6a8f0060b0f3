# Find-ChatKitThreadItem: the same from a project, the emulator and an archive.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $line = '{{"thread":{{"id":"cthr_{0}","created_at":{0},"title":"{1}","user":"user_{2}"}},"items":[{3}]}}'
    function New-Message([string] $Id, [string] $Text) {
        '{"id":"' + $Id + '","type":"chatkit.user_message","created_at":5,"content":[{"type":"input_text","text":"' + $Text + '"}]}'
    }
    $seed = @(
        $line -f 1, 'First', 1, ((New-Message a1 'The ZEBRA crossing'), (New-Message a2 'nothing') -join ',')
        $line -f 2, 'Zebras', 2, (New-Message b1 'caf\u00e9 \u007aebra\/horse')
        $line -f 3, 'Third', 1, ((1..250 | ForEach-Object { New-Message "c$_" "number $_." }) -join ',')
    ) -join "`n"
    Add-LoopbackSeed $server $seed
    $file = Join-Path $TestDrive seed.jsonl
    [IO.File]::WriteAllText($file, $seed)
    $archive = Join-Path $TestDrive archive
    $live = New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
    $null = Export-ChatKitThread $archive -Connection $live
    $connections = [ordered] @{
        live     = $live
        emulator = New-ChatKitConnection -Emulator -Seed $file
        archive  = New-ChatKitConnection -Archive $archive
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Find-ChatKitThreadItem' {
    It 'finds the same everywhere: <Name>' -ForEach @(
        @{ Name = 'a text'; With = @{ Text = 'zebra' }; Expected = 'cthr_2/b1', 'cthr_1/a1' }
        @{ Name = 'with titles'; With = @{ Text = 'zebra'; IncludeTitle = $true }; Expected = 'cthr_2/', 'cthr_2/b1', 'cthr_1/a1' }
        @{ Name = 'escaped'; With = @{ Text = "CAF$([char] 0xC9) zebra/HORSE" }; Expected = @('cthr_2/b1') }
        @{ Name = 'several texts'; With = @{ Text = 'none', 'crossing', 'number 250.' }; Expected = 'cthr_3/c250', 'cthr_1/a1' }
        @{ Name = 'users'; With = @{ Text = 'zebra'; User = 'user_1', 'user_none', 'user_2' }; Expected = 'cthr_1/a1', 'cthr_2/b1' }
        @{ Name = 'a pattern'; With = @{ Pattern = '^number \d7\.$'; First = 3 }; Expected = 'cthr_3/c17', 'cthr_3/c27', 'cthr_3/c37' }
        @{ Name = 'a kind'; With = @{ Text = 'e'; Type = 'widget' }; Expected = @() }
        @{ Name = 'dates'; With = @{ Text = 'e'; CreatedBefore = '1970-01-01T00:00:05Z'; IncludeTitle = $true }; Expected = @('cthr_2/') }
        @{ Name = 'a letter'; With = @{ Text = 'Z' }; Expected = 'cthr_2/b1', 'cthr_1/a1' }
        @{ Name = 'nobody'; With = @{ Text = 'e'; User = 'user_none' }; Expected = @() }
    ) {
        foreach ($name in $connections.Keys) {
            $found = @(Find-ChatKitThreadItem @With -Connection $connections.$name -ErrorAction Stop)
            $found | ForEach-Object { "$($_.ThreadId)/$($_.ItemId)" } | Should -BeExactly $Expected -Because $name
        }
    }

    It 'with -First gives the errors of threads before what it finds: <_>' -ForEach emulator, archive {
        $seed = Join-Path $TestDrive unreadable.jsonl
        $messages = '{"id":"b1","type":"chatkit.user_message","created_at":5,"content":"zebra, and no list"}', (New-Message a1 zebra)
        [IO.File]::WriteAllText($seed, ((2, 1 | ForEach-Object { $line -f $_, 'T', 1, $messages[2 - $_] }) -join "`n"))
        $connection = New-ChatKitConnection -Emulator -Seed $seed
        if ($_ -eq 'archive') {
            $folder = Join-Path $TestDrive unreadable
            $null = Export-ChatKitThread $folder -Connection $connection
            $connection = New-ChatKitConnection -Archive $folder
        }
        $found = @(Find-ChatKitThreadItem zebra -First 1 -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failed)
        $found.ItemId | Should -Be a1
        $failed.TargetObject | Should -Be b1
    }

    It 'gives the same objects everywhere' {
        $all = $connections.Values | ForEach-Object {
            Find-ChatKitThreadItem -Pattern 'e|r' -IncludeTitle -Connection $_ | ConvertTo-Csv | Out-String
        }
        $all[0].Length | Should -BeGreaterThan 1000
        $all[1] | Should -BeExactly $all[0]
        $all[2] | Should -BeExactly $all[0]
    }

    It 'gives what Get-ChatKitThread, Group-Object and Export-Csv take' {
        $found = Find-ChatKitThreadItem zebra -IncludeTitle -Connection $connections.archive
        ($found | Get-ChatKitThread -Connection $connections.archive).Title | Should -Be 'Zebras', 'Zebras', 'First'
        $found | Group-Object ThreadId | ForEach-Object Count | Should -Be 1, 2
        $csv = Join-Path $TestDrive found.csv
        $found | Export-Csv $csv -NoTypeInformation
        (Import-Csv $csv | Get-ChatKitThread -Connection $connections.archive).Id | Should -Be 'cthr_2', 'cthr_2', 'cthr_1'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($found))
        ($copy | Get-ChatKitThread -Connection $connections.archive).Id | Should -Be 'cthr_2', 'cthr_2', 'cthr_1'
    }

    It 'asks for no more than it takes to find the first' {
        Reset-LoopbackServer $server
        Find-ChatKitThreadItem 'number 1.' -First 1 -ThrottleLimit 1 -Connection $live | ForEach-Object ItemId | Should -Be c1
        @(Get-LoopbackJournal $server).Count | Should -BeLessOrEqual 4
    }

    It 'goes on after a thread that fails, and ends once where the connection is lost' {
        Reset-LoopbackServer $server
        Add-LoopbackReply $server @{ target = '/v1/chatkit/threads/cthr_2/items'; status = 500; body = '{}' }
        $found = Find-ChatKitThreadItem zebra -Connection $live -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.ThreadId | Should -Be cthr_1
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'ServerError,ChatKit.PowerShell.Commands.FindChatKitThreadItemCommand'
        $failed[0].TargetObject | Should -Be cthr_2
        $none = New-ChatKitConnection (Get-TestKey) -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0
        { Find-ChatKitThreadItem zebra -Connection $none } | Should -Throw -ErrorId 'ConnectionFailed,*'
    }

    It 'refuses what cannot be searched for: <With.Values>' -ForEach @(
        @{ With = @{ Text = '' } }, @{ With = @{ Text = 'a', '' } }, @{ With = @{ Pattern = '' } }, @{ With = @{ Text = $null } }
        @{ With = @{ Text = 'a'; Pattern = 'b' } }, @{ With = @{ Pattern = '(' } }, @{ With = @{ Text = 'a'; CreatedBefore = $null } }
    ) {
        { Find-ChatKitThreadItem @With -Connection $connections.archive -ErrorAction Stop } | Should -Throw
    }

    It 'names the item for which a pattern took too long, and goes on' {
        $slow = Join-Path $TestDrive slow.jsonl
        [IO.File]::WriteAllText($slow, ($line -f 1, 't', 1, ((New-Message s1 "$('a' * 40)!"), (New-Message s2 'aaa') -join ',')))
        $emulator = New-ChatKitConnection -Emulator -Seed $slow
        $found = Find-ChatKitThreadItem -Pattern '^(a+)+$' -Connection $emulator -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.ItemId | Should -Be s2
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PatternTimedOut,*'
        $failed[0].TargetObject | Should -Be s1
    }

    It 'is ended by Select-Object -First, and searches what is left of a damaged archive with -Force' {
        $damaged = Join-Path $TestDrive damaged
        Copy-Item $archive $damaged -Recurse
        $part = "$damaged/threads-00001.jsonl"
        [IO.File]::WriteAllText($part, [IO.File]::ReadAllText($part).Replace('"id":"a1"', '"id":"a9"'))
        { New-ChatKitConnection -Archive $damaged } | Should -Throw -ErrorId 'ArchiveDamaged,*'
        $forced = New-ChatKitConnection -Archive $damaged -Force 3>$null
        (Find-ChatKitThreadItem zebra -Connection $forced).ItemId | Should -Be b1, a9
        (Find-ChatKitThreadItem zebra -Connection $forced | Select-Object -First 1).ItemId | Should -Be b1
    }
}
