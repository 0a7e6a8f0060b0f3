# What a user sees of each thing that can go wrong on the wire, byte for byte on a real socket.

BeforeDiscovery {
    $head = "HTTP/1.1 200 OK`r`nContent-Type: application/json`r`n"
    $body = '{"id":"cthr_001","title":"Whole"}'

    # What the user sees without retries, and whether the default retries it.
    $faults = @(
        @{ What = 'a reset before the answer'; Reply = @{ raw = ''; end = 'Reset' }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *'; Passes = $true }
        @{ What = 'an end before the answer'; Reply = @{ raw = '' }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *'; Passes = $true }
        @{ What = 'a reset inside the headers'; Reply = @{ raw = $head; end = 'Reset' }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *'; Passes = $true }
        @{ What = 'a reset inside the body'; Reply = @{ raw = "${head}Content-Length: 33`r`n`r`n" + $body.Substring(0, 20); end = 'Reset' }; Id = 'InvalidResponse'; Says = 'The answer of {host} was cut short after * bytes*'; Passes = $true }
        @{ What = 'an end inside the body'; Reply = @{ raw = "${head}Content-Length: 33`r`n`r`n" + $body.Substring(0, 20) }; Id = 'InvalidResponse'; Says = 'The answer of {host} was cut short after 20 bytes*'; Passes = $true }
        @{ What = 'a chunk cut short'; Reply = @{ raw = "${head}Transfer-Encoding: chunked`r`n`r`n21`r`n" + $body.Substring(0, 20) }; Id = 'InvalidResponse'; Says = 'The answer of {host} was cut short after 20 bytes*'; Passes = $true }
        @{ What = 'chunks without the last'; Reply = @{ raw = "${head}Transfer-Encoding: chunked`r`n`r`n21`r`n$body`r`n" }; Id = 'InvalidResponse'; Says = 'The answer of {host} was cut short after 33 bytes*'; Passes = $true }
        @{ What = 'a chunk without a length'; Reply = @{ raw = "${head}Transfer-Encoding: chunked`r`n`r`nzz`r`n$body`r`n0`r`n`r`n" }; Id = 'InvalidResponse'; Says = 'The answer of {host} was cut short after 0 bytes*'; Passes = $true }
        @{ What = 'a garbage status line'; Reply = @{ raw = "ICY 200 OK`r`n`r`n$body" }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *invalid status*'; Passes = $true }
        @{ What = 'another protocol'; Reply = @{ raw = "220 mail.example.com ESMTP`r`n" }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *'; Passes = $true }
        @{ What = 'huge headers'; Reply = @{ raw = "${head}x-filler: " + 'x' * 100000 + "`r`n`r`n$body" }; Id = 'ConnectionFailed'; Says = 'The connection to {host} failed: *headers*'; Passes = $true }
        @{ What = 'an HTML page with 502'; Reply = @{ status = 502; body = '<html><h1>Bad Gateway</h1>'; headers = @{ 'content-type' = 'text/html' } }; Id = 'ServerError'; Says = '*502*text/html*<html><h1>Bad Gateway</h1>*'; Passes = $true }
        @{ What = 'an HTML page with 200'; Reply = @{ status = 200; body = '<html>Sign in to the hotel'; headers = @{ 'content-type' = 'text/html' } }; Id = 'InvalidResponse'; Says = '*is not what was asked for*text/html*Sign in to the hotel*' }
        @{ What = 'an empty answer'; Reply = @{ status = 200; body = '' }; Id = 'InvalidResponse'; Says = '*What came: nothing. (HTTP 200)' }
        @{ What = 'a 204 for a thread'; Reply = @{ status = 204 }; Id = 'InvalidResponse'; Says = '*What came: nothing. (HTTP 204)' }
        @{ What = 'a thread without an id'; Reply = @{ status = 200; body = '{"title":"Whose?"}' }; Id = 'InvalidResponse'; Says = '*The answer has no id.*' }
        @{ What = 'two ids of which the last is another'; Reply = @{ status = 200; body = '{"id":"cthr_001","id":"cthr_002"}' }; Id = 'InvalidResponse'; Says = "*'cthr_001' was asked for, and 'cthr_002' came*" }
        @{ What = 'a redirect to another host'; Reply = @{ status = 302; headers = @{ location = 'https://elsewhere.example/v1' } }; Id = 'InvalidResponse'; Says = '*redirects to https://elsewhere.example/v1; the key is not sent there*' }
        @{ What = 'a redirect to plain http'; Reply = @{ status = 307; headers = @{ location = 'http://api.openai.com/v1' } }; Id = 'InvalidResponse'; Says = '*redirects to http://api.openai.com/v1; the key is not sent there*' }
        @{ What = 'a status of no meaning'; Reply = @{ raw = "HTTP/1.1 999 What`r`nContent-Length: 0`r`n`r`n" }; Id = 'ServerError'; Says = '*999 What*'; Passes = $true }
    )

    # What is odd, and yet an answer.
    $oddities = @(
        @{ What = 'another content type'; Reply = @{ status = 200; body = $body; headers = @{ 'content-type' = 'text/plain' } }; Title = 'Whole' }
        @{ What = 'a member twice: the last one counts'; Reply = @{ status = 200; body = '{"id":"cthr_001","title":"First","title":"Last"}' }; Title = 'Last' }
        @{ What = 'nothing but an id'; Reply = @{ status = 200; body = '{"id":"cthr_001"}' }; Title = $null }
        @{ What = 'a header twice'; Reply = @{ raw = "${head}x-request-id: req_1`r`nx-request-id: req_2`r`nContent-Length: 33`r`n`r`n$body" }; Title = 'Whole' }
        @{ What = 'no length: the end of the connection is the end of the body'; Reply = @{ raw = "$head`r`n$body" }; Title = 'Whole' }
        @{ What = 'an interim answer first'; Reply = @{ raw = "HTTP/1.1 103 Early Hints`r`n`r`n${head}Content-Length: 33`r`n`r`n$body" }; Title = 'Whole' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    Add-LoopbackThread $server 'cthr_001'
    $key = Get-TestKey
    $patient = New-ChatKitConnection $key -BaseUri $server.BaseUri
    $hasty = New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryCount 0 -TimeoutSec 1

    # The thread, or the failure to get it, or that of the connection.
    function Get-Outcome($Connection) {
        try {
            Get-ChatKitThread cthr_001 -Connection $Connection -ErrorAction SilentlyContinue -ErrorVariable failed
            if ($failed) { $failed[0] }
        }
        catch { $_ }
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'A fault on the wire' {
    BeforeEach { Reset-LoopbackServer $server }

    It '<What> is <Id>' -ForEach $faults {
        # The framework itself asks again, unseen, where a kept connection broke.
        $Reply.times = 10
        Add-LoopbackReply $server $Reply
        $failure = Get-Outcome $hasty
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.TargetObject | Should -Be 'cthr_001'
        $failure.ErrorDetails.Message | Should -BeLike "Thread 'cthr_001': $($Says -replace '\{host\}', ([uri] $server.Address).Authority)"
    }

    It '<What> is retried' -ForEach ($faults | Where-Object { $_.Passes }) {
        $Reply.times = 1
        $Reply.headers = @{ 'retry-after-ms' = '1' } + $(if ($Reply.headers) { $Reply.headers } else { @{} })
        Add-LoopbackReply $server $Reply
        (Get-Outcome $patient).Title | Should -Be 'Title of cthr_001'
    }

    It '<What> is asked for once, and once more over another connection where it may be meant for another request' -ForEach ($faults | Where-Object { -not $_.Passes }) {
        $Reply.times = 10
        Add-LoopbackReply $server $Reply
        (Get-Outcome $patient).FullyQualifiedErrorId | Should -BeLike "$Id,*"
        @(Get-LoopbackJournal $server).Count | Should -Be $(if ($What -like 'a redirect*') { 1 } else { 2 })
    }

    It '<What> is an answer' -ForEach $oddities {
        Add-LoopbackReply $server $Reply
        $thread = Get-Outcome $hasty
        $thread.Id | Should -Be 'cthr_001'
        $thread.Title | Should -Be $Title
    }

    It 'a refused connection is ConnectionFailed, and names the host' {
        $failure = Get-Outcome (New-ChatKitConnection $key -BaseUri http://127.0.0.1:9/v1 -MaximumRetryCount 0)
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $failure.ErrorDetails.Message | Should -BeLike "*The connection to 127.0.0.1:9 failed: *"
    }

    It 'a server that <What> is left when the time is up' -ForEach @(
        @{ What = 'accepts and says nothing'; Reply = @{ raw = ''; end = 'Stall' } }
        @{ What = 'stalls inside the headers'; Reply = @{ raw = "HTTP/1.1 200 OK`r`nContent-"; end = 'Stall' } }
        @{ What = 'stalls inside the body'; Reply = @{ raw = "HTTP/1.1 200 OK`r`nContent-Length: 33`r`n`r`n{"; end = 'Stall' } }
        @{ What = 'sends a byte a second'; Reply = @{ raw = "HTTP/1.1 200 OK`r`n"; paceMs = 1000; end = 'Stall' } }
    ) {
        Add-LoopbackReply $server $Reply
        $failure = Get-Outcome $hasty
        $failure.FullyQualifiedErrorId | Should -BeLike 'TimedOut,*'
        $failure.ErrorDetails.Message | Should -BeLike "Thread 'cthr_001': * gave no complete answer within 1 s.*"
        Wait-Until { (Get-LoopbackLoad $server).underWay -eq 0 }   # Nothing is left open.
    }

    It 'a small answer that unpacks to a large one is left at the limit' {
        $packed = New-Object System.IO.MemoryStream
        $gzip = New-Object System.IO.Compression.GZipStream $packed, ([System.IO.Compression.CompressionMode]::Compress)
        $blanks = New-Object byte[] (1MB)
        foreach ($n in 1..65) { $gzip.Write($blanks, 0, $blanks.Length) }
        $gzip.Dispose()
        Add-LoopbackReply $server @{ status = 200; bodyBase64 = [Convert]::ToBase64String($packed.ToArray()); headers = @{ 'content-encoding' = 'gzip' } }
        $failure = Get-Outcome $patient
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
        $failure.ErrorDetails.Message | Should -BeLike '*It is larger than 67,108,864 bytes, which is the MaximumResponseSize of the connection*'
        @(Get-LoopbackJournal $server).Count | Should -Be 1
    }

    It 'a redirect is not followed, wherever it leads' {
        Add-LoopbackReply $server @{ status = 301; headers = @{ location = "$($server.HttpsUri)/chatkit/threads/cthr_001" } }
        (Get-Outcome $patient).ErrorDetails.Message | Should -BeLike "*redirects to $($server.HttpsUri)/chatkit/threads/cthr_001*"
        @(Get-LoopbackJournal $server).Count | Should -Be 1   # The journal is of both addresses.
    }

    It 'in a page of the list ends it with what came, and says where to go on' {
        Add-LoopbackThread $server (2..9 | ForEach-Object { "cthr_00$_" })
        Add-LoopbackReply $server @{ target = 'after='; times = 10; raw = "HTTP/1.1 200 OK`r`nContent-Length: 500`r`n`r`n{" }
        $got = @(Get-ChatKitThread -Order Ascending -PageSize 4 -Connection $hasty -ErrorAction SilentlyContinue -ErrorVariable failed)
        $got.Id | Should -Be (1..4 | ForEach-Object { "cthr_00$_" })
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike "*-After 'cthr_004'*"
    }
}

Describe 'A date to wait for' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'is read by the clock of a server that is <Skew> h off' -ForEach @{ Skew = -26 }, @{ Skew = 0 }, @{ Skew = 3 } {
        $now = [DateTime]::UtcNow.AddHours($Skew)
        $headers = @{ date = $now.ToString('r'); 'retry-after' = $now.AddSeconds(30).ToString('r') }
        Add-LoopbackReply $server @{ status = 429; headers = $headers; body = '{}' }
        $failure = Get-Outcome (New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryWaitSec 29)
        $failure.Exception.RetryAfter.TotalSeconds | Should -Be 30
    }
}

Describe 'A storm of refusals' {
    BeforeAll {
        $ids = 1..300 | ForEach-Object { 'cthr_s{0:d3}' -f $_ }
        Add-LoopbackThread $server $ids
    }

    BeforeEach { Reset-LoopbackServer $server }

    It 'of a server that <What> loses nothing' -ForEach @(
        @{ What = 'answers two at a time'; Condition = @{ width = 2; latencyMs = 2 } }
        @{ What = 'answers 500 a second'; Condition = @{ rate = 500; burst = 20; latencyMs = 2 } }
        @{ What = 'answers 500 a second, and says when to come back'; Condition = @{ rate = 500; burst = 20; latencyMs = 2; retryAfterMs = 10 } }
    ) {
        Set-LoopbackCondition $server $Condition
        $connection = New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumRetryCount 0
        (Get-ChatKitThread $ids -Connection $connection -ThrottleLimit 64 -ErrorAction Stop).Id | Should -Be $ids
        $journal = @(Get-LoopbackJournal $server)
        @($journal | Where-Object status -eq 200).Count | Should -Be 300
        @($journal | Where-Object status -eq 429).Count | Should -BeGreaterThan 0
    }
}
