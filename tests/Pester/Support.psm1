# What the Pester files share: the module under test in a clean environment, and the loopback server.
# The files run in Windows PowerShell too: no syntax of PowerShell 7, and ASCII only.

$script:Root = Split-Path (Split-Path $PSScriptRoot)

function Get-ManifestPath { Join-Path $script:Root 'ChatKit.psd1' }

function Get-RepositoryPath([string] $Path) { Join-Path $script:Root $Path }

# No developer's key or proxy reaches a test, and the default address is a port that nothing listens on.
function Clear-TestEnvironment {
    Get-ChildItem env: |
        Where-Object { $_.Name -like 'OPENAI_*' -or $_.Name -in 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY' } |
        ForEach-Object { Remove-Item "env:$($_.Name)" }
    $env:OPENAI_BASE_URL = 'http://127.0.0.1:9/v1'
}

function Import-ChatKit {
    Clear-TestEnvironment
    Import-Module (Get-ManifestPath) -Force -Global
    Disconnect-ChatKit
}

# A key for tests. It goes by variable, so that no line of a test holds it.
function Get-TestKey { 'sk-test-' + ('0123456789' * 3) + 'wxyz' }

# The server starts with the emulator's own project, with none, or with $Threads made ones of $Items items each; $Other are other options of its.
# It is what was built last, unless $Configuration says which.
function Start-LoopbackServer([switch] $Empty, [int] $Threads, [int] $Items, [string] $Other, [string] $Configuration = '*') {
    $dll = Get-ChildItem (Get-RepositoryPath "artifacts/bin/LoopbackServer/$Configuration/LoopbackServer.dll") |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $dll) { throw 'The loopback server is not built; run "dotnet build" first.' }
    $project = if ($Empty) { '--empty' } elseif ($Threads) { "--threads $Threads --items $Items $Other" }
    $start = New-Object System.Diagnostics.ProcessStartInfo 'dotnet', ('"{0}" {1}' -f $dll.FullName, $project)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true   # It ends when this closes, so it never outlives the test.
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $http, $https = $process.StandardOutput.ReadLine() -split ' '
    [pscustomobject]@{
        Process  = $process
        Address  = $http
        BaseUri  = "$http/v1"
        HttpsUri = "$https/v1"
    }
}

function Stop-LoopbackServer($Server) {
    if ($Server) {
        $Server.Process.StandardInput.Close()
        $null = $Server.Process.WaitForExit(5000)
    }
}

# Forgets what was asked and what was to be answered.
function Reset-LoopbackServer($Server) {
    $null = Invoke-RestMethod -Method Delete -Uri "$($Server.Address)/_control" -UseBasicParsing
}

# A reply for requests to come; the properties are those of Reply.cs.
function Add-LoopbackReply($Server, [hashtable[]] $Reply) {
    $body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $Reply -Depth 5))
    $null = Invoke-RestMethod -Method Post -Uri "$($Server.Address)/_control/replies" -Body $body -UseBasicParsing
}

# What the way to the server is like from now on; the properties are those of Conditions.cs.
function Set-LoopbackCondition($Server, [hashtable] $Condition) {
    $null = Invoke-RestMethod -Method Post -Uri "$($Server.Address)/_control/conditions" -Body (ConvertTo-Json $Condition) -ContentType application/json -UseBasicParsing
}

# Threads with the ids of $Id, for the emulator behind the server.
function Add-LoopbackThread($Server, [string[]] $Id, [hashtable] $Property = @{}) {
    $threads = foreach ($one in $Id) {
        $thread = @{ id = $one; object = 'chatkit.thread'; created_at = 1712345600; title = "Title of $one"; status = @{ type = 'active' }; user = 'user_1' }
        foreach ($name in $Property.Keys) { $thread[$name] = $Property[$name] }
        $thread
    }
    Add-LoopbackSeed $Server (ConvertTo-Json -InputObject @($threads) -Depth 5)
}

# A seed, as Connect-ChatKit -Seed takes it, for the emulator behind the server.
function Add-LoopbackSeed($Server, [string] $Json) {
    $null = Invoke-RestMethod -Method Post -Uri "$($Server.Address)/_control/threads" -Body ([System.Text.Encoding]::UTF8.GetBytes($Json)) -UseBasicParsing
}

# What was asked, oldest first.
function Get-LoopbackJournal($Server) {
    foreach ($entry in (Invoke-RestMethod -Uri "$($Server.Address)/_control/journal" -UseBasicParsing)) { $entry }
}

function Get-LoopbackLoad($Server) {
    Invoke-RestMethod -Uri "$($Server.Address)/_control/load" -UseBasicParsing
}

# A script in a PowerShell instance of its own, in this process, so that it can be stopped from outside as Ctrl+C does.
function New-PowerShellInstance([scriptblock] $Script) {
    $state = [initialsessionstate]::CreateDefault2()
    $null = $state.ImportPSModule((Get-ManifestPath))
    $instance = [powershell]::Create($state)
    $null = $instance.AddScript($Script)
    $instance
}

# A script whose questions are answered from a list, in a runspace with a host of its own; -Stop presses Ctrl+C once it holds.
# The questions end with how much had been written to the output and to the errors by then.
function Invoke-Asked([string[]] $Answer, [scriptblock] $Script, [object[]] $Argument, [scriptblock] $Stop) {
    if (-not ('AskedHost' -as [type])) { Add-Type -Path "$PSScriptRoot/AskedHost.cs" }
    $output = New-Object System.Management.Automation.PSDataCollection[psobject]
    $answers = New-Object 'System.Collections.Generic.Queue[string]'
    $Answer | ForEach-Object { $answers.Enqueue($_) }
    $instance = [powershell]::Create()
    $asked = New-Object AskedHost $answers, $output, $instance.Streams.Error
    $state = [initialsessionstate]::CreateDefault2()
    $null = $state.ImportPSModule((Get-ManifestPath))
    $runspace = [runspacefactory]::CreateRunspace($asked, $state)
    $runspace.Open()
    try {
        $instance.Runspace = $runspace
        $null = $instance.AddScript($Script)
        foreach ($one in $Argument) { $null = $instance.AddArgument($one) }
        $none = New-Object System.Management.Automation.PSDataCollection[psobject]
        $none.Complete()
        $run = $instance.BeginInvoke($none, $output)
        $ended = $null
        try {
            if ($Stop) { Wait-Until { & $Stop $output }; $instance.Stop() }
            $null = $instance.EndInvoke($run)
        }
        catch { $ended = $_.Exception.InnerException }
        [pscustomobject]@{ Output = $output; Questions = @($asked.Questions); Warnings = @($asked.Warnings); Errors = $instance.Streams.Error; Ended = $ended }
    }
    finally { $runspace.Dispose() }
}

# Waits until a condition holds; a test that needs longer than this is broken.
function Wait-Until([scriptblock] $Condition) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt 20) { throw "It did not come true: $Condition" }
        Start-Sleep -Milliseconds 20
    }
}

Export-ModuleMember -Function *
