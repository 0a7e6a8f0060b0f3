# No key, no client secret and no proxy password in anything that comes out: every cmdlet, through success and each failure, with everything shown.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Clear-TestEnvironment
    $server = Start-LoopbackServer

    # The marks are in the middle, since a key's last four characters may be shown.
    $key = 'sk-' + 'MARKEDKEY' * 3 + '-abcd'
    $secret = 'ek_' + 'MARKEDSECRET' * 2 + '_wxyz'
    $password = 'MARKEDPASSWORD'

    # What a hostile or careless server may send back: the key in the message, in headers, in a page, in a redirect.
    $failures = @(
        foreach ($status in 400, 401, 403, 404, 409, 429, 500) {
            @{ status = $status; headers = @{ 'x-request-id' = "req_$key"; 'x-should-retry' = 'false' }; body = '{"error":{"message":"Incorrect API key provided: ' + $key + '","type":"' + $key + '","code":"' + $key + '","param":"' + $key + '"}}' }
        }
        @{ status = 200; body = "<html>$key $secret" }
        @{ status = 200; body = '' }
        @{ status = 200; body = '{"id":"x","client_secret":"' + $secret + '","title":"' + $key + '"' }
        @{ status = 200; body = '{"object":"chatkit.other","client_secret": "' + $secret + '"}' }
        @{ status = 200; body = '{"id":"x","client_secret":"' + $secret + '"}'; cutAfter = 60 }
        @{ status = 302; headers = @{ location = "https://example.com/?key=$key" } }
        @{ raw = ''; end = 'Reset' }
    )

    # Runs in a PowerShell of its own, with a transcript, and prints all there is to print.
    $script = {
        param($module, $uri, $transcript, $folder)
        $key = $env:MARKED_KEY; $password = $env:MARKED_PASSWORD
        Remove-Item env:MARKED_*
        $null = Start-Transcript $transcript
        Import-Module $module
        $VerbosePreference = $DebugPreference = $InformationPreference = $WarningPreference = 'Continue'
        $ErrorActionPreference = 'SilentlyContinue'
        $credential = New-Object pscredential 'user', (ConvertTo-SecureString $password -AsPlainText -Force)
        Connect-ChatKit $key -BaseUri $uri -MaximumRetryCount 0 -PassThru | Format-List * -Force
        $proxied = New-ChatKitConnection $key -BaseUri https://api.example.com/v1 -Proxy http://127.0.0.1:9 -ProxyCredential $credential -MaximumRetryCount 0
        $proxied | Format-List * -Force; "$proxied"; $proxied | ConvertTo-Json; $proxied | ConvertTo-Csv
        foreach ($connection in (Get-ChatKitConnection), $proxied) {
            $all = @(
                Get-ChatKitThread cthr_abc123 -Connection $connection
                Get-ChatKitThread -First 1 -Connection $connection
                Get-ChatKitThreadItem cthr_abc123 -First 1 -Connection $connection
                New-ChatKitSession wf_1 user_1 -Connection $connection
                Stop-ChatKitSession cksess_1 -Connection $connection
                Remove-ChatKitThread cthr_ghi789 -Confirm:$false -PassThru -Connection $connection
                Remove-ChatKitThread cthr_ghi789 -WhatIf -Connection $connection
                Export-ChatKitThread "$folder/ids" -Id cthr_abc123 -Connection $connection
                Export-ChatKitThread "$folder/all" -Connection $connection
                Export-ChatKitThread "$folder/pages" -Format Html -Connection $connection
                Test-ChatKitArchive "$folder/ids"
                New-ChatKitConnection -Archive "$folder/ids" -Force
            )
            $all; $all | Format-List * -Force; $all | ConvertTo-Json; $all | ForEach-Object { "$_"; ConvertTo-Csv -InputObject $_; if ($_.ToJson) { $_.ToJson() } }
        }
        Get-ChildItem $folder -Recurse -File | ForEach-Object { [System.IO.File]::ReadAllText($_.FullName) }
        foreach ($bad in "$key more", "$key$([char]27)", @($key, $key), @{ k = $key }) { Connect-ChatKit -ApiKey $bad -BaseUri $uri }
        Connect-ChatKit $key -BaseUri http://example.com/v1
        Connect-ChatKit $key -Proxy "http://user:$password@127.0.0.1:9"
        foreach ($record in @($Error)) {
            $record | Format-List * -Force
            $record.Exception.ToString()
            $record.CategoryInfo.ToString(); $record.ErrorDetails | Format-List * -Force
        }
        Disconnect-ChatKit
        $null = Stop-Transcript
    }
    Set-Content "$TestDrive/everything.ps1" $script.ToString()
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Secrets' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'are in nothing that comes out, answer <Index>' -ForEach (0..14 | ForEach-Object { @{ Index = $_ } }) {
        # The last one is success.
        if ($Index -lt 14) {
            $reply = $failures[$Index].Clone()
            $reply.times = 100
            Add-LoopbackReply $server $reply
        }
        $env:MARKED_KEY = $key
        $env:MARKED_PASSWORD = $password
        try {
            $shell = (Get-Process -Id $PID).Path
            $manifest = Get-ManifestPath
            $printed = & $shell -NoProfile -NonInteractive -File "$TestDrive/everything.ps1" $manifest $server.BaseUri "$TestDrive/transcript$Index.txt" "$TestDrive/exports$Index" 2>&1 | Out-String -Width 300
        }
        finally { Remove-Item env:MARKED_* }

        $everything = $printed + (Get-Content "$TestDrive/transcript$Index.txt" -Raw)
        @(Get-LoopbackJournal $server).Count | Should -BeGreaterOrEqual 6
        (Get-LoopbackJournal $server)[0].headers.authorization | Should -BeExactly "Bearer $key"
        $everything | Should -Match 'Authorization: \*\*\*'
        $everything | Should -Match 'ConnectionFailed'
        $everything | Should -Match '127\.0\.0\.1:9'
        $everything | Should -Match '"format": "chatkit-archive"'

        # A line break in the middle of a mark would hide it.
        $found = [regex]::Matches(($everything -replace '\s'), '.{0,80}MARKED.{0,40}').Value
        $found | Should -BeNullOrEmpty
    }

    It 'would be found if they came out' {
        $failures.Count | Should -Be 14
        "$key $secret $password" | Should -Match 'MARKEDKEY.*MARKEDSECRET.*MARKEDPASSWORD'
    }
}
