# What names a thread: by parameter and through the pipeline, kind by kind.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support.psm1') -Force
    Import-ChatKit
    $server = Start-LoopbackServer
    Add-LoopbackThread $server 'cthr_1', 'cthr_2', 'cthr_3'
    Connect-ChatKit (Get-TestKey) -BaseUri $server.BaseUri -MaximumRetryCount 0

    # Threads and items to pipe on: one thread that holds two items, of which only the first says whose it is.
    Set-Content "$TestDrive/seed.json" '[{"id":"cthr_1","title":"T","user":"U","items":{"data":[
        {"id":"cthi_1","thread_id":"cthr_1","type":"chatkit.task","heading":"h"},{"id":"cthi_2","type":"user_message"}]}}]'
    $thread = Get-ChatKitThread cthr_1 -Connection (New-ChatKitConnection -Emulator -Seed "$TestDrive/seed.json")
    $items = $thread.GetItems()

    function Get-Asked { (Get-LoopbackJournal $server).target -replace '^.*/' }
}

AfterAll { Stop-LoopbackServer $server }

Describe 'Input' {
    BeforeEach { Reset-LoopbackServer $server }

    Context 'by parameter' {
        It 'is <What>' -ForEach @(
            @{ What = 'one id'; Script = { Get-ChatKitThread -Id cthr_1 }; Ids = 'cthr_1' }
            @{ What = 'one id by position'; Script = { Get-ChatKitThread cthr_1 }; Ids = 'cthr_1' }
            @{ What = 'an array'; Script = { Get-ChatKitThread -Id cthr_2, cthr_1 }; Ids = 'cthr_2', 'cthr_1' }
            @{ What = 'the alias -ThreadId'; Script = { Get-ChatKitThread -ThreadId cthr_3 }; Ids = 'cthr_3' }
            @{ What = 'a thread'; Script = { Get-ChatKitThread $thread }; Ids = 'cthr_1' }
            @{ What = 'items'; Script = { Get-ChatKitThread $items }; Ids = 'cthr_1', 'cthr_1' }
            @{ What = 'a list'; Script = { Get-ChatKitThread ([System.Collections.Generic.List[string]] ('cthr_1', 'cthr_3')) }; Ids = 'cthr_1', 'cthr_3' }
            @{ What = 'lines of a file'; Script = { Set-Content "$TestDrive/ids.txt" cthr_1, cthr_2; Get-ChatKitThread (Get-Content "$TestDrive/ids.txt") }; Ids = 'cthr_1', 'cthr_2' }
            @{ What = 'the same id twice'; Script = { Get-ChatKitThread cthr_1, cthr_1 }; Ids = 'cthr_1', 'cthr_1' }
        ) {
            (& $Script).Id | Should -Be $Ids
        }

        It 'that is an empty array asks nothing' {
            Get-ChatKitThread -Id @() -ErrorAction Stop | Should -BeNullOrEmpty
            Get-Asked | Should -BeNullOrEmpty
        }

        It 'of null and blanks fails one by one, and the rest goes on' {
            (Get-ChatKitThread -Id $null, cthr_1, '', '  ', '.', '..', cthr_2 -ErrorAction SilentlyContinue -ErrorVariable failed).Id | Should -Be 'cthr_1', 'cthr_2'
            $failed.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Should -Be (@('InvalidId') * 5)
            $failed.CategoryInfo.Category | Sort-Object -Unique | Should -Be 'InvalidArgument'
            Get-Asked | Sort-Object | Should -Be 'cthr_1', 'cthr_2'
        }

        It 'of another type ends the command' {
            { Get-ChatKitThread -Id cthr_1, 5 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
            Get-Asked | Should -BeNullOrEmpty
        }
    }

    Context 'through the pipeline' {
        It 'is <What>' -ForEach @(
            @{ What = 'ids'; Script = { 'cthr_2', 'cthr_1' }; Ids = 'cthr_2', 'cthr_1' }
            @{ What = 'lines of a file, which carry properties of their own'; Script = { Set-Content "$TestDrive/ids.txt" cthr_1, cthr_2; Get-Content "$TestDrive/ids.txt" }; Ids = 'cthr_1', 'cthr_2' }
            @{ What = 'threads'; Script = { $thread }; Ids = 'cthr_1' }
            @{ What = 'items: their thread, not themselves'; Script = { $items }; Ids = 'cthr_1', 'cthr_1' }
            @{ What = 'deserialized threads'; Script = { $thread | Export-Clixml "$TestDrive/o.xml"; Import-Clixml "$TestDrive/o.xml" }; Ids = 'cthr_1' }
            @{ What = 'deserialized items'; Script = { $items | Export-Clixml "$TestDrive/o.xml"; Import-Clixml "$TestDrive/o.xml" }; Ids = 'cthr_1', 'cthr_1' }
            @{ What = 'rows of a CSV of threads'; Script = { $thread | Export-Csv "$TestDrive/o.csv" -NoTypeInformation; Import-Csv "$TestDrive/o.csv" }; Ids = 'cthr_1' }
            @{ What = 'rows of a CSV of items'; Script = { $items | Export-Csv "$TestDrive/o.csv" -NoTypeInformation; Import-Csv "$TestDrive/o.csv" }; Ids = 'cthr_1', 'cthr_1' }
            @{ What = 'rows with an Id of any case'; Script = { [pscustomobject]@{ id = 'cthr_3' } }; Ids = 'cthr_3' }
            @{ What = 'rows with a user, who is not asked for'; Script = { [pscustomobject]@{ User = 'user_9'; Id = 'cthr_3' } }; Ids = 'cthr_3' }
        ) {
            (& $Script | Get-ChatKitThread -ErrorAction Stop).Id | Should -Be $Ids
        }

        It 'that is empty asks nothing' {
            @() | Get-ChatKitThread -ErrorAction Stop | Should -BeNullOrEmpty
            Get-Asked | Should -BeNullOrEmpty
        }

        It 'of <What> fails for each, and the rest goes on' -ForEach @(
            @{ What = 'null'; Bad = $null; ErrorId = 'InvalidId' }
            @{ What = 'an empty string'; Bad = ''; ErrorId = 'InvalidId' }
            @{ What = 'a row whose Id is empty'; Bad = [pscustomobject]@{ Id = '' }; ErrorId = 'InvalidId' }
            @{ What = 'a number'; Bad = 5; ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a date'; Bad = [datetime] '2026-01-01'; ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a hashtable'; Bad = @{ Id = 'cthr_1' }; ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a process, which has an Id of its own kind'; Bad = (Get-Process -Id $PID); ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a row without an Id'; Bad = [pscustomobject]@{ Name = 'x' }; ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a row whose Id is a number'; Bad = [pscustomobject]@{ Id = 5 }; ErrorId = 'ParameterArgumentTransformationError' }
            @{ What = 'a deserialized object of another kind'; Bad = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([version] '1.0') ); ErrorId = 'ParameterArgumentTransformationError' }
        ) {
            $got = & { 'cthr_1'; , $Bad; 'cthr_2' } | Get-ChatKitThread -ErrorAction SilentlyContinue -ErrorVariable failed
            $got.Id | Should -Be 'cthr_1', 'cthr_2'
            $failed.Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
            Get-Asked | Sort-Object | Should -Be 'cthr_1', 'cthr_2'
        }
    }

    Context 'with odd characters' {
        It 'is one segment of the path: <Id>' -ForEach @(
            @{ Id = 'a/b'; Sent = 'a%2Fb' }
            @{ Id = '../../models'; Sent = '..%2F..%2Fmodels' }
            @{ Id = '..%2fmodels'; Sent = '..%252fmodels' }
            @{ Id = '%2e%2e'; Sent = '%252e%252e' }
            @{ Id = 'a?user=b'; Sent = 'a%3Fuser%3Db' }
            @{ Id = 'a#b'; Sent = 'a%23b' }
            @{ Id = ' a b '; Sent = '%20a%20b%20' }
            @{ Id = 'a\b'; Sent = 'a%5Cb' }
            @{ Id = 'a:b@c;d'; Sent = 'a%3Ab%40c%3Bd' }
            @{ Id = "a`r`nX-Evil: 1"; Sent = 'a%0D%0AX-Evil%3A%201' }
            @{ Id = "$([char]0x00fc)$([char]0x4e2d)"; Sent = '%C3%BC%E4%B8%AD' }
        ) {
            Get-ChatKitThread $Id -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
            $failed[0].TargetObject | Should -BeExactly $Id
            (Get-LoopbackJournal $server).target | Should -BeExactly "/v1/chatkit/threads/$Sent"
        }

        It 'and finds the thread that is called so' {
            Add-LoopbackThread $server 'odd/id ?#%'
            (Get-ChatKitThread 'odd/id ?#%').Id | Should -BeExactly 'odd/id ?#%'
        }
    }
}
