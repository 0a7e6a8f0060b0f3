# What the tests of the recipes share; they run it in their BeforeAll, with the dot. The recipes lie in a folder of the test, which is the current one.

Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
Import-ChatKit
$key = Get-TestKey
$shell = (Get-Process -Id $PID).Path
$recipes = Get-RepositoryPath 'docs/recipes'
$work = Join-Path $TestDrive work
Copy-Item $recipes $work -Recurse

# The module as it is installed, for a PowerShell of its own.
$modulePath = $env:PSModulePath
$installed = Join-Path $TestDrive modules/ChatKit
$null = New-Item $installed -ItemType Directory
Copy-Item (Get-ManifestPath), (Get-RepositoryPath bin) $installed -Recurse
$env:PSModulePath = (Split-Path $installed) + [IO.Path]::PathSeparator + $modulePath
Push-Location $work

# The blocks of a page, of one language.
function Get-Block([string] $Name, [string] $Language) {
    $page = [IO.File]::ReadAllText((Join-Path $recipes "$Name.md")) -replace "`r"
    [regex]::Matches($page, '(?sm)^```' + $Language + '\n(.*?)\n```').ForEach({ $_.Groups[1].Value })
}

# What is printed, but for numbers, dates, hashes, the width of columns, and how blank lines lie.
function Get-Shape([object[]] $Line) {
    $text = $Line | ForEach-Object { ("$_" -replace '\x1b\[[0-9;]*m' -replace '\b[0-9A-F]{64}\b', 'hash' -replace '\d+[/.-]\d+[/.-]\d+ \d+:\d+:\d+( [AP]M)?', 'date' -replace '\d+', '0' -replace '-+', '-' -replace '\s+', ' ').Trim() }
    ($text | Where-Object { $_ }) -join "`n"
}

# Runs the first command of a page, as it is written there, and holds what it prints to what the page shows.
function Invoke-Page([string] $Name) {
    $output = @(. ([scriptblock]::Create(@(Get-Block $Name powershell)[0])))
    $shown = @(Get-Block $Name text)[0]
    if ($shown) { Get-Shape ($output | Out-String -Stream -Width 120) | Should -Be (Get-Shape ($shown -split "`n")) }
    $output
}

# The same in a PowerShell of its own, for what goes to the host or exits.
function Invoke-Shell([string[]] $Argument) {
    $ErrorActionPreference = 'Continue'   # Windows PowerShell takes a line on stderr for an error.
    @(& $shell -NoProfile -NonInteractive @Argument 2>&1 | ForEach-Object { "$_" })
}

# An error or a warning, however the host has broken its lines.
function Get-Unwrapped([string[]] $Line) { -join $Line -replace '\x1b\[[0-9;]*m' -replace '[\s|]' }

function Write-Seed([string] $Name, [hashtable[]] $Thread) {
    $path = Join-Path $TestDrive $Name
    ConvertTo-Json -InputObject @($Thread) -Depth 10 | Set-Content $path -Encoding UTF8
    $path
}

# What is to be done at the end.
function Clear-Recipe {
    Pop-Location
    $env:PSModulePath = $modulePath
    Clear-TestEnvironment
}
