# Prints and runs the commands of a file, one by one, as they look at a prompt.
param([string] $Module, [string] $Commands, [string] $Csv)

Import-Module $Module
foreach ($command in Get-Content $Commands | Where-Object { $_ -and $_ -notlike '#*' }) {
    "PS> $command"
    . ([scriptblock]::Create($command)) | Out-String -Stream -Width 120 | ForEach-Object TrimEnd
    ''
}
