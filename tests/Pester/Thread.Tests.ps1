# Threads as objects: what PowerShell's own cmdlets make of them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit

    # Five threads of known status and age; one of a status that nobody knows yet, one as the published example has it.
    $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
    $hour = 3600
    $week = 7 * 24 * $hour
    $seed = "$TestDrive/seed.json"
    Set-Content $seed -Encoding utf8 -Value @"
[
 {"id":"cthr_active","object":"chatkit.thread","created_at":$($now - $week + $hour),"title":"A, \"quoted\" title","status":{"type":"active"},"user":"user_1"},
 {"id":"cthr_locked","object":"chatkit.thread","created_at":$($now - $week - $hour),"title":null,"status":{"type":"locked","reason":"Policy review"},"user":"user_2"},
 {"id":"cthr_closed","object":"chatkit.thread","created_at":$($now - 2 * $week),"title":"Closed","status":{"type":"closed","reason":null},"user":"user_1"},
 {"id":"cthr_frozen","object":"chatkit.thread","created_at":1712345600.5,"title":"Frozen","status":{"type":"frozen","reason":"Later","by":"x"},"user":"user_3","new_member":[1]},
 {"id":"cthr_example","object":"chatkit.thread","title":"Customer escalation",
   "items":{"data":[
     {"id":"cthi_user_001","object":"chatkit.thread_item","type":"user_message",
      "content":[{"type":"input_text","text":"I need help debugging an onboarding issue."}],"attachments":[]},
     {"id":"cthi_assistant_002","object":"chatkit.thread_item","type":"assistant_message",
      "content":[{"type":"output_text","text":"Let's start by confirming the workflow version you deployed."}]}],
    "has_more":false}}
]
"@
    Connect-ChatKit -Emulator -Seed $seed
    $ids = 'cthr_active', 'cthr_locked', 'cthr_closed', 'cthr_frozen', 'cthr_example'
    $threads = Get-ChatKitThread $ids
    $columns = 'Id', 'Title', 'Status', 'StatusReason', 'User', 'CreatedAt'
}

Describe 'A thread' {
    It 'is a typed object with six properties' {
        $threads[0] | Should -BeOfType ChatKit.ChatKitThread
        $threads[0].PSObject.Properties.Name | Should -Be $columns
        $threads[0].Title | Should -BeExactly 'A, "quoted" title'
    }

    It 'has its status as a property, and the reason beside it' {
        $threads.Status | Should -BeExactly 'active', 'locked', 'closed', 'frozen', 'active'
        $threads.StatusReason | Should -BeExactly $null, 'Policy review', $null, 'Later', $null
    }

    It 'gives back all that the server sent' {
        $sent = $threads[3].ToJson() | ConvertFrom-Json
        $sent.status.by | Should -Be 'x'
        $sent.new_member | Should -Be 1
        $sent.created_at | Should -Be 1712345600.5
    }

    It 'has its creation in local time' {
        $threads[3].CreatedAt.Kind | Should -Be 'Local'
        $threads[3].CreatedAt.ToUniversalTime().ToString('o') | Should -BeExactly '2024-04-05T19:33:20.5000000Z'
    }
}

Describe 'The published example' {
    It 'loads as it stands: active, no date, two items' {
        $thread = Get-ChatKitThread cthr_example
        $thread.Status | Should -BeExactly 'active'
        $thread.CreatedAt | Should -BeNullOrEmpty
        $thread.User | Should -BeNullOrEmpty
        $thread.GetItems().Count | Should -Be 2
        $thread.GetItems()[0] | Should -BeOfType ChatKit.ChatKitUserMessage
        $thread.GetItems()[1] | Should -BeOfType ChatKit.ChatKitAssistantMessage
        $thread.GetItems().Text | Should -BeExactly 'I need help debugging an onboarding issue.', "Let's start by confirming the workflow version you deployed."
        $thread.GetItems().ThreadId | Should -BeExactly 'cthr_example', 'cthr_example'
        $json = $thread.ToJson() | ConvertFrom-Json
        $json.PSObject.Properties.Name | Should -Be 'id', 'object', 'title', 'items'
        $json.items.data[1].content[0].text | Should -Match 'workflow version'
    }
}

