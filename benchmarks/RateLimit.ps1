# A server that lets 200 requests a second through, with a burst of 50, and refuses the rest: 2,000 threads by id, 16 and 64 at a time.
# Prints, for each run, the time against what the limit allows at best, and how many requests were refused.
param(
    [int] $Count = 2000,
    [int] $Rate = 200,
    [int] $Burst = 50,
    [int] $LatencyMs = 20,

    # How often each is measured.
    [int] $Runs = 3
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../tests/Pester/Support.psm1" -Force
Import-ChatKit

$server = Start-LoopbackServer -Threads $Count
try {
    $ids = foreach ($n in 1..$Count) { 'cthr_{0:d8}' -f $n }
    $null = Get-ChatKitThread $ids[0] -Connection (New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri)   # Loads and compiles.
    foreach ($run in 1..$Runs) {
        foreach ($retryAfterMs in $null, 250) {
            foreach ($width in 16, 64) {
                Reset-LoopbackServer $server
                Set-LoopbackCondition $server @{ rate = $Rate; burst = $Burst; latencyMs = $LatencyMs; retryAfterMs = $retryAfterMs }
                $connection = New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $got = @($ids | Get-ChatKitThread -ThrottleLimit $width -Connection $connection)
                $seconds = $clock.Elapsed.TotalSeconds
                $journal = @(Get-LoopbackJournal $server)
                $refused = @($journal | Where-Object status -eq 429).Count
                [pscustomobject] @{
                    Run            = $run
                    ThrottleLimit  = $width
                    RetryAfterMs   = $retryAfterMs
                    Got            = $got.Count
                    Seconds        = [Math]::Round($seconds, 2)
                    Ratio          = [Math]::Round($seconds / ($Count / $Rate), 3)
                    Refused        = $refused
                    RefusedPercent = [Math]::Round(100 * $refused / $journal.Count, 1)
                }
            }
        }
    }
}
finally { Stop-LoopbackServer $server }
