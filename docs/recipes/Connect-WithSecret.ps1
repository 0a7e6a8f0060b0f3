<#
.SYNOPSIS
Connects with a key from where keys are kept, so that it stands in no script.
.DESCRIPTION
The key goes from the store to Connect-ChatKit, and is neither shown nor written. The store's own module and sign-in are needed:
Microsoft.PowerShell.SecretManagement, or Az.KeyVault after Connect-AzAccount; an Azure Automation account has its own; Environment needs none.
.PARAMETER Store
Where the key is: SecretManagement, KeyVault, AutomationCredential (the password of a credential asset), or Environment (a variable, as CI sets it).
.PARAMETER Name
The name of the secret, the credential or the variable.
.PARAMETER Vault
The vault: mandatory for KeyVault; SecretManagement's default one unless given.
.EXAMPLE
./Connect-WithSecret.ps1 -Store SecretManagement -Name openai-key
#>

#requires -Version 5.1
#requires -Modules ChatKit
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('SecretManagement', 'KeyVault', 'AutomationCredential', 'Environment')] [string] $Store,
    [Parameter(Mandatory)] [string] $Name,
    [string] $Vault
)

$ErrorActionPreference = 'Stop'
$in = @{}
if ($Vault) { $in.Vault = $Vault }

$key = switch ($Store) {
    SecretManagement { Get-Secret -Name $Name @in }
    KeyVault { (Get-AzKeyVaultSecret -VaultName $Vault -Name $Name).SecretValue }
    AutomationCredential { Get-AutomationPSCredential -Name $Name }
    Environment { [Environment]::GetEnvironmentVariable($Name) }
}
if (-not $key) { throw "$Store has no secret named '$Name'." }

Connect-ChatKit -ApiKey $key
if ($Store -eq 'Environment') { [Environment]::SetEnvironmentVariable($Name, $null) }   # What is started from here need not have it.