Describe 'Threads go with PowerShell''s own' {
    It 'Where-Object Status -eq, whatever the case' {
        ($threads | Where-Object Status -eq LOCKED).Id | Should -Be 'cthr_locked'
        ($threads | Where-Object Status -ne active).Count | Should -Be 3
    }

    It '-in' {
        ($threads | Where-Object { $_.Status -in 'Locked', 'closed' }).Id | Should -Be 'cthr_locked', 'cthr_closed'
    }

    It 'switch' {
        $seen = foreach ($thread in $threads) { switch ($thread.Status) { LOCKED { 'L' } closed { 'C' } default { '-' } } }
        $seen -join '' | Should -Be '-LC--'
    }

    It 'Group-Object' {
        ($threads | Group-Object Status -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name)=$($_.Count)" }) -join ' ' |
            Should -Be 'active=2 closed=1 frozen=1 locked=1'
    }

    It 'Sort-Object' {
        ($threads | Sort-Object Status, Id).Id | Should -Be 'cthr_active', 'cthr_example', 'cthr_closed', 'cthr_frozen', 'cthr_locked'
        ($threads | Where-Object CreatedAt | Sort-Object CreatedAt).Id | Should -Be 'cthr_frozen', 'cthr_closed', 'cthr_locked', 'cthr_active'
    }

    It 'ConvertTo-Json' {
        $json = ConvertTo-Json $threads[1] | ConvertFrom-Json
        $json.PSObject.Properties.Name | Should -Be $columns
        $json.Status | Should -BeExactly 'locked'
        $json.StatusReason | Should -BeExactly 'Policy review'
    }

    It 'Export-Csv, in exactly six columns, and back' {
        $csv = "$TestDrive/threads.csv"
        $threads | Export-Csv $csv -NoTypeInformation -Encoding utf8
        (Get-Content $csv -TotalCount 1) -replace '"' | Should -BeExactly ($columns -join ',')
        $rows = Import-Csv $csv
        $rows.Status | Should -BeExactly $threads.Status
        $rows[0].Title | Should -BeExactly $threads[0].Title
        ($rows | Get-ChatKitThread).Id | Should -Be $ids
    }

    It 'Export-Clixml, and back' {
        $threads | Export-Clixml "$TestDrive/threads.xml"
        $back = Import-Clixml "$TestDrive/threads.xml"
        $back.Status | Should -BeExactly $threads.Status
        $back[3].CreatedAt | Should -Be $threads[3].CreatedAt
        ($back | Get-ChatKitThread).Id | Should -Be $ids
    }

    It 'Select-Object' {
        ($threads | Select-Object Id, Status | Get-ChatKitThread).Id | Should -Be $ids
    }

    It '<Job>, then filtered by status and date, and piped on' -ForEach @(
        @{ Job = 'Start-Job' }
        @{ Job = 'Start-ThreadJob' }
    ) {
        if (-not (Get-Command $Job -ErrorAction Ignore)) { Set-ItResult -Skipped -Because "there is no $Job here"; return }
        $work = {
            param($module, $seed, $ids)
            Import-Module $module
            $connection = New-ChatKitConnection -Emulator -Seed $seed
            Get-ChatKitThread $ids -Connection $connection
        }
        $received = & $Job -ScriptBlock $work -ArgumentList (Get-ManifestPath), $seed, $ids | Receive-Job -Wait -AutoRemoveJob
        $found = $received | Where-Object Status -eq locked | Where-Object { $_.CreatedAt -lt (Get-Date).AddDays(-7) }
        $found.Id | Should -Be 'cthr_locked'
        ($received | Where-Object { $_.CreatedAt -gt (Get-Date).AddDays(-7) }).Id | Should -Be 'cthr_active'
        ($found | Get-ChatKitThread).StatusReason | Should -Be 'Policy review'
    }

    It 'ForEach-Object -Parallel, over the remembered connection and over one that is handed in' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $module = Get-ManifestPath
        $ids | ForEach-Object -Parallel { Import-Module $using:module; (Get-ChatKitThread $_).Status } |
            Sort-Object | Should -Be ($threads.Status | Sort-Object)
        $other = New-ChatKitConnection -Emulator
        'cthr_def456' | ForEach-Object -Parallel { Import-Module $using:module; (Get-ChatKitThread $_ -Connection $using:other).Status } |
            Should -Be 'locked'
    }
}

