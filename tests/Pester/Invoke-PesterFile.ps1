# Runs one Pester file, in a culture where one is given; the exit code is 0 where it holds tests and all of them pass.
param([Parameter(Mandatory)] [string] $Path, [string] $Culture)

$ErrorActionPreference = 'Stop'
if ($Culture) { [cultureinfo]::CurrentCulture = [cultureinfo]::DefaultThreadCurrentCulture = $Culture }
Import-Module Pester -MinimumVersion 5.3
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration
if ($result.TotalCount -eq 0) { Write-Host "There is no test in $Path." }
exit [int]($result.TotalCount -eq 0 -or $result.Result -ne 'Passed')
