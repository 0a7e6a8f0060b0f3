<#
.SYNOPSIS
Keeps every version of some users' threads for a legal hold, and seals each state, so that it can be shown later that nothing was altered.
.DESCRIPTION
Uses the current connection; for a scheduler. Compares the archive with its last seal, brings it up to date, tests it, and adds a seal: the hash of the manifest,
which stands for every byte. Nothing is ever taken out of the archive. Fails where the archive is not as it was sealed, or does not have everything.
.PARAMETER User
The end users under the hold.
.PARAMETER Path
The folder of the hold: archive/ has the threads, seals.csv a row for each run.
.PARAMETER AcceptChange
Goes on although the archive is not as it was sealed: after a run that was killed before its seal. The new seal says so.
.PARAMETER AllowDisappearance
Goes on although most of the threads are not on the server any more.
.EXAMPLE
./Update-LegalHold.ps1 -User user_123, user_456 -Path ./hold-2026-04
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $User,
    [Parameter(Mandatory)] [string] $Path,
    [switch] $AcceptChange,
    [switch] $AllowDisappearance
)

$ErrorActionPreference = 'Stop'
$archive = Join-Path $Path archive
$seals = Join-Path $Path seals.csv
$last = if (Test-Path -LiteralPath $seals) { Import-Csv -LiteralPath $seals | Select-Object -Last 1 }
$isChanged = if ($last) { (Test-ChatKitArchive $archive).ManifestSha256 -ne $last.ManifestSha256 } else { Test-Path -LiteralPath $archive }
if ($isChanged -and -not $AcceptChange) {
    throw "The archive in '$archive' is not as it was sealed. Find out why; after a run that was killed, resume with -AcceptChange."
}

# A thread that cannot be fetched is one error; the rest goes on. What was sealed and is damaged since is an error that ends it.
$null = Export-ChatKitThread $archive -User $User -Update -AllowDisappearance:$AllowDisappearance -ErrorAction Continue
$test = Test-ChatKitArchive $archive
$seal = [pscustomobject] @{
    SealedAt = [DateTime]::UtcNow.ToString('s') + 'Z'
    Threads = $test.Threads
    Complete = $test.Complete
    Accepted = [bool] $isChanged
    ManifestSha256 = $test.ManifestSha256
}
$seal | Export-Csv -LiteralPath $seals -Append -NoTypeInformation -Encoding UTF8
$seal
if (-not $test.Complete) { throw "The archive in '$archive' does not have everything. $($test.Problems | Select-Object -First 1)" }
