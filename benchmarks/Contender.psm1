# A contender is a process that does one kind of work as often as it is asked to; Floor/Program.cs says how it is asked, and how it answers.

# How each is started; the work and the width are added.
$script:Commands = @{
    module   = 'pwsh', '-NoProfile', '-File', "$PSScriptRoot/Module.ps1", "$PSScriptRoot/../ChatKit.psd1"
    empty    = 'pwsh', '-NoProfile', '-File', "$PSScriptRoot/Module.ps1", "$PSScriptRoot/../artifacts/EmptyModule/EmptyModule.psd1"
    loop     = 'pwsh', '-NoProfile', '-File', "$PSScriptRoot/RestMethod.ps1", 'loop'
    parallel = 'pwsh', '-NoProfile', '-File', "$PSScriptRoot/RestMethod.ps1", 'parallel'
    floor    = 'dotnet', "$PSScriptRoot/../artifacts/bin/Floor/release/Floor.dll"
    node     = 'node', "$PSScriptRoot/node/openai.js"
    duckdb   = 'node', "$PSScriptRoot/node/duckdb.js"
}

# What a contender needs, where that is not a part of this repository.
$script:Needs = @{
    node   = "$PSScriptRoot/node/node_modules/openai"
    duckdb = "$PSScriptRoot/../tests/DuckDB/node_modules/@duckdb/node-api"
}

function Test-Contender([string] $Name) {
    -not $Needs[$Name] -or ((Get-Command node -ErrorAction Ignore) -and (Test-Path $Needs[$Name]))
}

# No setting or proxy of the developer's reaches it.
function Start-Contender([string] $Name, [string] $Work, [int] $Width, [string] $BaseUri, [string] $Key, [string] $Certificate, [string] $Archive) {
    $file, $arguments = $Commands[$Name]
    $start = [System.Diagnostics.ProcessStartInfo]::new($file)
    foreach ($argument in @($arguments) + $Work + "$Width") { $start.ArgumentList.Add($argument) }
    foreach ($variable in @($start.Environment.Keys)) {
        if ($variable -like 'OPENAI_*' -or $variable -like '*_PROXY') { $null = $start.Environment.Remove($variable) }
    }
    $start.Environment['OPENAI_BASE_URL'] = $BaseUri
    $start.Environment['OPENAI_API_KEY'] = $Key
    $start.Environment['CHATKIT_BENCHMARK_ARCHIVE'] = $Archive
    if ($Certificate) {
        # What .NET trusts in place of the system's on Linux, and what Node trusts besides its own.
        $start.Environment['SSL_CERT_FILE'] = $start.Environment['NODE_EXTRA_CA_CERTS'] = $Certificate
    }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    [System.Diagnostics.Process]::Start($start)
}

# One run: how long it took, how many objects came, and the peak of the process's memory so far. Nothing where the contender gave up; it said why itself.
function Invoke-Contender([System.Diagnostics.Process] $Process, [int] $Count) {
    try { $Process.StandardInput.WriteLine($Count) } catch [System.IO.IOException] { return }
    if ($line = $Process.StandardOutput.ReadLine()) {
        $seconds, $got, $peak = $line -split ' '
        [pscustomobject] @{ Seconds = [double] $seconds; Got = [int] $got; PeakMiB = [double] $peak }
    }
}

function Stop-Contender([System.Diagnostics.Process] $Process) {
    try { $Process.StandardInput.Close() } catch [System.IO.IOException] { }   # It ended before.
    if (-not $Process.WaitForExit(5000)) { $Process.Kill() }
    $Process.Dispose()
}

Export-ModuleMember -Function *
