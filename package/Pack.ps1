# Makes the module's folder and its package, as the PowerShell Gallery wants them: build.ps1 pack. What is in them:
# - the manifest, with what the checkout's leaves out: release notes, and where the project is;
# - bin/: the release build for both editions, without symbols and XML documentation, which nothing in PowerShell reads;
# - en-US/: the help;
# - LICENSE and THIRD-PARTY-NOTICES.txt, because the licences ask for it.
# Two packages of one commit, made by the same .NET SDK, 10.0.400 or newer, are the same bytes; but for signed ones, since a signature holds its time.
[CmdletBinding()]
param(
    # Where ChatKit/ and ChatKit.<version>.nupkg are made.
    [Parameter(Mandatory = $true)]
    [string] $Destination,

    # Where the project is, such as https://github.com/owner/name; without it the package names no address.
    [string] $RepositoryUrl,

    # Signs with this certificate of the current user; on Windows only.
    [string] $CertificateThumbprint,

    # Takes what is in bin/ rather than a release build.
    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$project = "$root/src/ChatKit.PowerShell"

function Invoke-DotNet {
    # What it says is for the reader, not for the pipeline.
    & dotnet @args --nologo --verbosity quiet | Out-Host
    if ($LASTEXITCODE) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

# Windows PowerShell would take text without a byte order mark for ANSI.
function Read-Text([string] $Path) { [IO.File]::ReadAllText($Path).Replace("`r`n", "`n") }
function Write-Text([string] $Path, [string] $Text) { [IO.File]::WriteAllText($Path, $Text, (New-Object Text.UTF8Encoding $true)) }

# The changelog's section of a version; before its release, of what is not released yet.
function Get-ReleaseNote([string] $Version) {
    $changelog = Read-Text "$root/CHANGELOG.md"
    foreach ($heading in $Version, 'Unreleased') {
        $section = [regex]::Match($changelog, "(?ms)^## \[$([regex]::Escape($heading))\][^\n]*\n(.*?)(?=^## |^\[[^\]\n]+\]: |\z)")
        if ($section.Success) { return $section.Groups[1].Value.Trim() }
    }
    throw "CHANGELOG.md has neither a section of $Version nor one of what is not released."
}

# Adds to the manifest what it does not say in the checkout.
function Complete-Manifest([string] $Path) {
    $text = Read-Text "$root/ChatKit.psd1"
    $version = [regex]::Match($text, "(?m)^\s*ModuleVersion\s*=\s*'([\d.]+)'").Groups[1].Value
    $added = [ordered] @{ ReleaseNotes = Get-ReleaseNote $version }
    if ($RepositoryUrl) {
        $address = $RepositoryUrl.TrimEnd('/')
        $added.ProjectUri = $address
        $added.LicenseUri = "$address/blob/v$version/LICENSE"
        $added.IconUri = "$address/raw/v$version/docs/icon.png"
    }
    $lines = foreach ($name in $added.Keys) {
        "            {0,-12} = '{1}'`n" -f $name, [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($added[$name])
    }
    $tags = [regex]::Match($text, '(?m)^ +Tags += @\(.*\)\n')
    if (-not $tags.Success) { throw 'ChatKit.psd1 has no line of tags, after which the rest would go.' }
    Write-Text $Path $text.Insert($tags.Index + $tags.Length, -join $lines)
}

# What the package says of itself is what the manifest says. The tags are those by which galleries find cmdlets.
function New-Nuspec([string] $Path, [string] $Module) {
    $manifest = Test-ModuleManifest "$Module/ChatKit.psd1"
    $data = $manifest.PrivateData.PSData
    $cmdlets = $manifest.ExportedCmdlets.Keys | Sort-Object
    $values = [ordered] @{
        id                       = 'ChatKit'
        version                  = "$($manifest.Version)"
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $data.ProjectUri
        iconUrl                  = $data.IconUri
        description              = $manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $manifest.Copyright
        tags                     = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + ($cmdlets | ForEach-Object { "PSCmdlet_$_" }) + ($cmdlets | ForEach-Object { "PSCommand_$_" }) -join ' '
    }
    $metadata = foreach ($name in $values.Keys) {
        if ($values[$name]) { '    <{0}>{1}</{0}>' -f $name, [Security.SecurityElement]::Escape($values[$name]) }
    }
    # One by one and in order: a pattern gives them as the file system does.
    [string[]] $names = Get-ChildItem $Module -Recurse -File | ForEach-Object { $_.FullName.Substring($Module.Length + 1).Replace('\', '/') }
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $files = $names | ForEach-Object { '    <file src="{0}" target="{0}" />' -f $_ }
    Write-Text $Path (@(
        '<?xml version="1.0" encoding="utf-8"?>'
        '<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">'
        '  <metadata>', $metadata, '  </metadata>'
        '  <files>', $files, '  </files>'
        '</package>') | ForEach-Object { $_ } | Out-String).Replace("`r`n", "`n")
}

function Add-Signature([string] $Module) {
    $certificate = Get-Item "Cert:/CurrentUser/My/$CertificateThumbprint"
    # What others made, they have signed.
    foreach ($file in Get-ChildItem $Module -Recurse -File | Where-Object Name -match '^ChatKit\..*(dll|psd1|ps1xml)$') {
        $signature = Set-AuthenticodeSignature $file.FullName -Certificate $certificate -HashAlgorithm SHA256 -IncludeChain All -TimestampServer http://timestamp.digicert.com
        if ($signature.Status -ne 'Valid') { throw "$($file.Name) could not be signed: $($signature.StatusMessage)" }
    }
}

$Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
$module = Join-Path $Destination ChatKit
Remove-Item $module, "$Destination/ChatKit.*.nupkg" -Recurse -Force -ErrorAction Ignore
$module = (New-Item $module -ItemType Directory -Force).FullName
if ($NoBuild) {
    Copy-Item "$root/bin" $module -Recurse
}
else {
    # Paths of this machine stay out of the assemblies.
    Invoke-DotNet build $project --configuration Release '-p:ContinuousIntegrationBuild=true' "-p:ModuleBin=$module/bin/"
}
Complete-Manifest "$module/ChatKit.psd1"
Copy-Item "$root/en-US", "$root/LICENSE", "$PSScriptRoot/THIRD-PARTY-NOTICES.txt" $module -Recurse
if ($CertificateThumbprint) { Add-Signature $module }

$nuspec = "$Destination/ChatKit.nuspec"
New-Nuspec $nuspec $module
# Every file in the package has the time of the commit.
$time = & git -C $root log -1 --format=%ct
Invoke-DotNet pack $project --no-build --output $Destination "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$module" "-p:DeterministicTimestamp=$time" '-p:NoPackageAnalysis=true'
Remove-Item $nuspec
Get-Item $module, "$Destination/ChatKit.*.nupkg"
