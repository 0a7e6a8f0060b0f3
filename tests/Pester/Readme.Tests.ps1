# What the README promises by example works as it is written there.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    Connect-ChatKit -Emulator
    $readme = Get-Content (Get-RepositoryPath 'README.md') -Raw
    Push-Location $TestDrive
}

AfterAll { Pop-Location }

Describe 'The README' {
    It 'has a line that works: <Line>' -ForEach @(
        @{
            Line = 'Get-ChatKitThread -User user_123 | Where-Object Status -ne active | Export-Csv inactive.csv'
            Check = { (Import-Csv inactive.csv).Status | Sort-Object -Unique | Should -Be 'closed', 'locked' }
        }
        @{
            Line = 'Get-ChatKitThread -CreatedBefore (Get-Date).AddDays(-90) | Remove-ChatKitThread -WhatIf'
            Check = { @(Get-ChatKitThread -CreatedBefore (Get-Date).AddDays(-90)).Count | Should -Be 3 }
        }
        @{
            Line = 'Get-ChatKitThread -Id cthr_abc123 | Get-ChatKitThreadItem | Format-Table CreatedAt, Type, Text'
            Check = { $args[0] -join "`n" | Should -Match 'chatkit.user_message +I need help' }
        }
    ) {
        $readme | Should -Match ([regex]::Escape($Line))
        $output = . ([scriptblock]::Create($Line)) -ErrorAction Stop | Out-String -Stream -Width 120
        . $Check $output
    }

    It 'has an archive that can be made, tested, read and shown as it says' {
        $block = [regex]::Match($readme, '(?s)## Archive\s+```powershell\n(.*?)```').Groups[1].Value
        $output = @(. ([scriptblock]::Create($block)))
        $output.Complete | Should -Be $true, $true, $true
        @(Import-Csv conversations.csv).Count | Should -BeGreaterThan 5
        Test-Path pages/index.html | Should -BeTrue
        Connect-ChatKit -Emulator
    }

    It 'names every cmdlet, and none that is gone' {
        $named = [regex]::Matches($readme, '[A-Z]\w+-ChatKit\w*').Value | Sort-Object -Unique
        $named | Should -Be ((Get-Command -Module ChatKit).Name | Sort-Object)
    }
}
