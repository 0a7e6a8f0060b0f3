# The help says what the cmdlets are: the pages of docs/reference, what Get-Help makes of them, and every example, run as it is written.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'HelpPage.psm1') -Force
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pages = @(Get-ChildItem (Join-Path $root 'docs/reference') -Filter *-*.md | Where-Object Extension -eq .md | ForEach-Object { Read-HelpPage $_.FullName } | ForEach-Object { @{ Name = $_.Name; Page = $_ } })
    $examples = @(foreach ($page in $pages) { foreach ($example in $page.Page.Examples) { @{ Name = $page.Name; Title = $example.Title; Example = $example } } })
    $topics = @(Get-ChildItem (Join-Path $root 'en-US') -Filter about_*.help.txt | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$'; Text = [System.IO.File]::ReadAllText($_.FullName) } })

    # In an about topic, commands are what is set in by eight blanks and begins with a variable or a cmdlet; a name with more than one blank after it is a table.
    $commands = @(foreach ($topic in $topics) {
            foreach ($block in [regex]::Matches($topic.Text, '(?m)(?<=\n\n)(?:        .*\n)+')) {
                $code = $block.Value -replace '(?m)^        '
                if ($code -match '^(\$|[A-Z][a-z]+-[A-Z]\w+($| \S))') { @{ Topic = $topic.Topic; Code = $code } }
            }
        })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'HelpPage.psm1') -Force
    Import-ChatKit
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters
    $widest = 76   # What Get-Help shows of a code at 80 columns without breaking it.

    # Runs a script in a folder of its own, connected to the emulator, as a session of its reader is: no module of this test is seen, and any error ends it.
    function Invoke-Example([string] $Code) {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        Set-Content (Join-Path $folder key.txt) (Get-TestKey)
        Set-Content (Join-Path $folder ids.csv) Id, cthr_abc123, cthr_def456
        Push-Location $folder
        try {
            Connect-ChatKit -Emulator
            & { $ErrorActionPreference = 'Stop'; . ([scriptblock]::Create($args[0])) } $Code
        }
        finally { Pop-Location; Disconnect-ChatKit; Clear-TestEnvironment }
    }

    # The lines of a text without their blanks at either end; editions differ in how far apart they set the columns of a table.
    function Get-Line($Text) { @($Text -split '\n' -replace '\x1b\[[\d;]*m' | ForEach-Object { ConvertTo-OneLine $_ } | Where-Object { $_ }) }

    function Get-Words($Paragraph) { ConvertTo-OneLine (($Paragraph | ForEach-Object Text) -join ' ') }
}

