# The items of threads: kinds, pages, many threads at a time, and how they read.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty

    # One thread of 1,050 items, five of three, one of none.
    $long = 1..1050 | ForEach-Object { 'cthi_{0:d4}' -f $_ }
    function New-Items([string[]] $Id) { @($Id | ForEach-Object { '{"id":"' + $_ + '","type":"chatkit.task","task_type":"custom","heading":"' + $_ + '"}' }) -join ',' }
    $lines = @('{"thread":{"id":"cthr_long"},"items":[' + (New-Items $long) + ']}')
    $lines += 1..5 | ForEach-Object { '{{"thread":{{"id":"cthr_{0}"}},"items":[{1}]}}' -f $_, (New-Items "t$($_)a", "t$($_)b", "t$($_)c") }
    $lines += '{"id":"cthr_none"}'
    Add-LoopbackSeed $server ($lines -join "`n")
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
    $five = 1..5 | ForEach-Object { "cthr_$_" }
    $fifteen = 1..5 | ForEach-Object { "t$($_)a", "t$($_)b", "t$($_)c" }

    function Get-Target { foreach ($entry in Get-LoopbackJournal $server) { $entry.target -replace '^/v1/chatkit/threads/' } }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Items' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'come whole, oldest first, in as many requests as there are pages' {
        (Get-ChatKitThreadItem cthr_long).Id | Should -Be $long
        $targets = @(Get-Target)
        $targets.Count | Should -Be 11
        $targets[0] | Should -BeExactly 'cthr_long/items?limit=100&order=asc'
        $targets[10] | Should -BeExactly 'cthr_long/items?limit=100&order=asc&after=cthi_1000'
    }

    It 'come whole, newest first' {
        (Get-ChatKitThreadItem -ThreadId cthr_long -Order Descending).Id | Should -Be $long[-1..-1050]
        @(Get-Target).Count | Should -Be 11
    }

    It '-First <First> of each thread asks for <Limits>' -ForEach @(
        @{ First = 1; Limits = 1, 1 }
        @{ First = 100; Limits = 100, 100 }
        @{ First = 101; Limits = 100, 100, 1 }
        @{ First = 250; Limits = 100, 100, 100, 50 }
    ) {
        $got = 'cthr_1', 'cthr_long' | Get-ChatKitThreadItem -First $First
        $got[-1].Id | Should -Be $long[$First - 1]
        $got.Count | Should -Be ([Math]::Min(3, $First) + $First)
        Get-Target | ForEach-Object { [int] ($_ -replace '.*limit=(\d+).*', '$1') } | Should -Be $Limits
    }

    It 'take their parameters as the API has them' {
        $got = Get-ChatKitThreadItem cthr_long -After cthi_0010 -Before cthi_0014 -PageSize 50
        $got.Id | Should -Be 'cthi_0011', 'cthi_0012', 'cthi_0013'
        Get-Target | Should -BeExactly 'cthr_long/items?limit=50&order=asc&after=cthi_0010&before=cthi_0014'
    }

    It 'of many threads come thread by thread, from <What>' -ForEach @(
        @{ What = 'an array'; Script = { Get-ChatKitThreadItem $five } }
        @{ What = 'ids in the pipeline'; Script = { $five | Get-ChatKitThreadItem } }
        @{ What = 'threads in the pipeline'; Script = { Get-ChatKitThread $five | Get-ChatKitThreadItem } }
        @{ What = 'the alias -Id'; Script = { Get-ChatKitThreadItem -Id $five } }
    ) {
        Add-LoopbackReply $server @{ target = 'cthr_1/items'; delayMs = 200 }
        (& $Script).Id | Should -Be $fifteen
    }

    It 'of many threads are asked for at the same time' {
        Add-LoopbackReply $server @{ times = 10; delayMs = 200 }
        $null = $five | Get-ChatKitThreadItem -ThrottleLimit 3
        (Get-LoopbackLoad $server).mostUnderWay | Should -Be 3
    }

    It 'of a long thread among others stay in order' {
        (Get-ChatKitThreadItem cthr_1, cthr_long, cthr_2).Id | Should -Be (@('t1a', 't1b', 't1c') + $long + @('t2a', 't2b', 't2c'))
    }

    It 'of a thread without any are none, and no error' {
        Get-ChatKitThreadItem cthr_none -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'know their thread, and lead back to it' {
        $items = Get-ChatKitThreadItem cthr_1, cthr_2
        $items.ThreadId | Should -Be 'cthr_1', 'cthr_1', 'cthr_1', 'cthr_2', 'cthr_2', 'cthr_2'
        ($items[5] | Get-ChatKitThread).Id | Should -Be 'cthr_2'
    }

    It 'of a thread that fails are one error, and the rest goes on' {
        $got = 'cthr_1', 'cthr_missing', '', 'cthr_2' | Get-ChatKitThreadItem -ErrorAction SilentlyContinue -ErrorVariable failed
        $got.Id | Should -Be 't1a', 't1b', 't1c', 't2a', 't2b', 't2c'
        $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be 'NotFound', 'InvalidId'
        $failed[0].TargetObject | Should -Be 'cthr_missing'
    }

    It 'of a page that fails: what came stays, the error says where to go on, and the next thread comes' {
        Add-LoopbackReply $server @{ target = 'after=cthi_0200'; status = 500; body = '{}' }
        $got = Get-ChatKitThreadItem cthr_long, cthr_1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $got.Id | Should -Be ($long[0..199] + @('t1a', 't1b', 't1c'))
        $failed.Count | Should -Be 1
        "$($failed[0])" | Should -Match "items of thread 'cthr_long' ends after 200"
        $failed[0].ErrorDetails.RecommendedAction | Should -Match "-After 'cthi_0200'"
    }

    It 'stop being asked for when nobody wants more' {
        (1..200 | ForEach-Object { $five } | Get-ChatKitThreadItem -ThrottleLimit 4 | Select-Object -First 4).Id | Should -Be $fifteen[0..3]
        @(Get-Target).Count | Should -BeLessOrEqual 8   # Four in flight, two ahead, and the second page of the first.
    }
}

