# The module as PowerShell sees it: manifest, import, removal.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
}

Describe 'The manifest' {
    BeforeAll { $manifest = Test-ModuleManifest (Get-ManifestPath) }

    It 'exports the cmdlets that there are, and nothing else' {
        $exported = (Get-Module ChatKit).ExportedCommands.Values
        $exported.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $exported.Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
        $cmdlets = [ChatKit.ChatKitConnection].Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
            ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $exported.Name | Sort-Object | Should -Be ($cmdlets | Sort-Object)
    }

    It 'names the build of this edition' {
        $folder = if ($PSEdition -eq 'Core') { 'net8.0' } else { 'net472' }
        [ChatKit.ChatKitConnection].Assembly.Location | Should -Be (Get-RepositoryPath "bin/$folder/ChatKit.PowerShell.dll")
    }

    It 'uses approved verbs' {
        (Get-Command -Module ChatKit).Verb | Sort-Object -Unique | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }
}

Describe 'Importing' {
    BeforeAll {
        # In a process of its own, which has seen nothing of the module yet.
        function Invoke-Fresh([string] $Script) {
            $shell = (Get-Process -Id $PID).Path
            $text = "`$ErrorActionPreference = 'Stop'; Import-Module '$(Get-ManifestPath)'; $Script"
            & $shell -NoProfile -NonInteractive -Command $text 2>&1
        }
    }

    It 'makes the types known at once' {
        Invoke-Fresh '[ChatKit.ChatKitThread].FullName; [ChatKit.ChatKitUserMessage].Name' | Should -Be 'ChatKit.ChatKitThread', 'ChatKitUserMessage'
    }

    It 'needs no key and no network' {
        Invoke-Fresh '(Get-Module ChatKit).Name; Get-ChatKitConnection' | Should -Be 'ChatKit'
    }

    It 'can be undone and done again' {
        Invoke-Fresh "
            Remove-Module ChatKit
            `$left = Get-Command Get-ChatKitThread -ErrorAction Ignore | Where-Object Module
            Import-Module '$(Get-ManifestPath)'
            Connect-ChatKit -Emulator
            '{0}:{1}' -f @(`$left).Count, (Get-ChatKitThread cthr_abc123).Id" | Should -Be '0:cthr_abc123'
    }

    It 'of a copy elsewhere is possible while one is loaded' {
        $copy = New-Item (Join-Path $TestDrive ChatKit) -ItemType Directory
        'ChatKit.psd1', 'bin', 'en-US' | ForEach-Object { Copy-Item (Get-RepositoryPath $_) $copy -Recurse }
        Invoke-Fresh "Connect-ChatKit -Emulator; Import-Module '$(Join-Path $copy ChatKit.psd1)'; (Get-ChatKitThread cthr_abc123).Id" | Should -Be 'cthr_abc123'
    }

    It 'twice, with -Force, changes nothing' {
        Invoke-Fresh "Connect-ChatKit -Emulator; Import-Module '$(Get-ManifestPath)' -Force; (Get-ChatKitThread cthr_abc123).Id" | Should -Be 'cthr_abc123'
    }
}
