<#
.SYNOPSIS
Writes the threads that are not active to a CSV, and counts them by status.
.DESCRIPTION
Uses the current connection. The file is there only once the list is whole: a list that breaks off is an error, and an older file stays as it was.
.PARAMETER Path
The CSV. One that is there is replaced.
.PARAMETER User
The end users whose threads to list; all users' unless given.
.EXAMPLE
./Export-InactiveThread.ps1 -Path inactive.csv
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [string[]] $User
)

$ErrorActionPreference = 'Stop'
$list = @{}
if ($User) { $list.User = $User }

$partial = "$Path.partial"
Get-ChatKitThread @list |
    Where-Object Status -ne active |
    Export-Csv -LiteralPath $partial -NoTypeInformation -Encoding UTF8
Move-Item -LiteralPath $partial -Destination $Path -Force

Import-Csv -LiteralPath $Path | Group-Object Status -NoElement
