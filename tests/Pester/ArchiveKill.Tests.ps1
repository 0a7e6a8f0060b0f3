# An export that is killed again and again, over a way on which things break: in the end the archive is the project, byte for byte.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Threads 2000 -Items 3
    Set-LoopbackCondition $server @{ latencyMs = 25; faultsPerThousand = 20; seed = 11 }
    $folder = Join-Path $TestDrive 'archive'
    $key = Get-TestKey

    # The export in a PowerShell of its own, which gets the key from its environment.
    $code = "Import-Module '$(Get-ManifestPath)'; Export-ChatKitThread '$folder' | Out-Null"
    $start = New-Object System.Diagnostics.ProcessStartInfo (Get-Process -Id $PID).Path, "-NoProfile -NonInteractive -Command `"$code`""
    $start.UseShellExecute = $false
    $start.EnvironmentVariables['OPENAI_API_KEY'] = $key
    $start.EnvironmentVariables['OPENAI_BASE_URL'] = $server.BaseUri

    function Get-Length { (Get-ChildItem $folder -Filter *.jsonl -ErrorAction SilentlyContinue | Measure-Object Length -Sum).Sum }

    # Kills the export once it has written, and after so many milliseconds more; 1 where it came to be killed.
    function Invoke-KilledExport([int] $DelayMs) {
        $before = Get-Length
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            Wait-Until { $process.HasExited -or (Get-Length) -gt $before }
            if ($process.WaitForExit($DelayMs)) { return 0 }
            $process.Kill()
            $process.WaitForExit()
            1
        }
        finally { $process.Dispose() }
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'An export that is killed' {
    It 'goes on each time, and ends with every thread exactly once' {
        $random = New-Object System.Random 5
        $killed = (1..20 | ForEach-Object { Invoke-KilledExport $random.Next(120) } | Measure-Object -Sum).Sum
        $killed | Should -Be 20
        (Test-ChatKitArchive $folder).Complete | Should -BeFalse

        Connect-ChatKit $key -BaseUri $server.BaseUri
        $export = Export-ChatKitThread $folder -ErrorAction Stop -WarningAction SilentlyContinue
        $export.Complete | Should -BeTrue
        $export.Threads | Should -Be 2000
        $export.Skipped | Should -BeGreaterThan 0   # Not all of it was fetched by this run.
        $test = Test-ChatKitArchive $folder
        $test.Problems | Should -BeNullOrEmpty
        $test.Complete | Should -BeTrue
    }

    It 'has what the server has, byte for byte' {
        $expected = (Invoke-RestMethod "$($server.Address)/_control/threads" -UseBasicParsing).TrimEnd("`n") -split "`n" | Sort-Object
        $lines = Get-ChildItem $folder -Filter *.jsonl | ForEach-Object { [System.IO.File]::ReadAllLines($_.FullName) } | Sort-Object
        $lines = $lines -replace '^\{"capturedAt":"[^"]+",', '{' -replace ',"sha256":"[0-9a-f]{64}"\}$', '}' | Sort-Object
        $lines.Count | Should -Be 2000
        @(Compare-Object $expected $lines -SyncWindow 0 -CaseSensitive).Count | Should -Be 0
    }
}
