# The recipes: each page's own command is run on the emulator, and what it does and prints is looked at. A recipe without a page or a test fails.

BeforeDiscovery {
    $folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/recipes'
    $recipes = Get-ChildItem $folder -Filter *.ps1 | Where-Object Name -notlike *.Tests.ps1 | ForEach-Object { @{ Name = $_.BaseName } }
}

BeforeAll { . (Join-Path $PSScriptRoot 'RecipeSupport.ps1') }

AfterAll { Clear-Recipe }

Describe 'The recipe <Name>' -ForEach $recipes {
    BeforeAll {
        $path = Join-Path $recipes "$Name.ps1"
        $source = [IO.File]::ReadAllText($path)
        $parseErrors = $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($source, [ref] $null, [ref] $parseErrors)
        $page = [IO.File]::ReadAllText((Join-Path $recipes "$Name.md"))
    }

    It 'has a page, a line in the index, and a test' {
        $page | Should -Match '\A# \S'
        [IO.File]::ReadAllText((Join-Path $recipes README.md)) | Should -Match ([regex]::Escape("[$Name]($Name.md) |"))
        "$(Get-ChildItem (Get-RepositoryPath tests/Pester) -Filter Recipe*.Tests.ps1 | ForEach-Object { [IO.File]::ReadAllText($_.FullName) })" | Should -Match "(?m)^Describe '$Name'"
        [regex]::Matches($page, '\]\((?!https:)([^)#]+)\)') | ForEach-Object { Join-Path $recipes $_.Groups[1].Value | Should -Exist }
    }

    It 'is a script for both PowerShells, with help' {
        $parseErrors | Should -BeNullOrEmpty
        $source | Should -Not -Match '[^\x00-\x7f]'
        $script.ScriptRequirements.RequiredPSVersion | Should -Be '5.1'
        $newer = $script.FindAll({ $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' -or "$($args[0].Operator)" -like 'QuestionQuestion*' -or $args[0].NullConditional }, $true)
        $newer | Should -BeNullOrEmpty
        $help = Get-Help $path -Full
        $help.Synopsis, "$($help.description.Text)" | ForEach-Object { $_ | Should -Match '\.$' }
        foreach ($parameter in $script.ParamBlock.Parameters.Name.VariablePath.UserPath) {
            "$(($help.parameters.parameter | Where-Object name -eq $parameter).description.Text)" | Should -Match '\S' -Because "-$parameter has a text"
        }
        "$($help.examples.example.code)" | Should -Match ([regex]::Escape("./$Name.ps1"))
    }

    It 'is run on its page with parameters that it has' {
        $blocks = @(Get-Block $Name powershell)
        $blocks[0] | Should -Match ([regex]::Escape("./$Name.ps1"))
        foreach ($block in $blocks) {
            $parsed = [scriptblock]::Create($block).Ast
            foreach ($command in $parsed.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                # The script may itself be an argument, of -File or -FilePath.
                $elements = @($command.CommandElements)
                $at = 0..($elements.Count - 1) | Where-Object { "$($elements[$_])" -like './*.ps1' } | Select-Object -First 1
                if ($null -eq $at) { continue }
                $called = Get-Command (Join-Path $recipes "$($elements[$at])")
                $named = $elements | Select-Object -Skip ($at + 1) | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }
                if ($elements[0].Extent.Text -eq 'Invoke-Command') { continue }
                foreach ($parameter in $named) { $called.Parameters.Keys | Should -Contain $parameter.ParameterName }
            }
        }
    }
}

Describe 'Export-InactiveThread' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'writes what is not active, and counts it' {
        $null = Invoke-Page Export-InactiveThread
        $rows = Import-Csv inactive.csv
        $rows.Id | Should -Be (Get-ChatKitThread | Where-Object Status -ne active).Id
        $rows.Status | Sort-Object -Unique | Should -Be 'closed', 'locked'
    }

    It 'asks for one user''s where it is told' {
        $null = ./Export-InactiveThread.ps1 -Path user.csv -User user_123
        (Import-Csv user.csv).User | Sort-Object -Unique | Should -Be 'user_123'
    }

    It 'leaves the file as it was where the list breaks off' {
        Set-Content kept.csv 'as it was'
        Connect-ChatKit $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0
        { ./Export-InactiveThread.ps1 -Path kept.csv } | Should -Throw -ErrorId 'ConnectionFailed,*'
        Get-Content kept.csv | Should -Be 'as it was'
    }
}

