#requires -Version 7.4
# The benchmark: each row is done by each contender, one after the other, as often as -Runs says. Gives an object for each case: the median, its
# ratio to what it is held against, and the goal. What is measured is the release build, as build.ps1 bench makes it.
param(
    # Which rows of Rows.ps1; all unless given.
    [string[]] $Row,

    # How often each is measured, but for the loop by id, which takes long and is measured once.
    [ValidateRange(1, 1000)]
    [int] $Runs = 5,

    # What the way to the server is like, as tests/LoopbackServer/Conditions.cs has it. Where it refuses, most contenders give up.
    [int] $LatencyMs = 20,
    [int] $Rate = 0,
    [int] $Burst = 50,
    [int] $Width = 0
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../tests/Pester/Support.psm1", "$PSScriptRoot/Contender.psm1" -Force
$rows = & "$PSScriptRoot/Rows.ps1" -LatencyMs $LatencyMs
$wanted = if ($Row) { $Row -split ',' } else { @($rows.Keys) }
foreach ($name in $wanted) {
    if (-not $rows.Contains($name)) { throw "There is no row '$name'. There are: $($rows.Keys -join ', ')." }
}
if (-not (Test-Contender node)) {
    Write-Warning "npm's openai client is left out. Where there is node, 'npm ci --ignore-scripts --prefix benchmarks/node' installs it."
}
if (-not (Test-Contender duckdb)) {
    Write-Warning "DuckDB is left out. Where there is node, 'npm install --ignore-scripts --prefix tests/DuckDB' installs it."
}

# Forgets what was asked so far.
function Set-Condition([hashtable] $Case, $Server) {
    $conditions = @{ latencyMs = $LatencyMs; rate = $Rate; burst = $Burst; width = $Width }
    foreach ($key in $Case.Conditions.Keys) { $conditions[$key] = $Case.Conditions[$key] }
    Reset-LoopbackServer $Server
    Set-LoopbackCondition $Server $conditions
}

function Start-Case([hashtable] $Case, $Server) {
    Set-Condition $Case $Server
    $process = Start-Contender $Case.Contender $Case.Work $Case.Width ($certificate ? $Server.HttpsUri : $Server.BaseUri) (Get-TestKey) $certificate $archive
    if ($Case.WarmUp -and -not $Case.Once) { $null = Invoke-Contender $process $Case.WarmUp }
    $process
}

# A run: what the contender says of it, and how many requests were refused.
function Measure-Case([hashtable] $Case, $Server) {
    $process = $Case.Process ?? (Start-Case $Case $Server)
    Set-Condition $Case $Server
    $run = Invoke-Contender $process $Case.Count
    if ($Case.Fresh) { Stop-Contender $process }
    if ($run.Got -eq $Case.Expected) {
        $refused = if ($Rate -or $Width -or $Case.Conditions.rate -or $Case.Conditions.refusedPerThousand) {
            @(Get-LoopbackJournal $Server | Where-Object fault -eq Refused).Count
        }
        $requests = if ($Case.Unit -eq 'requests') { @(Get-LoopbackJournal $Server).Count }
        $Case.Results += @($run | Add-Member Refused $refused -PassThru | Add-Member Requests $requests -PassThru)
    }
    else {
        # The others go on.
        $Case.Failed = $true
        Write-Warning "$($Case.Label) gave $($run.Got ?? 'up') rather than $($Case.Expected), and is left out from now on."
    }
}

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    ($sorted[[Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[Math]::Floor($sorted.Count / 2)]) / 2
}

# A case's figures, one for each run, in the unit in which they are shown.
function Get-Figure([hashtable] $Case) {
    foreach ($run in $Case.Results) {
        switch ($Case.Unit) {
            's' { $run.Seconds }
            'ms' { 1e3 * $run.Seconds }
            'us a thread' { 1e6 * $run.Seconds / $Case.Count }
            'MiB' { $run.PeakMiB }
            'requests' { $run.Requests }
        }
    }
}

# The figure that a case is held against; nothing where that case failed or was left out.
function Get-Base([hashtable] $Case, [hashtable[]] $Cases) {
    if ($Case.BaseName) { return $Case.Base }
    $base = $Cases | Where-Object { $_.Label -eq $Case.Base -and $_.Results }
    if ($base) { Get-Median (Get-Figure $base) }
}

function Get-Result([string] $Name, [hashtable] $Case, [hashtable[]] $Cases) {
    $figures = @(Get-Figure $Case)
    $median = Get-Median $figures
    $least, $most = ($figures | Measure-Object -Minimum -Maximum).ForEach{ $_.Minimum, $_.Maximum }
    $base = Get-Base $Case $Cases
    $isMemory = $Case.Unit -eq 'MiB'
    $by = if ($base) { $isMemory ? $median - $base : $median / $base }
    $format = $median -lt 10 ? 'f3' : $median -lt 100 ? 'f2' : 'f1'
    [pscustomobject] @{
        Row     = $Name
        Case    = $Case.Label
        Median  = $median.ToString($format)
        Range   = $least.ToString($format) + ' - ' + $most.ToString($format)
        Unit    = $Case.Unit
        By      = if ($base) { $isMemory ? $by.ToString('+0.0;-0.0') : $by.ToString('f3') }
        Against = $Case.BaseName ?? $Case.Base
        Goal    = $Case.Goal
        Met     = if ($Case.Goal -and $base) { $by -le $Case.Goal ? 'yes' : 'NO' }
        PeakMiB = [int] (Get-Median $Case.Results.PeakMiB)
        Refused = if ($null -ne $Case.Results[0].Refused) { [int] (Get-Median $Case.Results.Refused) }
    }
}

foreach ($name in $wanted) {
    $cases = @($rows[$name].Cases | Where-Object { Test-Contender $_.Contender })
    $certificate = if ($rows[$name].Tls) { Join-Path ([IO.Path]::GetTempPath()) "$([IO.Path]::GetRandomFileName()).pem" }
    $other = "$($rows[$name].Other)" + $(if ($certificate) { " --certificate `"$certificate`"" })
    $server = Start-LoopbackServer -Configuration release -Threads $rows[$name].Threads -Items $rows[$name].Items -Other $other
    $archive = if ($rows[$name].Archive) { Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()) }
    try {
        if ($rows[$name].Seed) { Add-LoopbackSeed $server $rows[$name].Seed }
        if ($archive) {
            Write-Progress "Row $name" 'writing the archive'
            $writer = Start-Contender module archive 64 $server.BaseUri (Get-TestKey) $null $archive
            $null = Invoke-Contender $writer 0
            Stop-Contender $writer
        }
        foreach ($case in $cases | Where-Object { -not $_.Fresh }) { $case.Process = Start-Case $case $server }
        foreach ($run in 1..$Runs) {
            foreach ($case in $cases | Where-Object { -not $_.Failed -and -not ($_.Once -and $run -gt 1) }) {
                Write-Progress "Row $name" "run $run of $Runs, $($case.Label)"
                Measure-Case $case $server
            }
        }
        foreach ($case in $cases | Where-Object Results) { Get-Result $name $case $cases }
    }
    finally {
        foreach ($case in $cases | Where-Object Process) { Stop-Contender $case.Process }
        Stop-LoopbackServer $server
        if ($certificate) { Remove-Item $certificate }
        if ($archive) { Remove-Item -Recurse -Force $archive }
    }
}