Describe 'Kinds of items' {
    BeforeAll {
        $emulator = New-ChatKitConnection -Emulator
        $items = Get-ChatKitThreadItem cthr_abc123 -Connection $emulator
        function Get-Kind([string] $Type) { $items | Where-Object Type -eq $Type | Select-Object -First 1 }
    }

    It 'are typed: <Type>' -ForEach @(
        @{ Type = 'chatkit.user_message'; Class = 'ChatKitUserMessage' }
        @{ Type = 'chatkit.assistant_message'; Class = 'ChatKitAssistantMessage' }
        @{ Type = 'chatkit.widget'; Class = 'ChatKitWidget' }
        @{ Type = 'chatkit.client_tool_call'; Class = 'ChatKitClientToolCall' }
        @{ Type = 'chatkit.task'; Class = 'ChatKitTask' }
        @{ Type = 'chatkit.task_group'; Class = 'ChatKitTaskGroup' }
        @{ Type = 'chatkit.structured_input'; Class = 'ChatKitUnknownItem' }
    ) {
        $item = Get-Kind $Type
        $item.GetType().Name | Should -Be $Class
        $item.Text | Should -Not -BeNullOrEmpty
        $item.CreatedAt | Should -BeOfType datetime
        ($item.ToJson() | ConvertFrom-Json).id | Should -Be $item.Id
        ($item | Format-List | Out-String) | Should -Match $item.Id
    }

    It 'have what the contract says' {
        $user = Get-Kind chatkit.user_message
        $user.Content[0] | Should -BeOfType ChatKit.ChatKitInputText
        $user.Attachments.Type | Should -Be 'image', 'file'
        $user.Attachments[0].PreviewUrl | Should -Match '^https://'
        ($items | Where-Object { $_.InferenceOptions.Model }).InferenceOptions.ToolId | Should -Be 'deploy_workflow_version'
        $annotations = ($items | Where-Object Type -eq chatkit.assistant_message).Content.Annotations
        $annotations | Where-Object Type -eq file | ForEach-Object FileName | Should -Not -BeNullOrEmpty
        $annotations | Where-Object Type -eq url | ForEach-Object Url | Should -Match '^https://'
        $calls = $items | Where-Object Type -eq chatkit.client_tool_call
        $calls.Status | Should -Be 'completed', 'in_progress'
        $calls[0].Text | Should -Be "$($calls[0].Name)($($calls[0].Arguments)) $([char]0x2192) $($calls[0].Output)"
        (Get-Kind chatkit.task_group).Tasks[0].Heading | Should -Not -BeNullOrEmpty
    }

    It 'read as a conversation in one table, also after a job' {
        $look = { param($o) ($o | Out-String -Width 120) -replace '\x1b\[[0-9;]*m' }
        $text = & $look $items
        $text | Should -Match '(?m)^CreatedAt +Type +Text'
        $text | Should -Match '(?m)^\d{4}-\d\d-\d\d \d\d:\d\d user_message +I need help debugging'
        $text | Should -Match '(?m)^\d{4}-\d\d-\d\d \d\d:\d\d assistant_message +Let''s start'
        ($text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 120
        $items | Export-Clixml "$TestDrive/items.xml"
        & $look (Import-Clixml "$TestDrive/items.xml") | Should -Be $text
    }

    It 'show every kind in a list of its own, in a mix, too' {
        $text = ($items | Format-List | Out-String -Width 120) -replace '\x1b\[[0-9;]*m'
        foreach ($label in 'Attachments', 'Widget', 'Arguments', 'Output', 'Heading', 'Tasks') { $text | Should -Match "(?m)^$label +: " }
        [regex]::Matches($text, '(?m)^Id +: ').Count | Should -Be $items.Count
    }

    It 'go into a CSV' {
        $items | Select-Object CreatedAt, Type, Text | Export-Csv "$TestDrive/items.csv" -NoTypeInformation -Encoding utf8
        (Import-Csv "$TestDrive/items.csv").Text | Should -Be $items.Text
    }
}
