# The ways without a module as contenders: RestMethod.ps1 <loop|parallel> <work> <width>. Floor/Program.cs says what a contender does; the environment
# says where.
param([string] $Way, [string] $Work, [int] $Width)

$ErrorActionPreference = 'Stop'
$threads = "$env:OPENAI_BASE_URL/chatkit/threads"
$headers = @{ Authorization = "Bearer $env:OPENAI_API_KEY"; 'OpenAI-Beta' = 'chatkit_beta=v1' }

$works = @{
    'loop by-id'     = { @(foreach ($id in $ids) { Invoke-RestMethod "$threads/$id" -Headers $headers }).Count }
    'parallel by-id' = { @($ids | ForEach-Object -ThrottleLimit $Width -Parallel { Invoke-RestMethod "$using:threads/$_" -Headers $using:headers }).Count }
    'parallel items' = { @($ids | ForEach-Object -ThrottleLimit $Width -Parallel { (Invoke-RestMethod "$using:threads/$_/items?limit=100&order=asc" -Headers $using:headers).data }).Count }
    'loop list'      = {
        $after = ''
        @(do {
                $page = Invoke-RestMethod "${threads}?limit=100&order=desc$after" -Headers $headers
                $page.data
                $after = "&after=$($page.last_id)"
            } while ($page.has_more)).Count
    }
    'loop first'     = { @(Invoke-RestMethod "$threads/cthr_00000001" -Headers $headers).Count }
}
while ($line = [Console]::In.ReadLine()) {
    $ids = if ($Work -in 'by-id', 'items') { foreach ($n in 1..[int] $line) { 'cthr_{0:d8}' -f $n } }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $got = & $works["$Way $Work"]
    $seconds = $clock.Elapsed.TotalSeconds
    $peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
    [Console]::Out.WriteLine("$seconds $got $peak")
}
