# Reads the pages of docs/reference, as far as the tests ask: a page is what PlatyPS makes, in the order in which it makes it.

# The text between a heading and the next one of its level, or of a higher one.
function Get-Section([string] $Text, [string] $Heading) {
    $level = ($Heading -split ' ')[0].Length
    $pattern = '(?ms)^{0}[ ]*$\n(.*?)(?=^#{{1,{1}}} |\z)' -f [regex]::Escape($Heading), $level
    [regex]::Match($Text, $pattern).Groups[1].Value.Trim()
}

# The headings one level below, with what stands under them.
function Get-Subsection([string] $Text) {
    foreach ($match in [regex]::Matches($Text, '(?ms)^### (.+?)$\n(.*?)(?=^### |\z)')) {
        [pscustomobject] @{ Heading = $match.Groups[1].Value.Trim(); Text = $match.Groups[2].Value.Trim() }
    }
}

function ConvertTo-OneLine([string] $Text) { ($Text -replace '\s+', ' ').Trim() }

function Read-Value([string] $Yaml, [string] $Name) { [regex]::Match($Yaml, "(?m)^[- ]*$Name`: *'?(.*?)'?$").Groups[1].Value }

function Read-List([string] $Yaml, [string] $Name) { @([regex]::Match($Yaml, "(?m)^$Name`:\n((?:- .*\n)+)").Groups[1].Value -split '\n' | Where-Object { $_ } | ForEach-Object { $_.Substring(2) }) }

function Read-Parameter($Section) {
    $text, $yaml = $Section.Text -split '```yaml\n|```\s*$'
    [pscustomobject] @{
        Name     = $Section.Heading.TrimStart('-')
        Text     = ConvertTo-OneLine $text
        Type     = Read-Value $yaml[0] Type
        Default  = Read-Value $yaml[0] DefaultValue
        Aliases  = @(Read-List $yaml[0] Aliases)
        Accepted = @(Read-List $yaml[0] AcceptedValues)
        # Such as "List: Named, false, false": the position, whether it is mandatory, and whether it takes the pipeline.
        Sets     = @([regex]::Matches($yaml[0], '(?ms)^- Name: .*?ValueFromPipeline: \w+').Value | Where-Object { $_ } | ForEach-Object {
                '{0}: {1}, {2}, {3}' -f ((Read-Value $_ Name), (Read-Value $_ Position), (Read-Value $_ IsRequired), (Read-Value $_ ValueFromPipeline) -replace '^\(All\)$', '__AllParameterSets')
            } | Sort-Object)
    }
}

function Read-Example($Section) {
    $match = [regex]::Match($Section.Text, '(?s)^```powershell\n(?<code>.*?)\n```\s*(?:```Output\n(?<output>.*?)\n```\s*)?(?<text>.*)$')
    [pscustomobject] @{ Title = $Section.Heading; Code = $match.Groups['code'].Value; Output = $match.Groups['output'].Value; Text = ConvertTo-OneLine $match.Groups['text'].Value }
}

function Read-HelpPage([string] $Path) {
    $text = [System.IO.File]::ReadAllText($Path)
    [pscustomobject] @{
        Name        = [System.IO.Path]::GetFileNameWithoutExtension($Path)
        Title       = [regex]::Match($text, '(?m)^# (.+)$').Groups[1].Value
        Synopsis    = ConvertTo-OneLine (Get-Section $text '## SYNOPSIS')
        Syntax      = @(Get-Subsection (Get-Section $text '## SYNTAX'))
        Description = ConvertTo-OneLine (Get-Section $text '## DESCRIPTION')
        Examples    = @(Get-Subsection (Get-Section $text '## EXAMPLES') | ForEach-Object { Read-Example $_ })
        Parameters  = @(Get-Subsection (Get-Section $text '## PARAMETERS') | Where-Object Heading -ne CommonParameters | ForEach-Object { Read-Parameter $_ })
        Inputs      = @(Get-Subsection (Get-Section $text '## INPUTS'))
        Outputs     = @(Get-Subsection (Get-Section $text '## OUTPUTS'))
        Notes       = ConvertTo-OneLine (Get-Section $text '## NOTES')
        Links       = @([regex]::Matches((Get-Section $text '## RELATED LINKS'), '(?m)^- \[(.+?)\]\((.+?)\)$') | ForEach-Object { [pscustomobject] @{ Text = $_.Groups[1].Value; Path = $_.Groups[2].Value } })
    }
}

Export-ModuleMember -Function Read-HelpPage, ConvertTo-OneLine
