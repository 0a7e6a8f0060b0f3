# The rows of the benchmark, by name: the project that the server has, and the cases. A case is a contender's work.
param([int] $LatencyMs)

function New-Case([string] $Contender, [string] $Work, [int] $Width, [int] $Count, [hashtable] $Other = @{}) {
    $case = @{
        Label      = $Contender
        Contender  = $Contender
        Work       = $Work
        Width      = $Width
        Count      = $Count       # Of threads.
        Expected   = $Count       # Of objects.
        WarmUp     = $Count       # How many threads the work is done for before it is measured; 0 for cold.
        Fresh      = $false       # A process of its own for each run.
        Once       = $false       # Measured once, and not warmed up.
        Conditions = @{}          # Of the server, rather than those of the whole benchmark.
        Unit       = 's'          # Of what is shown: s, ms, us a thread, requests, or MiB, which is the peak of the process's memory.
        Base       = 'floor'      # What it is held against: the label of a case, or a number.
        BaseName   = $null        # What the number is.
        Goal       = $null        # The highest ratio to the base; of MiB, the most over it. Only the module has one.
    }
    foreach ($key in $Other.Keys) { $case[$key] = $Other[$key] }
    if ($Contender -ne 'module') { $case.Goal = $null }
    $case
}

# The same work for several contenders.
function New-Cases([string[]] $Contender, [string] $Work, [int] $Width, [int] $Count, [hashtable] $Other = @{}) {
    foreach ($one in $Contender) { New-Case $one $Work $Width $Count $Other }
}

$exportRequests = 2000 + 2000 / 100
$cold = @{ Fresh = $true; WarmUp = 0 }

# Held against their simulation: tests/ChatKit.Client.Tests/Simulation/RateRowTests.cs holds its seconds.
$rateRows = Get-Content "$PSScriptRoot/Rate.json" -Raw | ConvertFrom-Json -AsHashtable
$limited = foreach ($one in $rateRows) {
    $conditions = @{}
    foreach ($key in 'rate', 'burst', 'latencyMs', 'retryAfter', 'refusalStatus', 'refusedPerThousand') {
        if ($one.Contains($key)) { $conditions[$key] = $one[$key] }
    }
    New-Case module by-id $one.width $one.work @{
        Label = $one.name; Fresh = $true; WarmUp = 1; Conditions = $conditions; Base = $one.simulatedSec; BaseName = 'its simulation'; Goal = 1.1
    }
}

$longItems = foreach ($work in 'items-short', 'items-long') {
    New-Case module $work 16 1000 ($cold + @{
            Label = "module, $work"; Unit = 'MiB'; Expected = $work -eq 'items-long' ? 140000 : 40000
            Base = 'module, items-short'; Goal = $work -eq 'items-long' ? 40 : $null
        })
}

$growth = foreach ($work in 'by-id-streamed', 'list-streamed') {
    foreach ($contender in 'floor', 'module') {
        foreach ($count in 1000, 10000, 100000) {
            New-Case $contender $work 64 $count @{
                Label = "$contender, $($work -replace '-streamed'), $count"; Fresh = $true; WarmUp = 1000
                Unit = 'us a thread'; Base = "$contender, $($work -replace '-streamed'), 1000"
            }
        }
    }
}

$memory = foreach ($contender in 'floor', 'module') {
    foreach ($count in 1000, 100000) {
        New-Case $contender list-streamed 1 $count ($cold + @{ Label = "$contender, $count"; Unit = 'MiB'; Base = "$contender, 1000"; Goal = $count -gt 1000 ? 15 : $null })
    }
}

# A text that stands in 20 of two million items, for the searches of an archive.
$rareThreads = foreach ($n in 1..20) {
    $id = 'cthr_rare_{0:d2}' -f $n
    @{
        id = $id; object = 'chatkit.thread'; created_at = 1700000000 + 600000 * $n; title = 'A disputed payment'
        status = @{ type = 'active' }; user = 'user_1'
        items = @(@{
                id = "cthi_rare_$n"; object = 'chatkit.thread_item'; created_at = 1700000001 + 600000 * $n; thread_id = $id
                type = 'chatkit.user_message'; attachments = @(); inference_options = $null
                content = @(@{ type = 'input_text'; text = 'My bank calls this a chargeback.' })
            })
    }
}
$archive = @{ Threads = 200000; Items = 10; Archive = $true; Seed = ConvertTo-Json @($rareThreads) -Depth 6 }
$find = @{ Expected = 20; WarmUp = 1 }
$goal = @{ Base = 1.5; BaseName = 'the goal, seconds'; Goal = 1 }

