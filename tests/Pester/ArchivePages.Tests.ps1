# Threads as pages for people, from the API and from an archive. How they look and behave in a browser is tested with the archive's library.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $emulator = New-ChatKitConnection -Emulator
    $null = Export-ChatKitThread "$TestDrive/archive" -Connection $emulator
    $archive = New-ChatKitConnection -Archive "$TestDrive/archive"

    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_ }
        throw 'It did not fail.'
    }

    function Get-Page([string] $Path) { [System.IO.File]::ReadAllText((Join-Path $TestDrive $Path)) }
}

Describe 'Export-ChatKitThread -Format Html' {
    It 'writes a page per thread and an index' {
        $result = Export-ChatKitThread "$TestDrive/html" -Format Html -Connection $emulator
        $result.Threads, $result.Items, $result.Attachments, $result.Failed, $result.Complete | Should -Be 12, 37, 3, 0, $true
        @(Get-ChildItem "$TestDrive/html/threads" -Filter *.html).Count | Should -Be 12
        Get-Page 'html/threads/cthr_abc123.html' | Should -Match 'Production still runs version 12'
        $index = Get-Page 'html/index.html'
        foreach ($thread in Get-ChatKitThread -Connection $emulator) { $index | Should -Match $thread.Id }
        $index | Should -Not -Match 'This is not everything'
    }

    It 'writes the same pages from an archive' {
        $null = Export-ChatKitThread "$TestDrive/offline" -Format Html -Connection $archive
        foreach ($page in Get-ChildItem "$TestDrive/html/threads") {
            Get-Page "offline/threads/$($page.Name)" | Should -Be (Get-Page "html/threads/$($page.Name)")
        }
    }

    It 'writes only what is wanted' {
        $result = Export-ChatKitThread "$TestDrive/user" -Format Html -User user_123 -Connection $archive
        $result.Threads | Should -Be @(Get-ChatKitThread -User user_123 -Connection $emulator).Count
        @(Get-ChildItem "$TestDrive/user/threads").Count | Should -Be $result.Threads
    }

    It 'says in the index what is missing' {
        $result = 'cthr_abc123', 'cthr_missing' | Export-ChatKitThread "$TestDrive/some" -Format Html -Connection $emulator -ErrorAction SilentlyContinue -ErrorVariable failed
        $result.Complete, $result.Threads, $result.Failed | Should -Be $false, 1, 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Get-Page 'some/index.html' | Should -Match 'This is not everything: 1 threads? could not be fetched'
    }

    It 'writes pages anew where there are pages' {
        $again = Export-ChatKitThread "$TestDrive/html" -Format Html -Id cthr_abc123 -Connection $emulator -WarningVariable stay -WarningAction SilentlyContinue
        $again.Threads | Should -Be 1
        $stay | Should -BeLike 'Pages of earlier runs stay: 11 of threads *, such as cthr_*.html.'
        @(Get-ChildItem "$TestDrive/html/threads").Count | Should -Be 12
    }

    It 'mixes its pages with nothing else' {
        $null = New-Item "$TestDrive/desk" -ItemType Directory
        Set-Content "$TestDrive/desk/letter.txt" 'Dear'
        foreach ($format in 'Html', 'Markdown') {
            (Get-Failure { Export-ChatKitThread "$TestDrive/desk" -Format $format -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'NotPages,*'
            (Get-Failure { Export-ChatKitThread "$TestDrive/archive" -Format $format -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'NotPages,*'
        }
        @(Get-ChildItem "$TestDrive/desk").Name | Should -Be 'letter.txt'
    }

    It 'cannot bring pages up to date' {
        (Get-Failure { Export-ChatKitThread "$TestDrive/html" -Format Html -Update -Connection $emulator }).FullyQualifiedErrorId | Should -BeLike 'UpdateOfPages,*'
    }
}

Describe 'Export-ChatKitThread -Format Markdown' {
    It 'writes a file per thread' {
        $result = Export-ChatKitThread "$TestDrive/md" -Format Markdown -Connection $archive
        $result.Threads, $result.Complete | Should -Be 12, $true
        @(Get-ChildItem "$TestDrive/md" -Filter *.md).Count | Should -Be 12
        Get-Page 'md/cthr_abc123.md' | Should -Match '(?m)^# Customer escalation$'
    }
}
