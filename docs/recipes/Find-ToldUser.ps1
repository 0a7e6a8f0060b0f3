<#
.SYNOPSIS
Finds the users whom the assistant told something, for a notice to each of them.
.DESCRIPTION
Searches what the assistant wrote, in an archive or, unless -Archive is given, over the current connection. The CSV has a row for each message, with the words
around the text. It is there only once everything has been searched: a search that breaks off is an error, and an older file stays as it was.
.PARAMETER Text
The words that they were told, as they stand there, without case. Of several, any counts.
.PARAMETER Path
The CSV. One that is there is replaced.
.PARAMETER Archive
The folder of an archive to search. It needs no key.
.PARAMETER CreatedAfter
Only what was written after this moment.
.EXAMPLE
./Find-ToldUser.ps1 'has been refunded' -Path told.csv -Archive ./archive
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)] [string[]] $Text,
    [Parameter(Mandatory)] [string] $Path,
    [string] $Archive,
    [Nullable[DateTimeOffset]] $CreatedAfter
)

$ErrorActionPreference = 'Stop'
$search = @{ Text = $Text; Type = 'assistant_message' }
if ($CreatedAfter) { $search.CreatedAfter = $CreatedAfter }
if ($Archive) {
    $test = Test-ChatKitArchive $Archive
    if (-not $test.Complete) { Write-Warning "The archive does not have everything. $($test.Problems | Select-Object -First 1)" }
    $search.Connection = New-ChatKitConnection -Archive $Archive
}

$partial = "$Path.partial"
Find-ChatKitThreadItem @search |
    Select-Object User, ThreadId, Title, ItemId, CreatedAt, Excerpt |
    Export-Csv -LiteralPath $partial -NoTypeInformation -Encoding UTF8
Move-Item -LiteralPath $partial -Destination $Path -Force

Import-Csv -LiteralPath $Path | Group-Object User | Sort-Object Name | ForEach-Object {
    [pscustomobject] @{
        User = $_.Name
        Threads = @($_.Group.ThreadId | Sort-Object -Unique).Count
        Messages = $_.Count
    }
}
