<#
.SYNOPSIS
Lists the threads of several projects, each with the name of its project.
.DESCRIPTION
Uses the connections that it is given, and neither uses nor changes the current one. A project that fails is an error that names it, and the rest goes on.
.PARAMETER Project
The projects: a hashtable of names and connections, as New-ChatKitConnection gives them.
.PARAMETER User
The end users whose threads to list; all users' unless given.
.EXAMPLE
./Get-ProjectThread.ps1 -Project @{ sales = $sales; support = $support } | Export-Csv threads.csv
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [System.Collections.IDictionary] $Project,
    [string[]] $User
)

$list = @{}
if ($User) { $list.User = $User }

foreach ($name in $Project.Keys | Sort-Object) {
    try {
        Get-ChatKitThread -Connection $Project[$name] @list -ErrorAction Stop | Select-Object @{ n = 'Project'; e = { $name } }, *
    }
    catch {
        Write-Error "Project '$name': $_" -ErrorId $_.FullyQualifiedErrorId -TargetObject $name
    }
}