Describe 'Remove-OldThread' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'says in the dry run what would go, and deletes and writes nothing' {
        $block = @(Get-Block Remove-OldThread powershell)[0]
        $printed = Invoke-Shell '-Command', "Import-Module ChatKit; Connect-ChatKit -Emulator; $block; ""left: `$((Get-ChatKitThread).Count)"""
        Get-Shape ($printed -notlike 'left: *') | Should -Be (Get-Shape (@(Get-Block Remove-OldThread text)[0] -split "`n"))
        $printed -like 'left: *' | Should -Be "left: $(@(Get-ChatKitThread).Count)"
        'removed.csv' | Should -Not -Exist
    }

    It 'deletes what is old, and leaves what is young or has no date' {
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        Connect-ChatKit -Emulator -Seed (Write-Seed old.json @(
                @{ id = 'cthr_old'; created_at = $now - 91 * 86400; title = 'Old'; user = 'user_1'; status = @{ type = 'active' } }
                @{ id = 'cthr_young'; created_at = $now - 89 * 86400; status = @{ type = 'closed' } }
                @{ id = 'cthr_undated'; created_at = $null; status = @{ type = 'active' } }
            ))
        (Get-ChatKitThread cthr_undated).CreatedAt | Should -BeNullOrEmpty
        $outcome = . ([scriptblock]::Create(@(Get-Block Remove-OldThread powershell)[1]))
        $outcome.Found, $outcome.Removed, $outcome.Failed | Should -Be 1, 1, 0
        (Get-ChatKitThread).Id | Sort-Object | Should -Be 'cthr_undated', 'cthr_young'
        $proof = @(Import-Csv removed.csv)
        $proof.Id, $proof.Title, $proof.User | Should -Be 'cthr_old', 'Old', 'user_1'
        $proof[0].CreatedAt | Should -Be ([DateTimeOffset]::FromUnixTimeSeconds($now - 91 * 86400).UtcDateTime.ToString('s') + 'Z')
    }

    It 'adds to the proof, and fails where a thread was not deleted' {
        $server = Start-LoopbackServer -Empty
        try {
            Connect-ChatKit $key -BaseUri $server.BaseUri -MaximumRetryCount 0
            Add-LoopbackThread $server 'cthr_1', 'cthr_2', 'cthr_3'
            Add-LoopbackReply $server @{ target = '/threads/cthr_2$'; status = 500; body = '{}' }
            Add-LoopbackThread $server 'cthr_0'
            Remove-ChatKitThread cthr_0 -Confirm:$false -ProofPath more.csv
            { ./Remove-OldThread.ps1 -Days 90 -Path more.csv -Confirm:$false 2>$null } | Should -Throw 'Threads that could not be deleted: 1.'
            Import-Csv more.csv | Sort-Object Id | ForEach-Object { "$($_.Id) $($_.Deleted)" } | Should -Be 'cthr_0 True', 'cthr_1 True', 'cthr_2 Unknown', 'cthr_3 True'
        }
        finally { Stop-LoopbackServer $server }
    }
}

