<#
.SYNOPSIS
Deletes the threads that are older than so many days, and leaves a line of proof for each.
.DESCRIPTION
Uses the current connection. Asks before each thread; -WhatIf is the dry run, and -Confirm:$false is for a scheduler.
The age is that of -CreatedBefore, so a thread without a date is never deleted.
.PARAMETER Days
The age in days, 1 to 36,500, counted from now.
.PARAMETER Path
The CSV of the outcomes, as -ProofPath of Remove-ChatKitThread writes it. What is there stays, and what is new is added.
.EXAMPLE
./Remove-OldThread.ps1 -Days 90 -Path removed.csv -WhatIf
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [ValidateRange(1, 36500)] [int] $Days,
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
$utc = { if ($args[0]) { $args[0].ToUniversalTime().ToString('s') + 'Z' } }
$before = (Get-Date).AddDays(-$Days)
$found = $removed = 0
$failed = @()

# The dry run and the questions are those of Remove-ChatKitThread. The proof has every outcome as soon as it is known.
Get-ChatKitThread -CreatedBefore $before |
    ForEach-Object { $found++; $_ } |
    Remove-ChatKitThread -ProofPath $Path -PassThru -ErrorAction Continue -ErrorVariable failed |
    ForEach-Object { $removed++ }

[pscustomobject] @{ CreatedBefore = & $utc $before; Found = $found; Removed = $removed; Failed = @($failed).Count }
if ($failed) { throw "Threads that could not be deleted: $(@($failed).Count)." }
