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
