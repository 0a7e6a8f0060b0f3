@{
    # Windows PowerShell 5.1 has its own build; PowerShell 7.4 and newer need no assembly but their own.
    RootModule             = if ($PSEdition -eq 'Core') { 'bin/net8.0/ChatKit.PowerShell.dll' } else { 'bin/net472/ChatKit.PowerShell.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = '5b1f6a0e-8d0f-4f3b-9a41-6e2c7d9b8a53'
    Author                 = 'The ChatKit for PowerShell authors'
    CompanyName            = 'The ChatKit for PowerShell authors'
    Copyright              = 'Copyright (c) 2026 The ChatKit for PowerShell authors. MIT License.'
    Description            = "Cmdlets for administrators of OpenAI's ChatKit: look threads up, list, archive and delete them as typed objects whose status is a property, ready for Where-Object and Export-Csv; create and end sessions. An emulator in memory, to try it without a key."
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')

    FormatsToProcess       = @('bin/ChatKit.format.ps1xml')

    CmdletsToExport        = @(
        'Connect-ChatKit'
        'Disconnect-ChatKit'
        'Export-ChatKitThread'
        'Find-ChatKitThreadItem'
        'Get-ChatKitArchiveVersion'
        'Get-ChatKitConnection'
        'Get-ChatKitThread'
        'Get-ChatKitThreadItem'
        'New-ChatKitConnection'
        'New-ChatKitSession'
        'Optimize-ChatKitArchive'
        'Remove-ChatKitArchiveThread'
        'Remove-ChatKitThread'
        'Repair-ChatKitArchive'
        'Stop-ChatKitSession'
        'Test-ChatKitArchive'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags = @('OpenAI', 'ChatKit', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
        }
    }
}
