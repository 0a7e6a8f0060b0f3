# Answers at the borders of what is read: how they arrive, and how they look.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer -Empty
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Nesting' {
    BeforeEach { Reset-LoopbackServer $server }

    It 'of 64 levels is read, and its JSON can be read again; of one more it is an error' {
        foreach ($depth in 63, 64) {
            Add-LoopbackReply $server @{ status = 200; body = '{"id":"cthr_1","new":' + '[' * $depth + ']' * $depth + '}' }
        }
        $thread = Get-ChatKitThread cthr_1
        ($thread.ToJson() | ConvertFrom-Json).id | Should -Be 'cthr_1'
        { Get-ChatKitThread cthr_1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidResponse,*'
    }
}

Describe 'A text that a terminal would obey' {
    BeforeAll {
        function Get-Escape([string] $Text) { ($Text.ToCharArray() | ForEach-Object { '\u{0:x4}' -f [int] $_ }) -join '' }

        # Colour, CSI of one character, a title with BEL, a line written over, an end of line of C1, an override, an isolate.
        $odd = 'a' + [char]27 + '[31mRED' + [char]0x9b + '2J' + [char]27 + ']0;owned' + [char]7 + "`r`nb`rc" + [char]0x85 + [char]0x202e + 'gpj.exe' + [char]0x2066 + 'z'
        $text = Get-Escape $odd
        $id = "cthr_1$odd"
        $thread = '{"id":"' + (Get-Escape $id) + '","title":"' + $text + '","user":"' + $text + '","status":{"type":"locked","reason":"' + $text + '"}}'
        $items = @(
            '{"id":"' + $text + '","type":"user_message","content":[{"type":"input_text","text":"' + $text + '"},{"type":"quoted_text","text":"' + $text + '"}],"attachments":[{"id":"f","type":"file","name":"' + $text + '"},{"id":"' + $text + '"}],"inference_options":{"model":"' + $text + '","tool_choice":{"id":"' + $text + '"}}}'
            '{"type":"assistant_message","content":[{"type":"output_text","text":"' + $text + '","annotations":[{"type":"file","source":{"filename":"' + $text + '"}}]}]}'
            '{"id":"i3","type":"widget","widget":"' + $text + '"}'
            '{"id":"i4","type":"client_tool_call","status":"' + $text + '","call_id":"' + $text + '","name":"' + $text + '","arguments":"' + $text + '","output":"' + $text + '"}'
            '{"id":"i5","type":"task","task_type":"' + $text + '","heading":"' + $text + '","summary":"' + $text + '"}'
            '{"id":"i6","type":"task_group","tasks":[{"type":"custom","heading":"' + $text + '","summary":"' + $text + '"}]}'
            '{"id":"i7","type":"' + $text + '"}'
        ) -join ','
        $page = '{"data":[' + $items + ']}'
        $session = '{"id":"' + $text + '","status":"' + $text + '","user":"' + $text + '","workflow":{"id":"' + $text + '","version":"' + $text + '"}}'
        $refusal = '{"error":{"message":"' + $text + '","type":"' + $text + '","code":"' + $text + '","param":"' + $text + '"}}'
        function Add-Answer([string] $Body, [int] $Status = 200) { Add-LoopbackReply $server @{ status = $Status; body = $Body } }

        # What is shown, without the colours of PowerShell's own, and what in it is not to be there.
        function Get-Shown($InputObject) { ($InputObject | Out-String -Width 1000) -replace '\x1b\[[0-9;]*m(?!RED)' }
        $obeyed = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)'
    }

    BeforeEach { Reset-LoopbackServer $server }

    It 'is found by these tests' {
        Get-Shown $odd | Should -Match $obeyed
        $odd.ToCharArray() | Where-Object { "$_" -match $obeyed } | Should -HaveCount 9
    }

    It 'is kept as it was sent, and shown without that: a thread' {
        Add-Answer ('{"data":[' + $thread + ']}')
        $got = Get-ChatKitThread
        $got.Id | Should -BeExactly $id
        $got.Title, $got.User, $got.StatusReason | Should -BeExactly $odd, $odd, $odd
        foreach ($shown in (Get-Shown $got), (Get-Shown ($got | Format-List))) {
            $shown | Should -Match 'RED'
            $shown | Should -Not -Match $obeyed
        }
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($got))
        Get-Shown $copy | Should -Not -Match $obeyed
    }

    It 'is kept as it was sent, and shown without that: <Name> of an item alone' -ForEach @(
        @{ Name = 'the parts'; Of = { $args[0].Content } }
        @{ Name = 'the annotations'; Of = { $args[1].Content.Annotations } }
        @{ Name = 'the attachments'; Of = { $args[0].Attachments } }
        @{ Name = 'the options'; Of = { $args[0].InferenceOptions } }
        @{ Name = 'the tasks'; Of = { $args[5].Tasks } }
    ) {
        Add-Answer $page
        $got = @(Get-ChatKitThreadItem cthr_1)
        $alone = & $Of @got
        $shown = Get-Shown $alone
        $shown | Should -Match 'RED'
        $shown | Should -Not -Match $obeyed
    }

    It 'is kept as it was sent, and shown without that: a conversation' {
        Add-Answer $page
        $got = @(Get-ChatKitThreadItem cthr_1)
        $got.Count | Should -Be 7
        $got[0].Content[0].Text, $got[0].Attachments[0].Name, $got[4].Heading, $got[6].Type | Should -BeExactly $odd, $odd, $odd, $odd
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($got, 4))
        foreach ($shown in (Get-Shown $got), (Get-Shown ($got | Format-List)), (Get-Shown $copy), (Get-Shown ($copy | Format-List))) {
            [regex]::Matches($shown, 'RED').Count | Should -BeGreaterThan 6
            $shown | Should -Not -Match $obeyed
        }
        foreach ($one in $got) { Get-Shown ($one | Format-List) | Should -Not -Match $obeyed }
    }

    It 'is shown without that: a session and the record of a deletion' {
        Add-Answer $session
        $made = New-ChatKitSession wf_1 user_1
        $made.User | Should -BeExactly $odd
        Get-Shown $made | Should -Not -Match $obeyed
        Add-Answer ('{"data":[' + $thread + ']}')
        $got = Get-ChatKitThread
        Add-Answer ('{"id":"' + (Get-Escape $id) + '","deleted":true}')
        $record = $got | Remove-ChatKitThread -PassThru -Confirm:$false
        $record.Title | Should -BeExactly $odd
        Get-Shown $record | Should -Not -Match $obeyed
    }

    It 'is shown without that: errors, in every view' {
        $errors = @(
            Add-Answer $refusal 404
            Add-Answer "<html>$odd</html>"
            Add-Answer $thread
            $null = Get-ChatKitThread $id, $id, "other$id" -ThrottleLimit 1 -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed
            Add-Answer '{"data":[{"id":"i1"}],"has_more":true}'
            Add-Answer $refusal 400
            $null = Get-ChatKitThreadItem $id -PageSize 1 -ErrorVariable listed -ErrorAction SilentlyContinue
            $listed
            Set-Content "$TestDrive/seed.json" ('[' + $thread + ',' + $thread + ']')
            try { Connect-ChatKit -Emulator -Seed "$TestDrive/seed.json" } catch { $_ }
            try { New-ChatKitSession wf_1 user_1 -StateVariable @{ $odd = @{} } } catch { $_ }
        )
        $errors.Count | Should -Be 6
        $errors[0].TargetObject | Should -BeExactly $id
        foreach ($view in 'NormalView', 'CategoryView', 'ConciseView') {
            if ($view -eq 'ConciseView' -and $PSVersionTable.PSVersion.Major -lt 7) { continue }
            $ErrorView = $view
            foreach ($one in $errors) {
                # Its position is the line of the test, which is no server's.
                $shown = (Get-Shown $one) + $one.ErrorDetails.Message + $one.ErrorDetails.RecommendedAction + $one.CategoryInfo
                $shown | Should -Not -BeNullOrEmpty
                $shown | Should -Not -Match $obeyed
            }
        }
    }

    It 'is shown without that: -Verbose, -Debug and -WhatIf' {
        $lines = & {
            Add-Answer $page
            Get-ChatKitThreadItem $id -Verbose -Debug
            Add-Answer $refusal 400
            Get-ChatKitThreadItem $id -Verbose -Debug -ErrorAction SilentlyContinue
            Add-Answer $thread
            Get-ChatKitThread $id -Verbose -Debug | Remove-ChatKitThread -WhatIf -Verbose
        } 4>&1 5>&1 | Where-Object { $_ -is [System.Management.Automation.InformationalRecord] } | ForEach-Object Message
        $lines.Count | Should -BeGreaterThan 5
        $lines -join "`n" | Should -Match 'RED'
        $lines -join "`n" | Should -Not -Match $obeyed
    }

    It 'is shown without that: the text of -WhatIf, which is that of the question, as a host prints it' {
        $script = {
            param($module, $uri, $thread)
            Import-Module $module
            Connect-ChatKit $env:BORDER_KEY -BaseUri $uri
            Get-ChatKitThread | Remove-ChatKitThread -WhatIf
            Stop-ChatKitSession ([System.Text.RegularExpressions.Regex]::Unescape($thread)) -WhatIf
        }
        Set-Content "$TestDrive/ask.ps1" $script.ToString()
        Add-Answer ('{"data":[' + $thread + ']}')
        $env:BORDER_KEY = Get-TestKey
        try {
            $shell = (Get-Process -Id $PID).Path
            $printed = & $shell -NoProfile -NonInteractive -File "$TestDrive/ask.ps1" (Get-ManifestPath) $server.BaseUri $text 2>&1 | Out-String -Width 2000
        }
        finally { Remove-Item env:BORDER_KEY }
        [regex]::Matches($printed, 'What if:.*RED').Count | Should -Be 2
        $printed -replace '\x1b\[[0-9;]*m(?!RED)' | Should -Not -Match $obeyed
    }

    It 'is shown without that: the list of what completes an id or a user, which is completed as it is' {
        Add-Answer ('{"data":[' + $thread + ']}')
        $null = Get-ChatKitThread
        foreach ($line in 'Get-ChatKitThread -Id cthr_1', 'Get-ChatKitThread -User a') {
            $matches = @((TabExpansion2 $line $line.Length).CompletionMatches | Where-Object ListItemText -match 'RED')
            $matches.Count | Should -Be 1
            $matches[0].ListItemText, $matches[0].ToolTip -join ' ' | Should -Not -Match $obeyed
            $matches[0].CompletionText | Should -BeLike "*$([char]0x202e)gpj.exe*"
        }
    }
}

Describe 'An odd item' {
    It '<What> does not cost the page that it is on' -ForEach @(
        @{ What = 'with half a surrogate pair'; Item = '{"id":"i2","type":"task","heading":"\ud83d"}' }
        @{ What = 'without an id'; Item = '{"type":"task","heading":"?"}' }
        @{ What = 'that is empty'; Item = '{}' }
    ) {
        Reset-LoopbackServer $server
        Add-LoopbackReply $server @{ status = 200; body = '{"data":[{"id":"i1","type":"task"},' + $Item + ',{"id":"i3","type":"task"}]}' }
        $got = Get-ChatKitThreadItem cthr_1 -ErrorAction Stop
        $got.Count | Should -Be 3
        $got[1].ToJson() | Should -BeExactly $Item
    }
}