Describe 'The help' {
    It 'has a page for every cmdlet, and for none that is gone' {
        Get-ChildItem (Get-RepositoryPath 'docs/reference/*.md') | ForEach-Object BaseName | Sort-Object | Should -Be ((Get-Command -Module ChatKit).Name | Sort-Object)
    }

    It 'is built for every page, and for no other' {
        [xml] $maml = Get-Content (Get-RepositoryPath 'en-US/ChatKit.PowerShell.dll-Help.xml') -Raw
        $maml.helpItems.command.details.name | Sort-Object | Should -Be ((Get-Command -Module ChatKit).Name | Sort-Object)
    }

    It 'says of <Name> which parameters it has' -ForEach $pages {
        $command = Get-Command $Name
        $parameters = @($command.Parameters.Values | Where-Object { $_.Name -notin $common })
        $Page.Title | Should -BeExactly $Name
        $Page.Parameters.Name | Should -Be @($parameters.Name | Sort-Object)
        foreach ($said in $Page.Parameters) {
            $parameter = $command.Parameters[$said.Name]
            $said.Text | Should -Not -BeNullOrEmpty -Because $said.Name
            $said.Type | Should -BeExactly $parameter.ParameterType.ToString() -Because $said.Name
            $said.Aliases | Should -Be @($parameter.Aliases) -Because $said.Name
            $sets = foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                $position = if ($set.Value.Position -lt 0) { 'Named' } else { $set.Value.Position }
                '{0}: {1}, {2}, {3}' -f $set.Key, $position, "$($set.Value.IsMandatory)".ToLower(), "$($set.Value.ValueFromPipeline)".ToLower()
            }
            $said.Sets | Should -Be @($sets | Sort-Object) -Because $said.Name
        }
    }

    It 'says of <Name> which values its parameters take, and which they have unless given' -ForEach $pages {
        $command = Get-Command $Name
        $instance = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($said in $Page.Parameters) {
            $parameter = $command.Parameters[$said.Name]
            if ($parameter.ParameterType.IsEnum) { $said.Accepted | Should -Be ([Enum]::GetNames($parameter.ParameterType)) -Because $said.Name }
            foreach ($range in $parameter.Attributes | Where-Object { $_ -is [ValidateRange] }) {
                $said.Text | Should -Match $(if ($range.MaxRange -eq [int]::MaxValue) { "\b$($range.MinRange) or more" } else { "\b$($range.MinRange)( \(\w+\))? to $($range.MaxRange)\b" }) -Because $said.Name
            }
            foreach ($length in $parameter.Attributes | Where-Object { $_ -is [ValidateLength] }) { $said.Text | Should -Match "\b$($length.MinLength) to $($length.MaxLength) characters" -Because $said.Name }
            if ($said.Name -in 'WhatIf', 'Confirm') { continue }
            $default = $instance.($said.Name)
            if ($default -is [switch]) { $said.Default | Should -BeIn 'False', '' -Because $said.Name }
            elseif ($default -is [Enum] -or $default) {
                $said.Default | Should -BeExactly "$default" -Because $said.Name
                $said.Text | Should -Match "The default is $default\b" -Because $said.Name
            }
            else { $said.Default | Should -BeNullOrEmpty -Because $said.Name }
        }
    }

    It 'says of <Name> what goes in and what comes out' -ForEach $pages {
        $command = Get-Command $Name
        $outputs = if ($command.OutputType) { $command.OutputType.Name } else { 'None' }
        $Page.Outputs.Heading | Should -Be $outputs
        $inputs = @($command.Parameters.Values | Where-Object { $_.ParameterSets.Values.ValueFromPipeline -contains $true } | ForEach-Object { $_.ParameterType.FullName })
        $Page.Inputs.Heading | Should -Be $(if ($inputs) { $inputs } else { 'None' })
        @($Page.Inputs.Text) + $Page.Outputs.Text + $Page.Notes + $Page.Synopsis + $Page.Description | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        @($Page.Links).Count | Should -BeGreaterThan 1
        foreach ($link in $Page.Links) { Get-RepositoryPath "docs/reference/$($link.Path)" | Should -Exist }
    }

    It 'names in the notes of <Name> errors that there are' -ForEach $pages {
        $known = [regex]::Matches((Get-Content (Get-RepositoryPath 'en-US/about_ChatKit_Errors.help.txt') -Raw), '(?m)^    (\w+)\r?$') | ForEach-Object { $_.Groups[1].Value }
        $named = [regex]::Matches($Page.Notes, '\b([A-Z][a-z]+){2,}\b').Value | Where-Object { $_ }
        $named | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }

    It 'is shown by Get-Help <Name> as the page has it' -ForEach $pages {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name
        ConvertTo-OneLine $help.Synopsis | Should -BeExactly $Page.Synopsis
        Get-Words $help.description | Should -BeExactly $Page.Description
        Get-Words $help.alertSet.alert | Should -BeExactly $Page.Notes
        @($help.relatedLinks.navigationLink.linkText) | Should -Be $Page.Links.Text
        @($help.returnValues.returnValue.type.name) | Should -Be $Page.Outputs.Heading
        Get-Words $help.returnValues.returnValue.description | Should -BeExactly (ConvertTo-OneLine $Page.Outputs.Text)
        @($help.inputTypes.inputType.type.name) | Should -Be $Page.Inputs.Heading
        Get-Words $help.inputTypes.inputType.description | Should -BeExactly (ConvertTo-OneLine $Page.Inputs.Text)

        $shown = @($help.parameters.parameter | Where-Object { $_ })
        $shown.name | Should -Be $Page.Parameters.Name
        foreach ($said in $Page.Parameters) {
            $parameter = $shown | Where-Object name -eq $said.Name
            Get-Words $parameter.description | Should -BeExactly $said.Text
            "$($parameter.defaultValue)" | Should -BeExactly $said.Default -Because $said.Name
            $parameter.required | Should -Be $(if ($said.Sets -match ', true, ') { 'true' } else { 'false' }) -Because $said.Name
            $parameter.pipelineInput | Should -BeLike $(if ($said.Sets -match ', true$') { 'true*' } else { 'false' }) -Because $said.Name
            $parameter.type.name | Should -BeExactly ($said.Type -replace '^System\.Nullable`1\[(.+)\]$', '$1')
        }

        $syntax = @($help.syntax.syntaxItem | ForEach-Object { ($_.parameter.name | Where-Object { $_ } | Sort-Object) -join ' ' })
        $sets = @($command.ParameterSets | ForEach-Object { ($_.Parameters.Name | Where-Object { $_ -notin $common } | Sort-Object) -join ' ' })
        $syntax | Sort-Object | Should -Be @($sets | Sort-Object)
        $Page.Syntax.Heading -replace ' \(Default\)$' | Sort-Object | Should -Be @($command.ParameterSets.Name | Sort-Object)
        foreach ($set in $command.ParameterSets) {
            # The page's line has no common parameters, and is broken where it is long.
            $said = ($Page.Syntax | Where-Object { ($_.Heading -replace ' \(Default\)$') -eq $set.Name }).Text -replace '```'
            ConvertTo-OneLine $said | Should -BeExactly ("$Name $set" -replace ' ?\[<CommonParameters>\]').Trim()
        }

        $examples = @($help.examples.example)
        $examples.Count | Should -Be $Page.Examples.Count
        for ($i = 0; $i -lt $examples.Count; $i++) {
            $examples[$i].title.Trim(' ', '-') | Should -BeExactly $Page.Examples[$i].Title
            $examples[$i].code.Replace("`r", '') | Should -BeExactly $Page.Examples[$i].Code
            Get-Words $examples[$i].remarks | Should -BeExactly (ConvertTo-OneLine ($Page.Examples[$i].Output + ' ' + $Page.Examples[$i].Text))
        }
    }
}