Describe 'CreatedAt against Get-Date' {
    # The zone is the process's; on Windows a process cannot choose it.
    It 'compares rightly in <Zone>' -Skip:($env:OS -eq 'Windows_NT') -ForEach @(
        @{ Zone = 'Asia/Tokyo'; Offset = '\+09:00' }
        @{ Zone = 'America/Los_Angeles'; Offset = '-0[78]:00' }
    ) {
        $env:TZ = $Zone
        try {
            $script = "Import-Module '$(Get-ManifestPath)'; Connect-ChatKit -Emulator -Seed '$seed';
                `$threads = Get-ChatKitThread cthr_active, cthr_locked
                (`$threads | Where-Object { `$_.CreatedAt -gt (Get-Date).AddDays(-7) }).Id
                '{0:zzz}' -f `$threads[0].CreatedAt"
            $printed = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
        }
        finally { Remove-Item env:TZ }
        $printed[0] | Should -Be 'cthr_active'
        $printed[1] | Should -Match $Offset
    }
}

Describe 'The look of a thread' {
    BeforeAll {
        function Get-Look($Object, [string] $Format = 'Format-Table', [int] $Width = 120) {
            $text = $Object | & $Format | Out-String -Width $Width
            ($text -replace '\x1b\[[0-9;]*m') -split '\r?\n' | Where-Object { $_.Trim() }
        }
    }

    # A console gives a table one column less than it has.
    It 'as a table within <Width>: <Columns>, none of them cut but the last' -ForEach @(
        @{ Width = 79; Columns = 'Id Status Title' }
        @{ Width = 99; Columns = 'Id Status Title CreatedAt' }
        @{ Width = 119; Columns = 'Id Status Title CreatedAt User' }
        @{ Width = 159; Columns = 'Id Status Title CreatedAt User StatusReason' }
    ) {
        $lines = Get-Look $threads -Width $Width
        $lines[0].Trim() -replace '\s+', ' ' | Should -BeExactly $Columns
        $lines[5] | Should -Not -Match '\d-?…'
        $lines | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual $Width
    }

    It 'as a table: the day, and the reason with room for it' {
        $lines = Get-Look $threads -Width 160
        $lines[3] | Should -Match '^cthr_locked +locked .* Policy review *$'
        $lines[5] | Should -Match ([regex]::Escape($threads[3].CreatedAt.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)))
    }

    It 'as a table: an id of the usual length is whole, and 19 letters of the title are seen' {
        Set-Content "$TestDrive/long.json" ('[{"id":"cthr_' + '0123456789abcdef' * 3 + '","created_at":1712345600,"title":"Refund for a duplicate invoice"}]')
        $connection = New-ChatKitConnection -Emulator -Seed "$TestDrive/long.json"
        $line = (Get-Look (Get-ChatKitThread ('cthr_' + '0123456789abcdef' * 3) -Connection $connection) -Width 80)[2]
        $line | Should -Match ('^cthr_' + '0123456789abcdef' * 3 + ' active Refund for a dupli')
    }

    It 'as a list: everything' {
        $lines = Get-Look $threads[1] Format-List
        $lines | ForEach-Object { ($_ -split ' ')[0] } | Should -Be $columns
    }

    It 'is the same after a job' {
        $threads | Export-Clixml "$TestDrive/look.xml"
        $look = Get-Look $threads
        $look.Count | Should -Be 7
        Get-Look (Import-Clixml "$TestDrive/look.xml") | Should -Be $look
    }

    It 'never lets a title reach the terminal raw' {
        Set-Content "$TestDrive/raw.json" '[{"id":"cthr_raw","title":"a\u001b[2Jb\nc","user":"u\u0007"}]'
        $connection = New-ChatKitConnection -Emulator -Seed "$TestDrive/raw.json"
        $thread = Get-ChatKitThread cthr_raw -Connection $connection
        $thread.Title | Should -BeExactly "a$([char]27)[2Jb`nc"
        $look = ($thread | Format-Table | Out-String) + ($thread | Format-List | Out-String)
        $look | Should -Not -Match '\x1b\[2J'
        $look | Should -Not -Match '\x07'
        $look | Should -Match 'b c'
    }
}

Describe 'Tab completion' {
    BeforeAll {
        function Complete([string] $Text) { (TabExpansion2 $Text $Text.Length).CompletionMatches.CompletionText }
    }

    It 'offers the properties down the pipeline' {
        Complete 'Get-ChatKitThread -Id x | Where-Object Stat' | Should -Be 'Status', 'StatusReason'
        Complete 'Get-ChatKitThread -Id x | Select-Object Cre' | Should -Be 'CreatedAt'
    }

    It 'offers the cmdlets, parameters and types' {
        Complete 'Get-ChatKitTh' | Should -Contain 'Get-ChatKitThread'
        Complete 'Get-ChatKitThread -Thr' | Should -Contain '-ThrottleLimit'
        Complete 'Connect-ChatKit -Emulator -S' | Should -Be '-Seed'
        Complete '[ChatKit.ChatKitThr' | Should -Contain 'ChatKit.ChatKitThread'
    }
}
