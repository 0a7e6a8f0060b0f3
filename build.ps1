# What a developer does here: build.ps1 [build | test | demo | bench | soak | help | pack | clean]. Each is a few lines over dotnet.
[CmdletBinding()]
param(
    [ValidateSet('build', 'test', 'demo', 'bench', 'soak', 'help', 'pack', 'clean')]
    [string] $Task = 'build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Uses what was built before.
    [switch] $NoBuild,

    # Of bench; benchmarks/Bench.ps1 says what they mean.
    [string[]] $Row,
    [int] $Runs,
    [int] $LatencyMs,
    [int] $Rate,
    [int] $Burst,
    [int] $Width,

    # Of pack; package/Pack.ps1 says what they mean.
    [string] $Destination = "$PSScriptRoot/artifacts/module",
    [string] $RepositoryUrl,
    [string] $CertificateThumbprint
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

# What is measured is the release build, against the release build of the server.
function Build-ForMeasuring {
    if ($NoBuild) { return }
    foreach ($project in @('src/ChatKit.PowerShell', 'tests/LoopbackServer') + $args) {
        Invoke-DotNet build "$PSScriptRoot/$project" --configuration Release --nologo --verbosity quiet --consoleLoggerParameters:NoSummary
    }
}

# Prints each row as soon as it is measured.
function Show-Bench([hashtable] $Asked) {
    $columns = [ordered] @{ Row = 9; Case = 33; Median = 9; Range = 18; Unit = 11; By = 7; Against = 34; Goal = 5; Met = 4; PeakMiB = 7; Refused = 7 }
    $table = $columns.Keys | ForEach-Object { @{ Label = "$_"; Expression = "$_"; Width = $columns.$_ } }
    & "$PSScriptRoot/benchmarks/Bench.ps1" @Asked | Format-Table $table | Out-String -Stream -Width 160
}

switch ($Task) {
    build { Invoke-DotNet build "$PSScriptRoot/ChatKit.PowerShell.sln" --configuration $Configuration --nologo }
    test { Invoke-DotNet test "$PSScriptRoot/ChatKit.PowerShell.sln" --configuration $Configuration --nologo }
    bench {
        Build-ForMeasuring benchmarks/Floor benchmarks/EmptyModule
        $asked = @{}
        foreach ($name in 'Row', 'Runs', 'LatencyMs', 'Rate', 'Burst', 'Width') { if ($PSBoundParameters.ContainsKey($name)) { $asked[$name] = $PSBoundParameters[$name] } }
        Show-Bench $asked
    }
    soak {
        Build-ForMeasuring
        & "$PSScriptRoot/benchmarks/Soak.ps1"
        & "$PSScriptRoot/benchmarks/Soak.ps1" -LatencyMs 100 -RefusedPerThousand 20 -FaultsPerThousand 0
    }
    pack { & "$PSScriptRoot/package/Pack.ps1" $Destination $RepositoryUrl $CertificateThumbprint -NoBuild:$NoBuild | ForEach-Object FullName }
    demo {
        # The build of the demo builds the module.
        $how = @(if ($NoBuild) { '--no-build' } else { '--verbosity', 'quiet' })
        Invoke-DotNet run --project "$PSScriptRoot/examples/Demo" --configuration $Configuration @how
    }
    help { & "$PSScriptRoot/docs/reference/Build-Help.ps1" }   # Needs Microsoft.PowerShell.PlatyPS.
    clean { Remove-Item -Recurse -Force "$PSScriptRoot/artifacts", "$PSScriptRoot/bin" -ErrorAction Ignore }
}
