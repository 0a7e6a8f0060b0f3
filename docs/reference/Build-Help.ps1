# Makes en-US/ChatKit.PowerShell.dll-Help.xml of the pages in this folder, with Microsoft.PowerShell.PlatyPS 1.0.
# The result is kept in the repository, so that a build needs no PlatyPS; Help.Tests.ps1 holds it to the pages and to the cmdlets.
#
# PlatyPS leaves in the MAML what only Markdown knows: the line breaks of a paragraph, code fences, addresses of other pages. It leaves out defaults.
# Get-Help would show the former as they are, so they are put right here.
[CmdletBinding()]
param([string] $Destination = (Join-Path $PSScriptRoot '../../en-US'))

$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
$maml, $command, $dev = 'maml/2004/10', 'maml/dev/command/2004/10', 'maml/dev/2004/10' | ForEach-Object { "http://schemas.microsoft.com/$_" }

function Add-Element([Xml.XmlElement] $Parent, [string] $Prefix, [string] $Name, [string] $Text) {
    $namespace = Get-Variable $Prefix -ValueOnly
    $element = $Parent.AppendChild($Parent.OwnerDocument.CreateElement($Prefix, $Name, $namespace))
    if ($Text) { $element.InnerText = $Text }
    $element
}

# One paragraph per paragraph, with the lines joined: Get-Help breaks them where the window ends.
function Set-Paragraph([Xml.XmlElement] $Parent, [string] $Text) {
    while ($Parent.HasChildNodes) { $null = $Parent.RemoveChild($Parent.FirstChild) }
    foreach ($paragraph in $Text.Trim() -split '(?:\r?\n){2,}') { $null = Add-Element $Parent maml para ($paragraph -replace '\s*\n\s*', ' ') }
}

# The first fence of an example is its code. What it writes is a paragraph with its line breaks; the empty one sets the next example apart.
function Set-Example([Xml.XmlElement] $Example, $Source) {
    if ($Source.Remarks -notmatch '(?s)^\s*```powershell\n(?<code>.*?)\n```\s*(?:```Output\n(?<output>.*?)\n```\s*)?(?<text>.*)$') { throw "$($Source.Title) has no code." }
    $parts = $Matches
    $Example.RemoveAll()
    $null = Add-Element $Example maml title "----- $($Source.Title) -----"
    $null = Add-Element $Example dev code $parts.code
    $remarks = Add-Element $Example dev remarks
    Set-Paragraph $remarks $parts.text
    if ($parts.output) { $null = $remarks.PrependChild((Add-Element $remarks maml para $parts.output)) }
    $null = Add-Element $remarks maml para
}

$source = @(Get-ChildItem $PSScriptRoot -Filter *-*.md | Sort-Object Name | ForEach-Object { Import-MarkdownCommandHelp $_.FullName })
$work = Join-Path ([IO.Path]::GetTempPath()) "chatkit-help-$PID"
try {
    $null = $source | Export-MamlCommandHelp -OutputFolder $work -Force
    $file = Get-ChildItem $work -Recurse -Filter *-Help.xml
    [xml] $help = Get-Content $file.FullName -Raw
}
finally { Remove-Item $work -Recurse -Force -ErrorAction Ignore }

$names = [Xml.XmlNamespaceManager]::new($help.NameTable)
'maml', 'command', 'dev' | ForEach-Object { $names.AddNamespace($_, (Get-Variable $_ -ValueOnly)) }
foreach ($page in $source) {
    $node = $help.SelectSingleNode("//command:command[command:details/command:name='$($page.Title)']", $names)
    foreach ($text in $node.SelectNodes('.//maml:description[maml:para] | .//maml:alert', $names)) { Set-Paragraph $text ($text.SelectNodes('maml:para', $names).InnerText -join "`n`n") }
    $examples = $node.SelectNodes('command:examples/command:example', $names)
    for ($i = 0; $i -lt $examples.Count; $i++) { Set-Example $examples[$i] $page.Examples[$i] }
    foreach ($parameter in $page.Parameters | Where-Object DefaultValue) {
        $null = Add-Element $node.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $names) dev defaultValue $parameter.DefaultValue
    }
    foreach ($type in $node.SelectNodes('.//command:parameterValue | .//dev:type/maml:name', $names)) { $type.InnerText = $type.InnerText -replace '^System\.Nullable`1\[(.+)\]$', '$1' }
    foreach ($link in $node.SelectNodes('.//maml:navigationLink', $names)) {
        if ($link.linkText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        elseif ($link.uri -notmatch '^https?:') { $link.SelectSingleNode('maml:uri', $names).InnerText = '' }
    }
}

$settings = [Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; NewLineHandling = 'Replace'; Encoding = [Text.UTF8Encoding]::new($false) }
$path = Join-Path (New-Item $Destination -ItemType Directory -Force) $file.Name
$writer = [Xml.XmlWriter]::Create($path, $settings)
try { $help.Save($writer) } finally { $writer.Dispose() }
[IO.File]::AppendAllText($path, "`n")
Get-Item $path
