<#
.SYNOPSIS
Archives and deletes every thread of one end user, erases them from other archives, and leaves proof of it.
.DESCRIPTION
Uses the current connection. Lists the user's threads, archives them, tests the archive, deletes what is in it, and asks for each again to see that it is gone.
Then erases the user from the archives of -EraseFrom, every version. Nothing is deleted where the archive is not whole. It asks once, before the first step. Run it again after a failure: it goes on, and adds to the proof.
.PARAMETER User
The end user, as the threads name him.
.PARAMETER Path
The folder of the request: archive/ has the threads, proof.csv the outcome of each deletion, request.json the outcome,
erased.csv what was erased from other archives.
.PARAMETER EraseFrom
The folders of other archives, such as that of every night, from which the user is to be erased.
.EXAMPLE
./Invoke-PrivacyRequest.ps1 -User user_123 -Path ./request-2026-017
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [ValidateLength(1, 512)] [string] $User,
    [Parameter(Mandatory)] [string] $Path,
    [string[]] $EraseFrom = @()
)

$ErrorActionPreference = 'Stop'
$utc = { if ($args[0]) { $args[0].ToUniversalTime().ToString('s') + 'Z' } }
$threads = @(Get-ChatKitThread -User $User)
if (-not $PSCmdlet.ShouldProcess("$($threads.Count) threads of $User", "Archive, delete from $(Get-ChatKitConnection)$(if ($EraseFrom) { ", erase from $EraseFrom" })")) { return }
$ConfirmPreference = 'None'   # It has been asked.

$archive = Join-Path $Path archive
$export = $threads | Export-ChatKitThread $archive -Update -ErrorAction Continue
$test = Test-ChatKitArchive $archive
$archived = @(Get-ChatKitThread -Connection (New-ChatKitConnection -Archive $archive)).Id
$missing = @($threads.Id | Where-Object { $_ -notin $archived })
if (-not $export.Complete -or -not $test.Complete -or $missing) {
    throw "The archive in '$archive' is not whole, so nothing was deleted. $($test.Problems)"
}

# The proof has every outcome as soon as it is known.
$threads | Remove-ChatKitThread -ProofPath (Join-Path $Path proof.csv) -ErrorAction Continue

$null = $threads | Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable answers
$gone = @($answers | Where-Object FullyQualifiedErrorId -like 'NotFound,*')
$left = @(Get-ChatKitThread -User $User)
$isGone = -not $left -and $gone.Count -eq $threads.Count

# Only once he is gone there: a thread that is left would have to be archived again.
$erased = @()
if ($isGone) {
    foreach ($folder in $EraseFrom) {
        $erased += @(Remove-ChatKitArchiveThread $folder -User $User -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures)
        $failures | Where-Object FullyQualifiedErrorId -notlike 'NotInArchive,*' | ForEach-Object { Write-Error $_ -ErrorAction Continue; $isGone = $false }
    }
}
if ($erased) {
    $erased | Select-Object Id, Versions, Items, Bytes, @{ n = 'ErasedAt'; e = { & $utc $_.ErasedAt } }, Path |
        Export-Csv -LiteralPath (Join-Path $Path erased.csv) -Append -NoTypeInformation -Encoding UTF8
}

$outcome = [pscustomobject] @{
    User           = $User
    Archived       = $test.Threads
    Deleted        = $gone.Count
    Left           = $left.Count
    Erased         = $erased.Count
    ManifestSha256 = (Get-FileHash (Join-Path $archive manifest.json)).Hash
    CheckedAt      = & $utc (Get-Date)
}
$outcome | ConvertTo-Json | Set-Content (Join-Path $Path request.json) -Encoding UTF8
$outcome
if (-not $isGone) { throw "Not every thread of $User is known to be gone everywhere. Run this again." }
