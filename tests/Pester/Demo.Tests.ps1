# The demo of the README, run as a newcomer runs it (but for the build, which has been).

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Clear-TestEnvironment
    $env:OPENAI_API_KEY = Get-TestKey
    $shell = (Get-Process -Id $PID).Path
    $printed = & $shell -NoProfile -NonInteractive -File (Get-RepositoryPath 'build.ps1') demo -NoBuild 2>&1 |
        ForEach-Object { "$_" -replace '\x1b\[[0-9;]*m' }
}

AfterAll { Clear-TestEnvironment }

Describe 'build.ps1 demo' {
    It 'prints every command before its output' {
        $commands = Get-Content (Get-RepositoryPath 'examples/Demo/emulator.ps1') | Where-Object { $_ -and $_ -notlike '#*' }
        $commands.Count | Should -BeGreaterThan 5
        $printed | Where-Object { $_ -like 'PS> *' } | Should -Be ($commands | ForEach-Object { "PS> $_" })
    }

    It 'gets threads, filters them, and writes a CSV' {
        $text = $printed -join "`n"
        $text | Should -Match '(?m)^cthr_abc123 +active +Customer escalat'
        $text | Should -Match '(?m)^cthr_def456 +locked +\S'
        $text | Should -Match '(?m)^"Id","Title","Status","StatusReason","User","CreatedAt"$'
        $text | Should -Match '(?m)^"cthr_ghi789",.*"closed","Resolved","user_123",'
        $text | Should -Match '(?m)^ +1 locked'
    }

    It 'sweeps: lists, asks what would be deleted, and reads a conversation' {
        $text = $printed -join "`n"
        $text | Should -Match '(?m)^ +4 user_123'
        $text | Should -Match "What if: .*Delete from the emulator.*cthr_ghi789 'Refund"
        $text | Should -Match '(?m)user_message +I need help'
    }

    It 'shows one failure, and no other' {
        $text = $printed -join "`n"
        $text | Should -Match "Thread 'cthr_missing': No thread found with id 'cthr_missing'"
        [regex]::Matches($text, 'HTTP \d+').Count | Should -Be 1
    }

    It 'leaves no file behind' {
        Join-Path ([IO.Path]::GetTempPath()) 'chatkit-threads.csv' | Should -Not -Exist
    }
}
