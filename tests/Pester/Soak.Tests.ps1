# The soak (benchmarks/Soak.ps1), shorter: whatever breaks, everything is accounted for exactly once, and nothing is left behind.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    $figures = & (Get-RepositoryPath 'benchmarks/Soak.ps1') -Count 1000 -FaultsPerThousand 50 -Seed 7
}

Describe 'A soak' {
    It 'meets with faults' {
        $figures.Faults | Should -BeGreaterThan 20
        $figures.Requests | Should -BeGreaterThan 1000
    }

    It 'accounts for every id exactly once: <_>' -ForEach 'GetsAmiss', 'ListedAmiss', 'ListedTwice', 'DeletionsAmiss' {
        $figures.$_ | Should -Be 0
    }

    It 'retries every fault' { $figures.Failures | Should -BeNullOrEmpty }

    It 'deletes what it says it did' { $figures.Undeleted | Should -Be 0 }

    It 'leaves nothing behind' {
        $figures.UnderWay | Should -Be 0
        $figures.Sockets | Should -BeLessOrEqual 41   # At most as many as were in flight at once: connections are kept for the next request.
        $figures.GrownMB | Should -BeLessThan 8
    }
}