# Other is of the server; with Archive, a row is about an archive of its threads; with Tls, a row is over HTTPS, which is HTTP/2 where the contender speaks it.
[ordered] @{
    'by-id-16' = @{
        Threads = 1000
        Cases   = @(New-Cases floor, module, node, parallel by-id 16 1000 @{ Goal = 1.05 }; New-Case loop by-id 1 1000 @{ Once = $true })
    }
    'by-id-64' = @{ Threads = 1000; Cases = @(New-Cases floor, module, node, parallel by-id 64 1000 @{ Goal = 1.10 }) }
    'list'     = @{ Threads = 20000; Cases = @(New-Cases floor, module, node, loop list 1 20000 @{ Goal = 0.55 }) }
    'items'    = @{ Threads = 200; Items = 40; Cases = @(New-Cases floor, module, node, parallel items 16 200 @{ Expected = 8000; Goal = 1.15 }) }
    'items-350' = @{ Threads = 200; Items = 350; Cases = @(New-Cases floor, module, node items 16 200 @{ Expected = 70000; Goal = 1.10 }) }
    'users'    = @{
        Threads = 1200
        Other   = '--users 400'
        Cases   = @(New-Cases floor, module users 16 400 @{ Expected = 1200; Base = 400 / 16 * $LatencyMs / 1000; BaseName = '400 requests / 16 x latency'; Goal = 1.25 })
    }
    'oldest'   = @{ Threads = 100000; Cases = @(New-Case module oldest 1 1000 @{ Unit = 'requests'; Base = 30; BaseName = 'the goal'; Goal = 1 }) }
    'newest'   = @{ Threads = 100000; Cases = @(New-Case module newest 1 1000 @{ Unit = 'requests'; Base = 11; BaseName = 'its pages, and one'; Goal = 1 }) }
    'items-memory' = @{ Threads = 1000; Items = 40; Other = '--long 100000'; Cases = @($longItems) }
    'tls-16'   = @{ Threads = 1000; Tls = $true; Cases = @(New-Cases floor, module, node by-id 16 1000 @{ Goal = 1.05 }) }
    'tls-64'   = @{ Threads = 1000; Tls = $true; Cases = @(New-Cases floor, module, node by-id 64 1000 @{ Goal = 1.10 }) }
    'export'   = @{
        Threads = 2000
        Items   = 40
        Cases   = @(New-Cases floor, module export 16 2000 @{ Base = $exportRequests / 16 * $LatencyMs / 1000; BaseName = "$exportRequests requests / 16 x latency"; Goal = 1.15 })
    }
    'update-idle' = @{
        Threads = 200000
        Items   = 1
        Cases   = @(New-Case module update-idle 64 200000 @{
                Unit = 'requests'; Base = 4100; BaseName = 'the goal'; Goal = 1; Conditions = @{ latencyMs = 0 }
            })
    }
    'find'     = $archive + @{
        Cases = @(
            New-Case duckdb find 1 1 $find
            New-Case module find 1 1 ($find + $goal)
            New-Case module find-connecting 1 1 ($find + $goal + @{ Label = 'module, connecting too' })
            New-Case module find-gzip 1 1 ($find + @{ Label = 'module, compressed'; Base = 'module' })
            New-Case duckdb find-gzip 1 1 ($find + @{ Label = 'duckdb, compressed'; Base = 'duckdb' })
            New-Case module find-common 1 1 @{ Label = 'module, 1,000,000 items'; Expected = 1000000; WarmUp = 0; Base = 'module' }
        )
    }
    'optimize' = $archive + @{
        Cases = @(New-Case duckdb optimize 1 1 @{ WarmUp = 0 }; New-Case module optimize 1 1 @{ WarmUp = 0; Base = 'duckdb' })
    }
    'import'   = @{ Threads = 1; Cases = @(New-Cases empty, module import 1 1 ($cold + @{ Unit = 'ms'; Base = 'empty'; Goal = 1.3 })) }
    'first'    = @{ Threads = 1; Cases = @(New-Cases loop, module first 1 1 ($cold + @{ Unit = 'ms'; Base = 'loop'; Goal = 1.0 })) }
    'memory'   = @{ Threads = 100000; Cases = @($memory) }
    'rate'     = @{ Threads = 20000; Cases = @($limited) }
    'growth'   = @{ Threads = 100000; Cases = @($growth) }
}
