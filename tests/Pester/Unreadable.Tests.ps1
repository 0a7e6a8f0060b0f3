# What cannot be read is one error with its id, in a list of the API and of an archive alike; the rest comes.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    $live = New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri
    Add-LoopbackSeed $server (ConvertTo-Json -Depth 6 @(
        @{ id = 'cthr_1'; created_at = 1; user = 'user_1' }
        @{ id = 'cthr_2'; created_at = 2; user = @('user_1') }
        @{ id = 'cthr_3'; created_at = 3; items = @{ data = @(
            @{ id = 'cthi_1'; type = 'chatkit.task'; created_at = 1 }
            @{ id = 'cthi_2'; type = 'chatkit.task'; created_at = 2; heading = 5 }
            @{ id = 'cthi_3'; type = 'chatkit.task'; created_at = 3 }
        ) } }
        @{ id = 'cthr_4'; created_at = 4; title = 5 }
        @{ id = 'cthr_5'; created_at = 5; title = @(1) }
        @{ id = 'cthr_6'; created_at = 6 }
    ))
    $folder = Join-Path $TestDrive archive
    $export = Export-ChatKitThread $folder -Connection $live
    $connections = @{ live = $live; archive = New-ChatKitConnection -Archive $folder }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'What cannot be read' {
    It 'is in an archive as it was sent' {
        $export.Complete | Should -BeTrue
        $export.Threads | Should -Be 6
    }

    It 'is one error in a list, with its id: <_>' -ForEach 'live', 'archive' {
        $threads = Get-ChatKitThread -Connection $connections[$_] -ErrorAction SilentlyContinue -ErrorVariable failed
        $threads.Id | Should -Be 'cthr_6', 'cthr_1'
        $failed.TargetObject | Sort-Object | Should -Be 'cthr_2', 'cthr_3', 'cthr_4', 'cthr_5'
        $failed.FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failed[0].Exception.Message | Should -BeLike "What the server sent cannot be read: *"
    }

    It 'is one error where threads are asked for by id: <_>' -ForEach 'live', 'archive' {
        $threads = 'cthr_1', 'cthr_2', 'cthr_6' | Get-ChatKitThread -Connection $connections[$_] -ErrorAction SilentlyContinue -ErrorVariable failed
        $threads.Id | Should -Be 'cthr_1', 'cthr_6'
        $failed.TargetObject | Should -Be 'cthr_2'
    }

    It 'is one error among the items of a thread: <_>' -ForEach 'live', 'archive' {
        $items = Get-ChatKitThreadItem cthr_3 -Connection $connections[$_] -ErrorAction SilentlyContinue -ErrorVariable failed
        $items.Id | Should -Be 'cthi_1', 'cthi_3'
        $failed.TargetObject | Should -Be 'cthi_2'
        "$failed" | Should -BeLike "Thread 'cthr_3', item 'cthi_2': *"
    }

    It 'is skipped by pages, and the others are written: <_>' -ForEach 'live', 'archive' {
        $pages = Export-ChatKitThread (Join-Path $TestDrive "pages-$_") -Format Html -Connection $connections[$_] -ErrorAction SilentlyContinue -ErrorVariable failed
        $pages.Written | Should -Be 2
        $pages.Complete | Should -BeFalse
        @($failed).Count | Should -Be 4
    }
}
