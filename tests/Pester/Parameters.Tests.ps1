# Every parameter of every cmdlet, written down with $null, and every switch, with $false: what narrows, directs or protects is never silently absent.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in Get-Command -Module ChatKit) {
        foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Name -notin $common }) {
            @{ Command = $command.Name; Parameter = $parameter.Name; IsSwitch = $parameter.SwitchParameter }
        }
    }

    # What may be null, and why.
    $mayBeNull = @{
        Id          = 'a null among ids is the error InvalidId, and the other ids go on'
        ThreadId    = 'the same'
        InputObject = 'the same'
        # WhatIf and Confirm are PowerShell's own, and err to the safe side: a null shows what would be done, and asks.
        ApiKey      = 'it is an empty key, which is the error InvalidApiKey'
    }
    $valued = $parameters | Where-Object { $_.Parameter -notin 'WhatIf', 'Confirm' -and -not $mayBeNull.ContainsKey($_.Parameter) }

    # What a session is to have is sent as it is said: a false is how tracing is turned off.
    $isSent = { $_.Parameter -in 'Tracing', 'AutomaticThreadTitling', 'FileUpload', 'History' }
    $sent, $switches = ($parameters | Where-Object IsSwitch).Where($isSent, 'Split')
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit

    Connect-ChatKit -Emulator
    $null = Export-ChatKitThread (Join-Path $TestDrive known)

    # What a cmdlet needs beside the parameter that is tried.
    $needs = @{
        'Export-ChatKitThread' = @{ Path = Join-Path $TestDrive archive }
        'Find-ChatKitThreadItem' = @{ Text = 'e' }
        'Get-ChatKitThreadItem' = @{ ThreadId = 'cthr_abc123' }
        'New-ChatKitConnection' = @{ ApiKey = Get-TestKey }
        'Connect-ChatKit' = @{ ApiKey = Get-TestKey }
        'New-ChatKitSession' = @{ WorkflowId = 'wf_1'; User = 'user_1' }
        'Optimize-ChatKitArchive' = @{ Path = Join-Path $TestDrive known; WhatIf = $true }
        'Remove-ChatKitArchiveThread' = @{ Path = Join-Path $TestDrive known; Id = 'cthr_abc123'; WhatIf = $true }
        'Remove-ChatKitThread' = @{ Id = 'cthr_abc123'; WhatIf = $true }
        'Stop-ChatKitSession' = @{ Id = 'cksess_1'; WhatIf = $true }
    }
    $companions = @{ Seed = @{ Emulator = $true }; Archive = @{}; ProxyCredential = @{ Proxy = 'http://127.0.0.1:9' } }

    function Invoke-With([string] $Command, [hashtable] $Argument) {
        $all = @{}
        foreach ($name in $needs[$Command].Keys) { $all[$name] = $needs[$Command][$name] }
        foreach ($name in $Argument.Keys) {
            if ($companions.ContainsKey($name)) { $all.Remove('ApiKey'); foreach ($other in $companions[$name].Keys) { $all[$other] = $companions[$name][$other] } }
            if ($name -eq 'Pattern') { $all.Remove('Text') }
            $all[$name] = $Argument[$name]
        }
        Connect-ChatKit -Emulator
        & $Command @all -ErrorAction Stop
    }
}

AfterAll { Disconnect-ChatKit }

