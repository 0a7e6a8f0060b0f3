#requires -Modules ChatKit
# Tests of Find-UnansweredThread.ps1 on the emulator: no key, no network.

BeforeAll {
    $script = Join-Path $PSScriptRoot 'Find-UnansweredThread.ps1'

    # The project of a test: threads with their items, as the API has them. Dates are seconds since 1970.
    function Connect-Seed([hashtable[]] $Thread) {
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        $seed = foreach ($one in $Thread) {
            $user = @{ id = "cti_$($one.Id)_1"; type = 'chatkit.user_message'; created_at = $now - 3600 * $one.HoursAgo; content = @(@{ type = 'input_text'; text = 'Hello?' }) }
            $answer = @{ id = "cti_$($one.Id)_2"; type = 'chatkit.assistant_message'; created_at = $user.created_at + 5; content = @(@{ type = 'output_text'; text = 'Hello.' }) }
            @{
                thread = @{ id = $one.Id; created_at = $user.created_at - 60; title = $one.Id; status = @{ type = $one.Status }; user = 'user_1' }
                items  = @($user) + @($answer | Where-Object { $one.Answered })
            }
        }
        $file = Join-Path $TestDrive 'seed.json'
        ConvertTo-Json -InputObject @($seed) -Depth 10 | Set-Content $file -Encoding UTF8
        Connect-ChatKit -Emulator -Seed $file
    }
}

AfterAll { Disconnect-ChatKit }

Describe 'Find-UnansweredThread' {
    It 'finds what nobody has answered, and nothing else' {
        Connect-Seed @(
            @{ Id = 'cthr_waiting'; Status = 'active'; HoursAgo = 30 }
            @{ Id = 'cthr_answered'; Status = 'active'; HoursAgo = 30; Answered = $true }
            @{ Id = 'cthr_fresh'; Status = 'active'; HoursAgo = 2 }
            @{ Id = 'cthr_closed'; Status = 'closed'; HoursAgo = 30 }
        )
        $found = @(& $script -Hours 24)
        $found.ThreadId | Should -Be 'cthr_waiting'
        $found[0].Text | Should -Be 'Hello?'
    }

    It 'finds nothing where there is nothing' {
        Connect-Seed @(@{ Id = 'cthr_closed'; Status = 'closed'; HoursAgo = 30 })
        & $script | Should -BeNullOrEmpty
    }

    It 'fails where the project cannot be reached' {
        Disconnect-ChatKit
        $variables = Get-ChildItem env:OPENAI_*
        $variables | Remove-Item
        try { { & $script } | Should -Throw -ErrorId 'NotConnected,*' }
        finally { $variables | ForEach-Object { Set-Item "env:$($_.Name)" $_.Value } }
    }
}