Describe 'The examples' {
    It 'are at least two of <Name>, numbered' -ForEach $pages {
        $Page.Examples.Count | Should -BeGreaterThan 1
        for ($i = 0; $i -lt $Page.Examples.Count; $i++) { $Page.Examples[$i].Title | Should -BeLike "Example $($i + 1): *" }
    }

    It 'of <Name> run as they are written: <Title>' -ForEach $examples {
        $Example.Code | Should -Match $Name
        $Example.Text | Should -Not -BeNullOrEmpty
        "$($Example.Code)`n$($Example.Output)" -split '\n' | Where-Object Length -gt $widest | Should -BeNullOrEmpty
        $shown = Get-Line (Invoke-Example $Example.Code | Out-String -Stream -Width 80)
        if ($Example.Text -match '\bwrites nothing\b') { $shown | Should -BeNullOrEmpty }
        else { $shown | Should -Not -BeNullOrEmpty }
        if ($Example.Output) { $shown | Should -BeExactly (Get-Line $Example.Output) }
    }
}

Describe 'The about topics' {
    It 'are found by Get-Help: <Topic>' -ForEach $topics {
        ConvertTo-OneLine (Get-Help $Topic) | Should -BeExactly (ConvertTo-OneLine $Text)
        (Get-Help "$Topic*" | Where-Object Name -eq $Topic).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'name every cmdlet, and none that is gone' -ForEach @($topics | Where-Object Topic -eq about_ChatKit) {
        [regex]::Matches($Text, '\b[A-Z][a-z]+-ChatKit\w*').Value | Sort-Object -Unique | Should -Be ((Get-Command -Module ChatKit).Name | Sort-Object)
    }

    It 'have commands that run: <Topic>, <Code>' -ForEach $commands {
        { Invoke-Example ('$null = Export-ChatKitThread ./archive' + "`n$Code") } | Should -Not -Throw
    }
}
