# What the system does to an export at one system call: it is killed there, or the disk refuses. Needs strace.

BeforeDiscovery {
    $strace = Get-Command strace -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $skips = -not $strace -or $PSVersionTable.PSEdition -ne 'Core'

    # Where an update is killed: instead of the call (with an error), or after it.
    $kills = @(
        @{ Call = 'pwrite64'; Instead = $true; File = 'threads-00001.jsonl' }
        @{ Call = 'pwrite64'; Instead = $false; File = 'threads-00001.jsonl' }
        @{ Call = 'fsync'; Instead = $true; File = 'threads-00001.jsonl' }
        @{ Call = 'pwrite64'; Instead = $true; File = 'manifest.json.new' }
        @{ Call = 'fsync'; Instead = $false; File = 'manifest.json.new' }
        @{ Call = 'rename'; Instead = $true; File = 'manifest.json.new' }
        @{ Call = 'rename'; Instead = $false; File = 'manifest.json.new' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Threads 30 -Items 3
    $connection = New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri
    $known = Join-Path $TestDrive known
    $null = Export-ChatKitThread $known -Connection $connection
    Add-LoopbackThread $server 'cthr_new_1', 'cthr_new_2', 'cthr_new_3'
    $ids = @((Get-ChatKitThread -Connection $connection).Id | Sort-Object)

    # Runs a command of the module in a PowerShell of its own, with something injected into its calls that name a file; gives its exit code.
    function Invoke-Traced([string] $Inject, [string] $File, [string] $Code) {
        $script = Join-Path $TestDrive traced.ps1
        Set-Content $script "Import-Module '$(Get-ManifestPath)'`n`$ErrorActionPreference = 'Stop'`n$Code"
        $env:OPENAI_API_KEY = Get-TestKey
        $env:OPENAI_BASE_URL = $server.BaseUri
        try {
            $call = ($Inject -split ':')[0]
            $shell = (Get-Process -Id $PID).Path
            $null = strace -f -qq -o "$TestDrive/trace.log" -e "trace=$call" -e "inject=$Inject" -P $File $shell -NoProfile -NonInteractive -File $script 2>&1
            $LASTEXITCODE
        }
        finally { Remove-Item Env:OPENAI_API_KEY, Env:OPENAI_BASE_URL }
    }

    # A call that is refused and the process killed, or the process killed once it is done. Each thread counts its own calls, so it is the first.
    function Get-Kill([string] $Call, [bool] $Instead) { "$Call$(if ($Instead) { ':error=EINTR' }):signal=KILL:when=1" }

    function Copy-Known([string] $Name) {
        $copy = Join-Path $TestDrive $Name
        Copy-Item $known $copy -Recurse
        $copy
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'An update that is killed at a system call' -Skip:$skips {
    It 'loses nothing, and the next one ends it: <Call> of <File>, instead: <Instead>' -ForEach $kills {
        $folder = Copy-Known "$Call-$Instead-$File"
        $code = Invoke-Traced (Get-Kill $Call $Instead) "$folder/$File" "Export-ChatKitThread '$folder' -Update -ThrottleLimit 1"
        $code | Should -Be 137
        Test-Path "$folder/manifest.json" | Should -BeTrue

        $killed = Test-ChatKitArchive $folder
        $killed.Problems | Where-Object { $_.Kind -notin 'Incomplete', 'LineTorn' } | Should -BeNullOrEmpty
        $killed.Threads | Should -BeGreaterOrEqual 30

        $export = Export-ChatKitThread $folder -Update -Connection $connection -WarningAction SilentlyContinue
        $export.Complete | Should -BeTrue
        (Test-ChatKitArchive $folder).Problems | Should -BeNullOrEmpty
        @((Get-ChatKitThread -Connection (New-ChatKitConnection -Archive $folder)).Id | Sort-Object) | Should -Be $ids
    }
}

Describe 'A disk that refuses at fsync' -Skip:$skips {
    It 'ends the run, which is not complete: <File>' -ForEach @{ File = 'threads-00001.jsonl' }, @{ File = 'manifest.json.new' }, @{ File = '' } {
        $folder = Copy-Known "eio-$File"
        $code = Invoke-Traced 'fsync:error=EIO:when=1+' ("$folder/$File").TrimEnd('/') "Export-ChatKitThread '$folder' -Update"
        $code | Should -Be 1
        Get-Content "$TestDrive/trace.log" -Raw | Should -Match 'EIO.*INJECTED'
        $after = Test-ChatKitArchive $folder
        $after.Problems | Where-Object { $_.Kind -notin 'Incomplete', 'LineTorn' } | Should -BeNullOrEmpty
        if ($File -like 'threads*') { $after.Complete | Should -BeFalse }
        if ($after.Complete) { $after.ManifestSha256 | Should -Be (Test-ChatKitArchive $known).ManifestSha256 }
    }
}

Describe 'Pages that are killed at a system call' -Skip:$skips {
    It 'are whole, or not there: <Call>, instead: <Instead>' -ForEach @(
        @{ Call = 'pwrite64'; Instead = $true }
        @{ Call = 'rename'; Instead = $true }
        @{ Call = 'rename'; Instead = $false }
    ) {
        $folder = Join-Path $TestDrive "pages-$Call-$Instead"
        $null = Export-ChatKitThread $folder -Format Html -Connection $connection
        $page = "$folder/threads/cthr_new_2.html"
        $before = [System.IO.File]::ReadAllText($page)
        $code = Invoke-Traced (Get-Kill $Call $Instead) "$page.tmp" "Export-ChatKitThread '$folder' -Format Html"
        $code | Should -Be 137
        [System.IO.File]::ReadAllText($page) | Should -Be $before
        @(Get-ChildItem "$folder/threads" -Filter *.html).Count | Should -Be 33

        (Export-ChatKitThread $folder -Format Html -Connection $connection).Complete | Should -BeTrue
        @(Get-ChildItem "$folder/threads").Count | Should -Be 33
    }
}
