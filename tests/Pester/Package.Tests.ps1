# The package: what is in it, what it says of itself, and that it works where nothing of the checkout is.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Clear-TestEnvironment
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $shell = (Get-Process -Id $PID).Path
    $address = 'https://example.com/owner/chatkit'

    # What the tests were built with, packed twice alike, and once without an address.
    $build = Get-RepositoryPath 'build.ps1'
    $null = & $build pack -NoBuild -Destination "$TestDrive/first" -RepositoryUrl "$address/"
    $null = & $build pack -NoBuild -Destination "$TestDrive/second" -RepositoryUrl $address
    $null = & $build pack -NoBuild -Destination "$TestDrive/without"

    $version = [regex]::Match((Get-Content (Get-ManifestPath) -Raw), "ModuleVersion\s+= '([^']+)'").Groups[1].Value
    $module = "$TestDrive/elsewhere/ChatKit/$version"
    [System.IO.Compression.ZipFile]::ExtractToDirectory("$TestDrive/first/ChatKit.$version.nupkg", $module)
    $nuspec = ([xml] (Get-Content "$module/ChatKit.nuspec" -Raw -Encoding UTF8)).package.metadata

    # What NuGet puts into every package, and an installer takes out.
    Remove-Item -LiteralPath "$module/[Content_Types].xml"
    Remove-Item "$module/_rels", "$module/package", "$module/ChatKit.nuspec" -Recurse -Force
    $data = (Test-ModuleManifest "$module/ChatKit.psd1").PrivateData.PSData

    function Get-FileName([string] $Folder) {
        $full = (Resolve-Path $Folder).ProviderPath
        Get-ChildItem $full -Recurse -File | ForEach-Object { $_.FullName.Substring($full.Length + 1).Replace('\', '/') } | Sort-Object
    }
}

Describe 'The package' {
    It 'holds the manifest, the staged builds, the help and the licences, and nothing else' {
        $expected = @('ChatKit.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt')
        foreach ($folder in 'bin', 'en-US') { $expected += Get-FileName (Get-RepositoryPath $folder) | ForEach-Object { "$folder/$_" } }
        Get-FileName $module | Should -Be ($expected | Sort-Object)
        Get-FileName "$TestDrive/first/ChatKit" | Should -Be ($expected | Sort-Object)
        $expected | Where-Object { $_ -match '\.(pdb|xml)$' -and $_ -notlike 'en-US/*' } | Should -BeNullOrEmpty
        Get-ChildItem "$TestDrive/first" | ForEach-Object Name | Sort-Object | Should -Be 'ChatKit', "ChatKit.$version.nupkg"
    }

    It 'is the same bytes when it is made again' {
        $sdk = (& dotnet --version) -replace '-.*'
        if ([version] $sdk -lt '10.0.400') { Set-ItResult -Skipped -Because "the .NET SDK $sdk writes the time of packing into packages" }
        $first, $second = 'first', 'second' | ForEach-Object { (Get-FileHash "$TestDrive/$_/ChatKit.$version.nupkg").Hash }
        $second | Should -Be $first
    }

    It 'names every file of .NET that it brings' {
        $own = 'ChatKit.Archive.dll', 'ChatKit.Client.dll', 'ChatKit.Emulator.dll', 'ChatKit.PowerShell.dll'
        $brought = Get-ChildItem "$module/bin" -Recurse -Filter *.dll | Where-Object Name -notin $own | ForEach-Object Name | Sort-Object
        [regex]::Matches((Get-Content "$module/THIRD-PARTY-NOTICES.txt" -Raw), '\S+\.dll').Value | Sort-Object | Should -Be $brought
    }

    It 'works where nothing of the checkout is' {
        $script = "
            `$ErrorActionPreference = 'Stop'
            `$env:PSModulePath = '$TestDrive/elsewhere' + [IO.Path]::PathSeparator + `$env:PSModulePath
            Connect-ChatKit -Emulator
            (Get-ChatKitThread cthr_abc123).Title
            (Get-Module ChatKit).ModuleBase
            (Get-Command -Module ChatKit).Count
            (Get-Help Get-ChatKitThread).Synopsis
            if (Get-Command Start-ThreadJob -ErrorAction Ignore) {
                Start-ThreadJob { (Get-ChatKitThread cthr_def456).Title } | Receive-Job -Wait
            }"
        Push-Location $TestDrive
        try { $said = & $shell -NoProfile -NonInteractive -Command $script 2>&1 }
        finally { Pop-Location }
        $said[0] | Should -Be 'Customer escalation'
        Resolve-Path $said[1] | ForEach-Object ProviderPath | Should -Be (Resolve-Path $module).ProviderPath
        [int] "$($said[2])" | Should -Be (Test-ModuleManifest (Get-ManifestPath)).ExportedCmdlets.Count
        $said[3] | Should -Match '^[A-Z][^\[]+\.$'   # Without its help a command has its syntax here.
        if (Get-Command Start-ThreadJob -ErrorAction Ignore) { $said[4] | Should -Be 'Demo feedback' }
    }
}

Describe 'What the package says of itself' {
    It 'is the manifest of the checkout, with release notes and addresses' {
        $text = [IO.File]::ReadAllText("$module/ChatKit.psd1")
        $added = '(?s)            ReleaseNotes = .*?(?=\n        \})'
        $text -match $added | Should -BeTrue
        $text -replace "$added\n" | Should -Be ([IO.File]::ReadAllText((Get-ManifestPath)) -replace "`r`n", "`n")
    }

    It 'has the changelog of its version as release notes' {
        $changelog = [IO.File]::ReadAllText((Get-RepositoryPath 'CHANGELOG.md')) -replace "`r`n", "`n"
        $heading = if ($changelog.Contains("`n## [$version]")) { $version } else { 'Unreleased' }
        $section = ($changelog -split '(?m)^## ' | Where-Object { $_.StartsWith("[$heading]") }) -replace '^[^\n]*\n' -replace '(?m)^\[[^\]\n]+\]: .*$'
        $section.Trim().Length | Should -BeGreaterThan 20
        $data.ReleaseNotes -replace "`r`n", "`n" | Should -Be $section.Trim()
        $nuspec.releaseNotes -replace "`r`n", "`n" | Should -Be $section.Trim()
    }

    It 'has addresses of the very version where the project is known, and none where it is not' {
        $data.ProjectUri | Should -Be $address
        $data.LicenseUri | Should -Be "$address/blob/v$version/LICENSE"
        $data.IconUri | Should -Be "$address/raw/v$version/docs/icon.png"
        $nuspec.projectUrl, $nuspec.licenseUrl, $nuspec.iconUrl | Should -Be $data.ProjectUri, $data.LicenseUri, $data.IconUri
        foreach ($file in 'LICENSE', 'docs/icon.png') { Get-RepositoryPath $file | Should -Exist }

        $without = (Test-ModuleManifest "$TestDrive/without/ChatKit/ChatKit.psd1").PrivateData.PSData
        $without.ReleaseNotes | Should -Be $data.ReleaseNotes
        $without.Keys | Where-Object { $_ -like '*Uri' } | Should -BeNullOrEmpty
    }

    It 'is found by its editions, its cmdlets and its name' {
        $nuspec.id, $nuspec.version, $nuspec.requireLicenseAcceptance | Should -Be 'ChatKit', $version, 'false'
        $tags = $nuspec.tags -split ' '
        'PSModule', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS', 'PSIncludes_Cmdlet' | Where-Object { $_ -notin $tags } | Should -BeNullOrEmpty
        foreach ($kind in 'PSCmdlet_', 'PSCommand_') {
            $tags | Where-Object { $_ -like "$kind*" } | ForEach-Object { $_.Substring($kind.Length) } |
                Should -Be ((Test-ModuleManifest (Get-ManifestPath)).ExportedCmdlets.Keys | Sort-Object)
        }
        $tags.Count | Should -Be @($tags | Sort-Object -Unique).Count
        $nuspec.tags.Length | Should -BeLessThan 4000   # What the gallery takes.
    }
}
