<#
.SYNOPSIS
Makes rows of objects, with every date as ISO 8601 in UTC.
.DESCRIPTION
Export-Csv writes a date as the culture of the machine does, in local time. Through this script it is 2026-11-20T10:27:00Z everywhere.
What is no date stays as it is; a date that is missing stays empty.
.PARAMETER InputObject
Threads, items, deletions, or anything else with dates.
.EXAMPLE
Get-ChatKitThread | ./ConvertTo-IsoDate.ps1 | Export-Csv threads.csv -NoTypeInformation -Encoding UTF8
#>

#requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory, ValueFromPipeline)] [psobject] $InputObject
)

process {
    $row = [ordered] @{}
    foreach ($property in $InputObject.PSObject.Properties) {
        $value = $property.Value
        $row[$property.Name] = if ($value -is [datetime]) { $value.ToUniversalTime().ToString('s') + 'Z' } else { $value }
    }

    [pscustomobject] $row
}
