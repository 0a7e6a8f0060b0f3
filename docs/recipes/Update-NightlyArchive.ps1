<#
.SYNOPSIS
Brings an archive of the project up to date, tests it, and says by its exit code whether it is whole.
.DESCRIPTION
Uses the current connection. Exit codes: 0 the archive is whole; 1 it could not be brought up to date at all (no key, a folder that is none,
a second run at the same time, damage to what was there before); 2 it was, but is not whole: the warnings say what is missing.
.PARAMETER Path
The folder of the archive. The first run makes it.
.EXAMPLE
pwsh -NoProfile -File ./Update-NightlyArchive.ps1 -Path /var/backups/chatkit
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'

# A thread that cannot be fetched is one error; the rest goes on.
$export = Export-ChatKitThread $Path -Update -ErrorAction Continue
$test = Test-ChatKitArchive $Path
$export | Select-Object Threads, Written, Gone, Failed, Attachments, @{ n = 'Whole'; e = { $test.Complete } }
if (-not $test.Complete) {
    $test.Problems | ForEach-Object { Write-Warning "$_" }
    exit 2
}

exit 0
