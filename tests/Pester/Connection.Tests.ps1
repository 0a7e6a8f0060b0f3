# Connecting: what is accepted, what is refused, and what is never shown.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer
    $key = Get-TestKey

    # The headers of the one request that a script sends.
    function Get-SentHeader([scriptblock] $Script) {
        Reset-LoopbackServer $server
        $null = & $Script
        (Get-LoopbackJournal $server).headers
    }

    # The error that ends a script.
    function Get-Failure([scriptblock] $Script) {
        try { $null = & $Script } catch { return $_ }
        throw 'It did not fail.'
    }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Connections' {
    BeforeEach {
        Clear-TestEnvironment
        Disconnect-ChatKit
    }

    Context 'Connect-ChatKit -ApiKey' {
        It 'takes <Form>' -ForEach @(
            @{ Form = 'a string'; Make = { param($k) $k } }
            @{ Form = 'a string with white space around it'; Make = { param($k) " `t$k`r`n" } }
            @{ Form = 'a secure string'; Make = { param($k) ConvertTo-SecureString $k -AsPlainText -Force } }
            @{ Form = 'a credential'; Make = { param($k) New-Object pscredential 'any', (ConvertTo-SecureString $k -AsPlainText -Force) } }
            @{ Form = 'the lines of a file'; Make = { param($k) Set-Content TestDrive:/key.txt '', $k, ''; Get-Content TestDrive:/key.txt } }
            @{ Form = 'a file as one string'; Make = { param($k) Set-Content TestDrive:/key.txt $k, ''; Get-Content TestDrive:/key.txt -Raw } }
        ) {
            Connect-ChatKit -ApiKey (& $Make $key) -BaseUri $server.BaseUri
            (Get-SentHeader { Get-ChatKitThread cthr_abc123 }).authorization | Should -BeExactly "Bearer $key"
        }

        It 'refuses <Form>, and does not echo it' -ForEach @(
            @{ Form = 'inner white space'; Bad = 'sk-secret more'; Id = 'InvalidApiKey' }
            @{ Form = 'a control character'; Bad = "sk-secret$([char]27)[2J"; Id = 'InvalidApiKey' }
            @{ Form = 'a character outside ASCII'; Bad = "sk-secret$([char]0x00e9)"; Id = 'InvalidApiKey' }
            @{ Form = 'an empty string'; Bad = ''; Id = 'InvalidApiKey' }
            @{ Form = 'null'; Bad = $null; Id = 'InvalidApiKey' }
            @{ Form = 'two lines'; Bad = @('sk-secret1', 'sk-secret2'); Id = 'ParameterArgumentTransformationError' }
            @{ Form = 'a number'; Bad = 5; Id = 'ParameterArgumentTransformationError' }
            @{ Form = 'a hashtable'; Bad = @{ k = 'sk-secret' }; Id = 'ParameterArgumentTransformationError' }
        ) {
            $failure = Get-Failure { Connect-ChatKit -ApiKey $Bad -BaseUri $server.BaseUri }
            $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'secret'
            Get-ChatKitConnection | Should -BeNullOrEmpty
        }
    }

    Context 'Settings' {
        It 'sends organization, project, beta and user agent' {
            Connect-ChatKit $key -BaseUri $server.BaseUri -Organization org-1 -Project proj_1
            $headers = Get-SentHeader { Get-ChatKitThread cthr_abc123 }
            $headers.'openai-organization' | Should -BeExactly 'org-1'
            $headers.'openai-project' | Should -BeExactly 'proj_1'
            $headers.'openai-beta' | Should -BeExactly 'chatkit_beta=v1'
            $version = (Get-Module ChatKit).Version
            $headers.'user-agent' | Should -Match "^ChatKit\.PowerShell/$version PowerShell/$([regex]::Escape($PSVersionTable.PSVersion)) \(.+\)$"
        }

        It 'come from the environment where they are not given' {
            $env:OPENAI_API_KEY = $key
            $env:OPENAI_BASE_URL = $server.BaseUri
            $env:OPENAI_ORG_ID = 'org-env'
            $env:OPENAI_PROJECT_ID = 'proj_env'
            $headers = Get-SentHeader { Get-ChatKitThread cthr_abc123 }
            $headers.authorization | Should -BeExactly "Bearer $key"
            $headers.'openai-organization' | Should -BeExactly 'org-env'
            $headers.'openai-project' | Should -BeExactly 'proj_env'

            Connect-ChatKit -Project proj_given
            (Get-SentHeader { Get-ChatKitThread cthr_abc123 }).'openai-project' | Should -BeExactly 'proj_given'
        }

        It 'of the environment are one connection for as long as they stay the same' {
            $env:OPENAI_API_KEY = $key
            $first = Get-ChatKitConnection
            [object]::ReferenceEquals((Get-ChatKitConnection), $first) | Should -BeTrue
            $env:OPENAI_PROJECT_ID = 'proj_other'
            (Get-ChatKitConnection).Project | Should -Be 'proj_other'
        }

        It 'have a key of a length that a key can have' {
            { New-ChatKitConnection -ApiKey ('x' * 100000) } | Should -Throw '*a key has at most 10000 characters, and this text has 100000.*'
        }

        It 'that cannot be used end the command: <Id>' -ForEach @(
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'api.example.com/v1' } }
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'ftp://api.example.com/v1' } }
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'http://api.example.com/v1' } }
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'http://127.0.0.1.example.com/v1' } }
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'https://user:pass@api.example.com/v1' } }
            @{ Id = 'InvalidBaseUri'; Parameters = @{ BaseUri = 'https://api.example.com/v1?a=b' } }
            @{ Id = 'InvalidOrganization'; Parameters = @{ Organization = "org`r`nX-Evil: 1" } }
            @{ Id = 'InvalidProject'; Parameters = @{ Project = '' } }
            @{ Id = 'InvalidProxy'; Parameters = @{ Proxy = 'proxy:8080' } }
            @{ Id = 'InvalidProxyCredential'; Parameters = @{ ProxyCredential = (New-Object pscredential 'u', (ConvertTo-SecureString 'p' -AsPlainText -Force)) } }
        ) {
            $failure = Get-Failure { New-ChatKitConnection $key @Parameters }
            $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'allow plain http to another machine only when that is said' {
            (New-ChatKitConnection $key -BaseUri http://api.example.com/v1 -AllowUnencryptedAuthentication).BaseUri | Should -Be 'http://api.example.com/v1'
        }

        It 'keep time limit and retries within their ranges' {
            { New-ChatKitConnection $key -TimeoutSec 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            (New-ChatKitConnection $key -TimeoutSec 5).TimeoutSec | Should -Be 5
            (New-ChatKitConnection $key).TimeoutSec | Should -Be 60
        { New-ChatKitConnection $key -MaximumRetryCount 101 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { New-ChatKitConnection $key -MaximumRetryWaitSec -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        $connection = New-ChatKitConnection $key
        $connection.MaximumRetryCount, $connection.MaximumRetryWaitSec | Should -Be 5, 300
        $connection = New-ChatKitConnection $key -MaximumRetryCount 0 -MaximumRetryWaitSec 7
        $connection.MaximumRetryCount, $connection.MaximumRetryWaitSec | Should -Be 0, 7
        }

        It 'limit the size of an answer, in bytes' {
            (New-ChatKitConnection $key).MaximumResponseSize | Should -Be 64MB
            (New-ChatKitConnection -Emulator -MaximumResponseSize 512MB).MaximumResponseSize | Should -Be 512MB
            { New-ChatKitConnection $key -MaximumResponseSize 1023 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            { New-ChatKitConnection $key -MaximumResponseSize 513MB } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            Reset-LoopbackServer $server
            Add-LoopbackReply $server @{ status = 200; body = '{"id":"cthr_abc123"}' + ' ' * 2000 }
            $small = New-ChatKitConnection $key -BaseUri $server.BaseUri -MaximumResponseSize 2KB
            (Get-ChatKitThread cthr_abc123 -Connection $small).Id | Should -Be 'cthr_abc123'
            Add-LoopbackReply $server @{ status = 200; body = '{"id":"cthr_abc123"}' + ' ' * 2100 }
            $failure = Get-Failure { Get-ChatKitThread cthr_abc123 -Connection $small -ErrorAction Stop }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidResponse,*'
            "$failure" | Should -Match '2,048 bytes, which is the MaximumResponseSize'
        }

        It 'send no unencrypted request through a proxy: not through the system''s, and one that is given is an error' {
            $shell = (Get-Process -Id $PID).Path
            $env:http_proxy = $env:HTTP_PROXY = 'http://127.0.0.1:9'
            try {
                $script = "Import-Module '$(Get-ManifestPath)'; (Get-ChatKitThread cthr_abc123 -Connection (New-ChatKitConnection '$key' -BaseUri '$($server.BaseUri)' -MaximumRetryCount 0)).Id"
                & $shell -NoProfile -NonInteractive -Command $script | Should -Be 'cthr_abc123'
            }
            finally { Remove-Item env:http_proxy, env:HTTP_PROXY -ErrorAction SilentlyContinue }
            foreach ($uri in $server.BaseUri, 'http://api.example.com/v1') {
                { New-ChatKitConnection $key -BaseUri $uri -AllowUnencryptedAuthentication -Proxy $server.Address } | Should -Throw -ErrorId 'InvalidProxy,*'
            }
        }
    }

    Context 'No key anywhere' {
        It 'ends <Command> with NotConnected, and says what to do' -ForEach @(
            @{ Command = 'Get-ChatKitThread'; Script = { Get-ChatKitThread cthr_abc123 } }
            @{ Command = 'Connect-ChatKit'; Script = { Connect-ChatKit } }
        ) {
            $failure = Get-Failure $Script
            $failure.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'OPENAI_API_KEY'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Connect-ChatKit -Emulator'
        }

        It 'gives no connection, and no error either' {
            Get-ChatKitConnection -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'but a bad one in the environment is an error that names where it comes from' {
            $env:OPENAI_API_KEY = 'sk-secret key'
            $failure = Get-Failure { Get-ChatKitThread cthr_abc123 }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidApiKey,*'
            $failure.ErrorDetails.RecommendedAction | Should -Match 'OPENAI_API_KEY'
            ($failure | Format-List * -Force | Out-String) | Should -Not -Match 'secret'
        }
    }

    Context 'A connection' {
        It 'is remembered by Connect, and given only with -PassThru' {
            Connect-ChatKit $key -BaseUri $server.BaseUri | Should -BeNullOrEmpty
            $connection = Connect-ChatKit $key -BaseUri $server.BaseUri -PassThru
            $connection | Should -BeOfType ChatKit.ChatKitConnection
            [object]::ReferenceEquals((Get-ChatKitConnection), $connection) | Should -BeTrue
        }

        It 'is only handed out by New' {
            New-ChatKitConnection $key | Should -BeOfType ChatKit.ChatKitConnection
            Get-ChatKitConnection | Should -BeNullOrEmpty
        }

        It 'is forgotten by Disconnect, twice without complaint' {
            Connect-ChatKit -Emulator
            Disconnect-ChatKit
            Disconnect-ChatKit -ErrorAction Stop
            Get-ChatKitConnection | Should -BeNullOrEmpty
        }

        It 'is not pulled from under a cmdlet that is using it' {
            Connect-ChatKit $key -BaseUri $server.BaseUri
            'cthr_abc123', 'cthr_def456' | ForEach-Object { $_; Disconnect-ChatKit } | Get-ChatKitThread |
                ForEach-Object Id | Should -Be 'cthr_abc123', 'cthr_def456'
        }

        It 'shows its settings, and of the key its last four characters' {
            $connection = New-ChatKitConnection $key -Organization org-1 -Project proj_1 -TimeoutSec 7 -MaximumResponseSize 5MB
            $connection | Format-List | Out-String | Should -Match 'MaximumResponseSize +: 5242880'
            $shown = $connection | Format-List * -Force | Out-String
            foreach ($setting in 'org-1', 'proj_1', '7', 'wxyz', 'http://127.0.0.1:9/v1') { $shown | Should -Match ([regex]::Escape($setting)) }
            $shown | Should -Not -Match '9wxyz'
        }

        It 'shows nothing of a key that is too short for that' {
            (New-ChatKitConnection 'sk-tiny').ApiKeyEnding | Should -BeNullOrEmpty
        }

        It 'can be several at once' {
            $emulator = New-ChatKitConnection -Emulator
            Connect-ChatKit $key -BaseUri $server.BaseUri
            Reset-LoopbackServer $server
            (Get-ChatKitThread cthr_abc123 -Connection $emulator).Id | Should -Be 'cthr_abc123'
            Get-LoopbackJournal $server | Should -BeNullOrEmpty
            (Get-ChatKitThread cthr_abc123).Id | Should -Be 'cthr_abc123'
            @(Get-LoopbackJournal $server).Count | Should -Be 1
        }
    }

    Context 'Connect-ChatKit -Emulator' {
        It 'needs no key and no network' {
            Connect-ChatKit -Emulator
            (Get-ChatKitThread cthr_abc123).Title | Should -Be 'Customer escalation'
            (Get-ChatKitConnection).Kind | Should -Be 'Emulator'
        }

        It 'loads threads from a file' {
            Set-Content TestDrive:/seed.json '[{"id":"cthr_mine","status":{"type":"locked","reason":"Audit"}}]'
            Connect-ChatKit -Emulator -Seed TestDrive:/seed.json
            $thread = Get-ChatKitThread cthr_mine
            $thread.Status, $thread.StatusReason | Should -Be 'locked', 'Audit'
            { Get-ChatKitThread cthr_abc123 -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        }

        It 'refuses a file that is <What>, and stays as it was' -ForEach @(
            @{ What = 'not there'; Text = $null }
            @{ What = 'not JSON'; Text = '<html>' }
            @{ What = 'empty'; Text = '' }
            @{ What = 'without ids'; Text = '[{"title":"x"}]' }
        ) {
            Connect-ChatKit -Emulator
            $path = 'TestDrive:/bad.json'
            if ($null -eq $Text) { Remove-Item $path -ErrorAction Ignore } else { Set-Content $path $Text }
            $failure = Get-Failure { Connect-ChatKit -Emulator -Seed $path }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidSeed,*'
            $failure.Exception.Message | Should -Not -BeNullOrEmpty
            (Get-ChatKitThread cthr_abc123).Id | Should -Be 'cthr_abc123'
        }

        It 'of a path that is not of the file system is refused' {
            { Connect-ChatKit -Emulator -Seed variable:seed } | Should -Throw -ErrorId 'InvalidPath,*'
        }

        It 'does not go with a key' {
            { Connect-ChatKit -Emulator -ApiKey $key } | Should -Throw -ErrorId 'ContradictoryParameters,*'
        }
    }
}
