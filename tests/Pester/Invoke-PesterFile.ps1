# Runs one Pester file, once in each culture where some are given; the exit code is 0 where it holds tests and all of
# them pass each time. The cultures follow one another in one process: starting another takes longer than most files.
param([Parameter(Mandatory)] [string] $Path, [string[]] $Culture = '')

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.3
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$failed = 0
foreach ($name in $Culture -split ',') {
    if ($name) {
        Write-Host "In the culture $name"
        [cultureinfo]::CurrentCulture = [cultureinfo]::DefaultThreadCurrentCulture = $name
    }

    $result = Invoke-Pester -Configuration $configuration
    if ($result.TotalCount -eq 0) { Write-Host "There is no test in $Path." }
    if ($result.TotalCount -eq 0 -or $result.Result -ne 'Passed') { $failed++ }
}

exit $failed