Describe 'ConvertTo-IsoDate' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'writes the moment that the server sent' {
        $null = Invoke-Page ConvertTo-IsoDate
        $rows = Import-Csv threads.csv
        $threads = Get-ChatKitThread -User user_123
        $rows.Id | Should -Be $threads.Id
        $numbers = foreach ($thread in $threads) { (ConvertFrom-Json $thread.ToJson()).created_at }
        $rows.CreatedAt | Should -Be ($numbers | ForEach-Object { [DateTimeOffset]::FromUnixTimeSeconds($_).UtcDateTime.ToString('s') + 'Z' })
        $shown = @(Get-Block ConvertTo-IsoDate csv)[0] -split "`n"
        Get-Shape (Get-Content threads.csv -TotalCount $shown.Count) | Should -Be (Get-Shape $shown)
        @(. ([scriptblock]::Create(@(Get-Block ConvertTo-IsoDate powershell)[1]))) | Should -Be (ConvertFrom-Json (Get-ChatKitThread cthr_abc123).ToJson()).created_at
        @($rows | Get-ChatKitThread).Count | Should -Be $rows.Count
    }

    It 'leaves what is no date, and what is missing' {
        $row = [pscustomobject] @{ A = 'x'; B = $null; C = 5; D = [datetime]::SpecifyKind([datetime] '2026-01-02T03:04:05', 'Utc') } | ./ConvertTo-IsoDate.ps1
        $row.A, $row.B, $row.C, $row.D | Should -Be 'x', $null, 5, '2026-01-02T03:04:05Z'
    }

    It 'is in UTC wherever the machine is' {
        $env:TZ = 'Asia/Kolkata'   # Windows does not know it, and takes its own.
        try { $printed = Invoke-Shell '-Command', "[pscustomobject] @{ At = ([DateTimeOffset] '2026-01-02T03:04:05Z').LocalDateTime } | ./ConvertTo-IsoDate.ps1 | ForEach-Object At" }
        finally { Remove-Item env:TZ }
        $printed | Should -Be '2026-01-02T03:04:05Z'
    }

    It 'takes items and deletions, too' {
        Get-ChatKitThreadItem cthr_abc123 -First 1 | ./ConvertTo-IsoDate.ps1 | ForEach-Object CreatedAt | Should -Match 'T.*Z$'
        Remove-ChatKitThread cthr_abc123 -PassThru -Confirm:$false | ./ConvertTo-IsoDate.ps1 | ForEach-Object RemovedAt | Should -Match 'T.*Z$'
    }
}

Describe 'Get-ProjectThread' {
    BeforeEach { Connect-ChatKit -Emulator }

    BeforeAll {
        $server = Start-LoopbackServer
        $env:OPENAI_BASE_URL = $server.BaseUri
        $salesKey = $supportKey = $key
    }

    AfterAll {
        Stop-LoopbackServer $server
        Clear-TestEnvironment
    }

    It 'lists each project with its name' {
        $groups = Invoke-Page Get-ProjectThread
        ($groups | Measure-Object Count -Sum).Sum | Should -Be (2 * @(Get-ChatKitThread).Count)
        @(Get-LoopbackJournal $server).Count | Should -BeGreaterThan 1
        $rows = @(./Get-ProjectThread.ps1 -Project @{ a = New-ChatKitConnection -Emulator } -User user_123)
        $rows[0].PSObject.Properties.Name | Should -Be 'Project', 'Id', 'Title', 'Status', 'StatusReason', 'User', 'CreatedAt'
        $rows.Id | Should -Be (Get-ChatKitThread -User user_123).Id
    }

    It 'goes on where a project fails, and names it' {
        $projects = @{ broken = New-ChatKitConnection $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0; works = New-ChatKitConnection -Emulator }
        $rows = ./Get-ProjectThread.ps1 -Project $projects -ErrorAction SilentlyContinue -ErrorVariable failed
        $rows.Project | Sort-Object -Unique | Should -Be 'works'
        "$($failed[-1])" | Should -BeLike "Project 'broken': *"
        $failed[-1].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        (Get-ChatKitConnection).Kind | Should -Be 'Emulator'
    }
}

