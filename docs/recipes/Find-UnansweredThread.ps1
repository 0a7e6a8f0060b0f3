<#
.SYNOPSIS
Finds active threads in which the user has had the last word for some time.
.DESCRIPTION
Uses the current connection. It is the sample of the recipe on tests: Find-UnansweredThread.Tests.ps1 tests it on the emulator.
.PARAMETER Hours
For how long nobody has answered, in hours: 0 to 87,600.
.EXAMPLE
./Find-UnansweredThread.ps1 -Hours 24 | Export-Csv unanswered.csv
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [ValidateRange(0, 87600)] [int] $Hours = 24
)

$ErrorActionPreference = 'Stop'
$limit = (Get-Date).AddHours(-$Hours)
Get-ChatKitThread |
    Where-Object Status -eq active |
    Get-ChatKitThreadItem -Order Descending -First 1 |
    Where-Object { $_.Type -eq 'chatkit.user_message' -and $_.CreatedAt -and $_.CreatedAt -lt $limit } |
    Select-Object ThreadId, @{ n = 'Since'; e = { $_.CreatedAt } }, Text
