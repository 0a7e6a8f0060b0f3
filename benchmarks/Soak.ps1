# The soak: three runspaces share one connection to a server that breaks things at random (by a seed). One gets threads by id, one lists all
# of them, one deletes. Everything has to be accounted for exactly once, and nothing may be left behind. Gives one object with the figures,
# and an error for each of them that is not as it has to be. Windows PowerShell runs it too.
param(
    # How many threads are got by id, and listed; a tenth of it is deleted.
    [int] $Count = 20000,

    [int] $FaultsPerThousand = 20,

    # How many of a thousand are refused at random besides.
    [int] $RefusedPerThousand = 0,

    # How long an answer takes; from 20 ms on, the time is held against the best that it allows.
    [int] $LatencyMs = 1,


    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../tests/Pester/Support.psm1" -Force
Import-ChatKit

# What each runspace does, and gives: how often each id came out, in the output or as the target of an error.
$start = 'param($connection, [int] $first, [int] $last)
$ids = foreach ($n in $first..$last) { "cthr_{0:d8}" -f $n }
$came = @{}
$failures = @()'
$work = [ordered] @{
    get    = '$ids | Get-ChatKitThread -Connection $connection -ThrottleLimit 32 -ErrorAction SilentlyContinue -ErrorVariable failures | ForEach-Object { $came[$_.Id]++ }'
    list   = 'Get-ChatKitThread -Connection $connection -ErrorAction SilentlyContinue -ErrorVariable failures | ForEach-Object { $came[$_.Id]++ }'
    delete = '$ids | Remove-ChatKitThread -Connection $connection -ThrottleLimit 8 -Confirm:$false -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures | ForEach-Object { $came[$_.Id]++ }'
}
$end = '
foreach ($failure in $failures) { $came["$($failure.TargetObject)"]++ }
@{ Came = $came; Failures = @($failures | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" }) }'

function Get-ManagedMegabyte {
    foreach ($n in 1..3) { [GC]::Collect(); [GC]::WaitForPendingFinalizers() }
    [GC]::GetTotalMemory($true) / 1MB
}

# Runs the three side by side over the threads from 1 to $Count, and those after them, which are deleted.
function Invoke-Work($Connection, [int] $Count, [int] $FirstDeleted, [int] $LastDeleted) {
    $running = foreach ($name in $work.Keys) {
        $instance = New-PowerShellInstance ([scriptblock]::Create($start + "`n" + $work[$name] + $end))
        $range = if ($name -eq 'delete') { $FirstDeleted, $LastDeleted } else { 1, $Count }
        $null = $instance.AddArgument($Connection).AddArgument($range[0]).AddArgument($range[1])
        @{ Name = $name; Instance = $instance; Handle = $instance.BeginInvoke() }
    }
    $result = @{}
    foreach ($one in $running) {
        $result[$one.Name] = $one.Instance.EndInvoke($one.Handle)[0]
        $one.Instance.Dispose()
    }
    $result
}

# How many of the ids from $First to $Last did not come exactly once.
function Measure-Amiss([hashtable] $Came, [int] $First, [int] $Last) {
    $amiss = 0
    foreach ($n in $First..$Last) { if ($Came['cthr_{0:d8}' -f $n] -ne 1) { $amiss++ } }
    $amiss
}

# A tenth as many are deleted, and a tenth of that beforehand, so that everything has been loaded and compiled when the memory is first looked at.
$deleted = [int] ($Count / 10)
$warm = [int] ($deleted / 10)
$server = Start-LoopbackServer -Threads ($Count + $deleted + $warm)
try {
    $connection = New-ChatKitConnection (Get-TestKey) -BaseUri $server.BaseUri
    $null = Invoke-Work $connection $warm ($Count + $deleted + 1) ($Count + $deleted + $warm)
    Set-LoopbackCondition $server @{
        faultsPerThousand = $FaultsPerThousand; refusedPerThousand = $RefusedPerThousand; seed = $Seed; latencyMs = $LatencyMs
        retryAfterMs = if ($RefusedPerThousand) { $null } else { 5 }
    }
    $before = Get-ManagedMegabyte
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $result = Invoke-Work $connection $Count ($Count + 1) ($Count + $deleted)
    $elapsed = $clock.Elapsed.TotalSeconds

    # The results themselves are no leak.
    $figures = [ordered] @{
        Count          = $Count
        Seconds        = [Math]::Round($elapsed, 1)
        Ideal          = [Math]::Round($Count / 32 * $LatencyMs / 1000, 1)   # The threads by id, 32 at a time, take longest.
        GetsAmiss      = Measure-Amiss $result.get.Came 1 $Count
        ListedAmiss    = Measure-Amiss $result.list.Came 1 $Count
        ListedTwice    = @($result.list.Came.Values | Where-Object { $_ -ne 1 }).Count
        DeletionsAmiss = Measure-Amiss $result.delete.Came ($Count + 1) ($Count + $deleted)
        GetsFailed     = $result.get.Failures.Count
        ListsFailed    = $result.list.Failures.Count
        DeletesFailed  = $result.delete.Failures.Count
    }
    $failures = @($result.get.Failures) + $result.list.Failures + $result.delete.Failures
    $result = $null

    $load = Get-LoopbackLoad $server
    $journal = @(Get-LoopbackJournal $server)
    $figures.Requests = $journal.Count
    $figures.Faults = @($journal | Where-Object fault).Count
    $journal = $null
    $figures.UnderWay = $load.underWay
    $figures.Undeleted = @(Get-ChatKitThread -Connection $connection).Count - $Count
    $port = ([uri] $server.Address).Port
    $figures.Sockets = @([System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpConnections() |
            Where-Object { $_.RemoteEndPoint.Port -eq $port -and $_.State -eq 'Established' }).Count
    $figures.GrownMB = [Math]::Round((Get-ManagedMegabyte) - $before, 1)
    $figures.PeakMB = [Math]::Round((Get-Process -Id $PID).PeakWorkingSet64 / 1MB)
    $figures.Failures = $failures
    [pscustomobject] $figures

    if ($LatencyMs -ge 20 -and $figures.Seconds -gt 1.2 * $figures.Ideal) {
        Write-Error "It took $($figures.Seconds) s, over 1.2 times $($figures.Ideal) s." -ErrorAction Continue
    }
    foreach ($name in 'GetsAmiss', 'ListedAmiss', 'ListedTwice', 'DeletionsAmiss', 'UnderWay', 'Undeleted') {
        if ($figures.$name) { Write-Error "${name}: $($figures.$name) rather than 0" -ErrorAction Continue }
    }
}
finally { Stop-LoopbackServer $server }
