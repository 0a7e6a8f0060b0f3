<#
.SYNOPSIS
Records the hash of an archive's manifest, or confirms that an archive is still the one whose hash was recorded.
.DESCRIPTION
Needs no key. The manifest has the hash of every part, so this one hash stands for every byte of the archive. The record is a line as sha256sum writes it;
keep it where whoever can change the archive cannot, and sign it. Fails where the archive is damaged, or is not the one of the record.
.PARAMETER Path
The folder of the archive.
.PARAMETER Record
The file with the hash. Where it is not there it is written; where it is, it is never changed.
.EXAMPLE
./Confirm-Archive.ps1 -Path ./archive -Record ./archive.sha256
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Record
)

$ErrorActionPreference = 'Stop'
$test = Test-ChatKitArchive $Path
$damage = @($test.Problems | Where-Object Kind -NotIn Incomplete, FailedThread, LineTorn)
if ($damage) { throw "The archive in $Path is damaged. $($damage[0])" }

$file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Record)
$isNew = -not (Test-Path -LiteralPath $file)
if ($isNew) { [IO.File]::WriteAllText($file, "$($test.ManifestSha256)  manifest.json`n") }
$recorded = ([IO.File]::ReadAllText($file) -split '\s+')[0]
if ($recorded -ne $test.ManifestSha256) { throw "The archive in $Path is not the one of the record: its manifest has the hash $($test.ManifestSha256), not $recorded." }

[pscustomobject] @{
    Complete = $test.Complete
    Threads = $test.Threads
    Recorded = if ($isNew) { 'now' } else { 'before' }
    ManifestSha256 = $test.ManifestSha256
}
