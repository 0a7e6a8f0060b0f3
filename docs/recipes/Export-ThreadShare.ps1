<#
.SYNOPSIS
Archives one machine's share of a project: every nth user of a list, or one of n windows of dates.
.DESCRIPTION
Uses the current connection. Every machine runs the same command but for -Share, and has an archive folder of its own. The same command again goes on where
it was stopped. Together the shares have each thread exactly once.
.PARAMETER Path
The folder of this share's archive.
.PARAMETER Share
Which share this is: 1 to -Of.
.PARAMETER Of
How many shares there are: 1 to 1,000.
.PARAMETER UserFile
A text file with an end user in each line, the same on each machine.
.PARAMETER From
The first moment of the first window. A date without a zone is UTC, so that it means the same on each machine.
.PARAMETER To
The end of the last window, which is not in it.
.EXAMPLE
./Export-ThreadShare.ps1 -Path ./archive-1 -Share 1 -Of 4 -From 2026-01-01 -To 2026-11-01
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding(DefaultParameterSetName = 'Dates')]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Path,
    [Parameter(Mandatory, Position = 1)] [ValidateRange(1, 1000)] [int] $Share,
    [Parameter(Mandatory, Position = 2)] [ValidateRange(1, 1000)] [int] $Of,
    [Parameter(Mandatory, ParameterSetName = 'Users')] [string] $UserFile,
    [Parameter(Mandatory, Position = 3, ParameterSetName = 'Dates')] [datetime] $From,
    [Parameter(Mandatory, Position = 4, ParameterSetName = 'Dates')] [datetime] $To
)

$ErrorActionPreference = 'Stop'
if ($Share -gt $Of) { throw "There is no share $Share of $Of." }

$which = @{}
if ($UserFile) {
    $users = @(Get-Content -LiteralPath $UserFile -Encoding UTF8 | Where-Object { $_.Trim() } | Select-Object -Unique)
    $which.User = @(for ($i = $Share - 1; $i -lt $users.Count; $i += $Of) { $users[$i] })
    if (-not $which.User) { throw "There are fewer users than shares; nothing is left for share $Share." }
}
else {
    $start, $end = foreach ($date in $From, $To) { if ($date.Kind -eq 'Unspecified') { [datetime]::SpecifyKind($date, 'Utc') } else { $date.ToUniversalTime() } }
    $seconds = [long] ($end - $start).TotalSeconds
    if ($seconds -lt $Of) { throw 'The dates leave less than a second for each share.' }

    # Both bounds are exclusive and threads are created at whole seconds, so windows meet half a second before one.
    $which.CreatedAfter = $start.AddSeconds([math]::Floor($seconds * ($Share - 1) / $Of) - 0.5)
    $which.CreatedBefore = $start.AddSeconds([math]::Floor($seconds * $Share / $Of) - 0.5)
}

$export = Export-ChatKitThread $Path @which -ErrorAction Continue
$export | Select-Object @{ n = 'Share'; e = { "$Share of $Of" } }, Threads, Items, Failed, Complete
if (-not $export.Complete) { throw "Share $Share of $Of is not whole. Run this again." }