Describe 'Connect-WithSecret' {
    BeforeAll {
        $log = @{ Asked = $null }
        $secure = New-Object securestring
        foreach ($c in $key.ToCharArray()) { $secure.AppendChar($c) }

        # In the place of the stores' own commands: the same parameters, the same types.
        function Get-Secret([string] $Name, [string] $Vault) { $log.Asked = "$Name in '$Vault'"; if ($Name -like 'openai*') { $secure } }
        function Get-AzKeyVaultSecret([Parameter(Mandatory)] [string] $VaultName, [Parameter(Mandatory)] [string] $Name) {
            $log.Asked = "$Name in $VaultName"
            if ($Name -like 'openai*') { [pscustomobject] @{ SecretValue = $secure } }
        }
        function Get-AutomationPSCredential([string] $Name) { $log.Asked = $Name; New-Object pscredential 'openai', $secure }
    }

    BeforeEach { Disconnect-ChatKit }

    It 'connects with the secret of SecretManagement' {
        Invoke-Page Connect-WithSecret | Should -BeNullOrEmpty
        (Get-ChatKitConnection).ApiKeyEnding | Should -Be 'wxyz'
        $log.Asked | Should -Be "openai-key in ''"
        ./Connect-WithSecret.ps1 -Store SecretManagement -Name openai-key -Vault work
        $log.Asked | Should -Be "openai-key in 'work'"
    }

    It 'connects with that of <Store>' -ForEach @(
        @{ Store = 'KeyVault'; Asked = 'openai-key in kv-chatkit' }
        @{ Store = 'AutomationCredential'; Asked = 'openai' }
        @{ Store = 'Environment'; Asked = $null }
    ) {
        $log.Asked = $null
        $env:CHATKIT_KEY = $key
        $line = [regex]::Match([IO.File]::ReadAllText((Join-Path $recipes Connect-WithSecret.md)), '`(\./Connect-WithSecret\.ps1 -Store ' + $Store + '.*?)`').Groups[1].Value
        . ([scriptblock]::Create($line)) | Should -BeNullOrEmpty
        (Get-ChatKitConnection).ApiKeyEnding | Should -Be 'wxyz'
        $log.Asked | Should -Be $Asked
        if ($Store -eq 'Environment') { $env:CHATKIT_KEY | Should -BeNullOrEmpty }
    }

    It 'fails where there is no such secret: <Store>' -ForEach @(
        @{ Store = 'SecretManagement' }
        @{ Store = 'KeyVault' }
        @{ Store = 'Environment' }
    ) {
        { ./Connect-WithSecret.ps1 -Store $Store -Name missing -Vault kv } | Should -Throw "$Store has no secret named 'missing'."
        Get-ChatKitConnection | Should -BeNullOrEmpty
    }
}

Describe 'Find-UnansweredThread' {
    BeforeEach { Connect-ChatKit -Emulator }

    It 'finds what waits in the sample project' {
        $null = Invoke-Page Find-UnansweredThread
        $found = @(./Find-UnansweredThread.ps1 -Hours 0)
        $found.Count | Should -BeGreaterThan 0
        foreach ($one in $found) {
            (Get-ChatKitThread $one.ThreadId).Status | Should -Be 'active'
            (Get-ChatKitThreadItem $one.ThreadId | Select-Object -Last 1).Text | Should -Be $one.Text
        }
    }

    It 'has tests that pass, and that fail where the script is broken' {
        $run = '-Command', "`$c = New-PesterConfiguration; `$c.Run.Path = './Find-UnansweredThread.Tests.ps1'; `$c.Run.Exit = `$true; `$c.Output.RenderMode = 'Plaintext'; Invoke-Pester -Configuration `$c"
        @(Get-Block Find-UnansweredThread powershell)[1] | Should -Be 'Invoke-Pester ./Find-UnansweredThread.Tests.ps1'
        $printed = Invoke-Shell $run
        $LASTEXITCODE | Should -Be 0 -Because ($printed -join "`n")
        "$printed" | Should -Match 'Tests Passed: 3'
        $whole = [IO.File]::ReadAllText("$work/Find-UnansweredThread.ps1")
        try {
            [IO.File]::WriteAllText("$work/Find-UnansweredThread.ps1", $whole.Replace('-Order Descending ', ''))
            $null = Invoke-Shell $run
            $LASTEXITCODE | Should -Be 1
        }
        finally { [IO.File]::WriteAllText("$work/Find-UnansweredThread.ps1", $whole) }
    }
}