Describe 'A parameter that is $null' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'is refused: <Command> -<Parameter>' -ForEach $valued {
        { Invoke-With $Command @{ $Parameter = $null } } | Should -Throw -ErrorId 'Parameter*'
    }

    It 'is an error of its own where it does bind: <Command> -<Parameter>' -ForEach @(
        @{ Command = 'Get-ChatKitThread'; Parameter = 'Id'; ErrorId = 'InvalidId' }
        @{ Command = 'Get-ChatKitThreadItem'; Parameter = 'ThreadId'; ErrorId = 'InvalidId' }
        @{ Command = 'Stop-ChatKitSession'; Parameter = 'Id'; ErrorId = 'InvalidId' }
        @{ Command = 'New-ChatKitConnection'; Parameter = 'ApiKey'; ErrorId = 'InvalidApiKey' }
        @{ Command = 'Connect-ChatKit'; Parameter = 'ApiKey'; ErrorId = 'InvalidApiKey' }
    ) {
        { Invoke-With $Command @{ $Parameter = $null } } | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'is refused as a default, which PowerShell only warns of: -<Parameter>' -ForEach @(
        @{ Parameter = 'CreatedBefore'; Value = $null }
        @{ Parameter = 'CreatedAfter'; Value = 'nonsense' }
        @{ Parameter = 'User'; Value = '' }
        @{ Parameter = 'First'; Value = 0 }
        @{ Parameter = 'Connection'; Value = $null }
    ) {
        $PSDefaultParameterValues = @{ "Get-ChatKit*:$Parameter" = $Value }
        { Get-ChatKitThread -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'UnboundDefault,*'
        $PSDefaultParameterValues['Disabled'] = $true
        @(Get-ChatKitThread).Count | Should -Be 12
    }

    It 'is refused as a default of <Key>' -ForEach @(
        @{ Key = 'gct:CreatedBefore'; Value = $null }
        @{ Key = 'g?t:CreatedBefore'; Value = $null }
        @{ Key = 'ChatKit\Get-ChatKitThread:CreatedBefore'; Value = '2026-01-01' }
        @{ Key = 'Get-ChatKitThread:CreatedB'; Value = '2026-01-01' }
        @{ Key = 'Get-ChatKitThread:CreatdBefore'; Value = '2026-01-01' }
        @{ Key = '"Get-ChatKitThread":"CreatedBefore"'; Value = { $null } }
    ) {
        Set-Alias gct Get-ChatKitThread
        $PSDefaultParameterValues = @{ $Key = $Value }
        { Get-ChatKitThread -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'UnboundDefault,*'
    }

    It 'leaves a default alone that is used, or is for another parameter set' {
        $PSDefaultParameterValues = @{ '*:CreatedBefore' = (Get-Date).AddDays(-300); 'Get-ChatKitThread:User' = $null }
        @(Get-ChatKitThread -User user_456).Count | Should -Be 1
        (Get-ChatKitThread -Id cthr_abc123).Id | Should -Be cthr_abc123
    }
}

Describe 'A switch that is $false' {
    BeforeAll {
        # A result without what differs from run to run. The sample's times follow the clock.
        function Get-Shown($Command, $Argument) {
            if ($Command -eq 'Export-ChatKitThread') { Remove-Item (Join-Path $TestDrive archive) -Recurse -ErrorAction Ignore }
            Invoke-With $Command $Argument |
                Select-Object * -ExcludeProperty Elapsed, ClientSecret, CreatedAt, ExpiresAt, Id, RemovedAt, ManifestSha256 |
                Out-String
        }
    }

    It 'is as if it were not there: <Command> -<Parameter>' -ForEach $switches {
        Get-Shown $Command @{ $Parameter = $false } | Should -BeExactly (Get-Shown $Command @{})
    }

    It 'is sent for a session: -<Parameter>' -ForEach $sent {
        (Invoke-With $Command @{ $Parameter = $false }).$Parameter | Should -BeFalse
        (Invoke-With $Command @{ $Parameter = $true }).$Parameter | Should -BeTrue
    }

    It 'does not connect to the emulator: <What>' -ForEach @(
        @{ What = 'without a key'; Script = { New-ChatKitConnection -Emulator:$false }; ErrorId = 'NotConnected' }
        @{ What = 'splatted'; Script = { $dry = @{ Emulator = $false }; New-ChatKitConnection @dry }; ErrorId = 'NotConnected' }
        @{ What = 'with a seed'; Script = { New-ChatKitConnection -Emulator:$false -Seed ./seed.json }; ErrorId = 'ContradictoryParameters' }
    ) {
        $Script | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'lets the key count, and the archive' {
        (New-ChatKitConnection (Get-TestKey) -Emulator:$false -Force:$false).Kind | Should -Be 'Live'
        { New-ChatKitConnection -Archive (Join-Path $TestDrive none) -Emulator:$false } | Should -Throw -ErrorId 'ArchiveNotFound,*'
    }

    It 'and one that is true fits only where it belongs: <What>' -ForEach @(
        @{ What = '-Emulator with a key'; Script = { New-ChatKitConnection (Get-TestKey) -Emulator } }
        @{ What = '-Emulator with an archive'; Script = { New-ChatKitConnection -Archive ./archive -Emulator } }
        @{ What = '-Force with a key'; Script = { New-ChatKitConnection (Get-TestKey) -Force } }
        @{ What = '-AllowUnencryptedAuthentication with the emulator'; Script = { New-ChatKitConnection -Emulator -AllowUnencryptedAuthentication } }
    ) {
        $Script | Should -Throw -ErrorId 'ContradictoryParameters,*'
    }
}
