# The module as a contender: Module.ps1 <manifest> <work> <width>. Floor/Program.cs says what a contender does; the environment says where.
param([string] $Manifest, [string] $Work, [int] $Width)

$ErrorActionPreference = 'Stop'
if ($Work -notin 'import', 'first') { Import-Module $Manifest }
$archive = $env:CHATKIT_BENCHMARK_ARCHIVE

function New-TemporaryPath { Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()) }

# An archive of its own, which may be changed.
function Copy-Archive {
    $copy = New-TemporaryPath
    Copy-Item -Recurse $archive $copy
    $copy
}

# Streamed is what keeps nothing; the others keep what came, as the other contenders do.
$works = @{
    'by-id'          = { @($ids | Get-ChatKitThread -ThrottleLimit $Width).Count }
    'by-id-streamed' = { (1..$count | & { process { 'cthr_{0:d8}' -f $_ } } | Get-ChatKitThread -ThrottleLimit $Width | Measure-Object).Count }
    'list'           = { @(Get-ChatKitThread).Count }
    'list-streamed'  = { (Get-ChatKitThread -First $count | Measure-Object).Count }
    'items'          = { @($ids | Get-ChatKitThreadItem -ThrottleLimit $Width).Count }
    'items-short'    = { ($ids | Get-ChatKitThreadItem -ThrottleLimit $Width | Measure-Object).Count }
    'items-long'     = { ($ids[0..499] + 'cthr_long' + $ids[500..999] | Get-ChatKitThreadItem -ThrottleLimit $Width | Measure-Object).Count }
    'users'          = { @(Get-ChatKitThread -User $users -ThrottleLimit $Width).Count }
    'oldest'         = { @(Get-ChatKitThread -CreatedBefore ([DateTimeOffset]::FromUnixTimeSeconds(1700000000 + 60 * ($count + 1)))).Count }
    'newest'         = { @(Get-ChatKitThread -CreatedAfter ([DateTimeOffset]::FromUnixTimeSeconds(1700000000 + 60 * (100000 - $count)))).Count }
    'export'         = { (Export-ChatKitThread $folder -ThrottleLimit $Width).Threads }
    'archive'        = { (Export-ChatKitThread $archive -ThrottleLimit $Width).Threads }
    'update-idle'    = { (Export-ChatKitThread $folder -Update -SkipIdle $idle -ThrottleLimit $Width).Threads }
    'find'           = { @(Find-ChatKitThreadItem -Text Chargeback -Connection $connection).Count }
    'find-connecting' = { @(Find-ChatKitThreadItem -Text Chargeback -Connection (New-ChatKitConnection -Archive $archive)).Count }
    'find-common'    = { (Find-ChatKitThreadItem -Text thursday -Connection $connection | Measure-Object).Count }
    'optimize'       = {
        $result = Optimize-ChatKitArchive $folder -Compress -Confirm:$false
        # Shown with the row: standard output has the figures alone.
        [Console]::Error.WriteLine("module, optimize: $($result.BytesBefore) bytes are $($result.BytesAfter) now")
        1
    }
    'import'         = { Import-Module $Manifest; 1 }
    'first'          = { Import-Module $Manifest; @(Get-ChatKitThread cthr_00000001).Count }
}
while ($line = [Console]::In.ReadLine()) {
    $count = [int] $line
    $users = if ($Work -eq 'users') { foreach ($n in 0..($count - 1)) { "user_$n" } }
    if ($Work -in 'by-id', 'items', 'items-short', 'items-long') { $ids = foreach ($n in 1..$count) { 'cthr_{0:d8}' -f $n } }
    if ($Work -eq 'export') { $folder = New-TemporaryPath }
    if ($Work -eq 'optimize') { $folder = Copy-Archive }
    # The first run writes the archive that the others bring up to date. All but the newest 2,000 threads are idle.
    if ($Work -eq 'update-idle') {
        $folder ??= New-TemporaryPath
        $idle = [DateTimeOffset]::Now - [DateTimeOffset]::FromUnixTimeSeconds(1700000000 + 60 * ($count - 2000) + 30)
    }
    if ($Work -like 'find*' -and -not $connection) {
        if ($Work -eq 'find-gzip') {
            $folder = Copy-Archive
            $null = Optimize-ChatKitArchive $folder -Compress -Confirm:$false
        }
        $connection = New-ChatKitConnection -Archive ($folder ?? $archive)
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $got = & $works[$Work -eq 'find-gzip' ? 'find' : $Work]
    $seconds = $clock.Elapsed.TotalSeconds
    if ($Work -in 'export', 'optimize') { Remove-Item -Recurse -Force $folder }
    $peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
    [Console]::Out.WriteLine("$seconds $got $peak")
}
if ($Work -in 'update-idle', 'find-gzip') { Remove-Item -Recurse -Force $folder }
