<#
.SYNOPSIS
Asks archives a question in SQL, with DuckDB, and gives the rows as objects.
.DESCRIPTION
Needs the duckdb command, and Invoke-ArchiveQuery.duckdb.sql beside this script. The archives are read where they lie; nothing is imported, and no key is needed.
The tables are threads (id, title, status, status_reason, end_user, created_at, is_gone, items) and items (thread_id, id, type, created_at, text, item).
.PARAMETER Path
The folders of one or more archives, which are read as one.
.PARAMETER Query
One SELECT of DuckDB's SQL. Dates come as UTC.
.PARAMETER DuckDB
The duckdb command.
.EXAMPLE
./Invoke-ArchiveQuery.ps1 -Path ./archive -Query 'select status, count(*) as threads from threads group by status order by threads desc, status'
#>

#requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string] $Query,
    [string] $DuckDB = 'duckdb'
)

$ErrorActionPreference = 'Stop'
$text = { "'" + $args[0].Replace("'", "''") + "'" }
$folders = $Path | ForEach-Object { & $text (Convert-Path -LiteralPath $_).Replace('\', '/') }
$csv = [IO.Path]::GetTempFileName()
$sql = "$csv.sql"

# By files, not pipes: no version of PowerShell and no console changes the encoding of a file.
try {
    [IO.File]::WriteAllText($sql, @"
set timezone = 'UTC';
set variable archives = [$($folders -join ', ')];
$([IO.File]::ReadAllText((Join-Path $PSScriptRoot 'Invoke-ArchiveQuery.duckdb.sql')))
copy ($($Query.Trim().TrimEnd(';'))
) to $(& $text $csv.Replace('\', '/')) (format csv, header);
"@)
    & $DuckDB -bail -f $sql
    if ($LASTEXITCODE) { throw "DuckDB failed with exit code $LASTEXITCODE." }
    Import-Csv -LiteralPath $csv -Encoding UTF8
}
finally {
    Remove-Item -LiteralPath $csv, $sql -ErrorAction Ignore
}
