// The cases of ParameterSetTests: a new cmdlet, parameter set or parameter gets one here.
using System.Collections.Generic;

namespace ChatKit.Tests;

internal static class ParameterSetCases
{
    private const string OtherBilling = "cthr_6e0f8acfb65364d0e59eaf69ee0cac771860bef5070bc622";
    private const string BetweenTheTwo = "cthr_c4015f9dc8b987573f078313e6720877247dfb3d70b2b4e4";

    // What both cmdlets that make a connection take.
    private const string EverySetting = """
         -ApiKey $key -BaseUri https://example.com/v1 -Organization org_1 -Project proj_1 -TimeoutSec 7 `
            -MaximumRetryCount 3 -MaximumRetryWaitSec 9 -MaximumResponseSize 2048 -Proxy http://127.0.0.1:9 `
            -ProxyCredential ([pscredential]::new('me', [Net.NetworkCredential]::new('', 'x').SecurePassword))
        """;

    private const string WriteSeed = """
        $seed = '{"id":"cthr_1","object":"chatkit.thread","created_at":1,"title":"One","status":{"type":"active"},"user":"u"}'
        [IO.File]::WriteAllText("$folder/seed.json", "[$seed]")

        """;

    public static IReadOnlyList<EngineCase> All { get; } = [.. Connections, .. Threads, .. Archives, .. Sessions];

    private static EngineCase[] Connections =>
    [
        new("Connect-ChatKit/Live", "(Connect-ChatKit -Emulator -PassThru).Kind", "Emulator"),
        new("Connect-ChatKit/Live", $"""
            $made = Connect-ChatKit -PassThru{EverySetting}
            $made.Kind, $made.BaseUri, $made.ApiKeyEnding, $made.Organization, $made.Project, $made.TimeoutSec
            $made.MaximumRetryCount, $made.MaximumRetryWaitSec, $made.MaximumResponseSize, $made.Proxy
            """,
            "Live", "https://example.com/v1", "wxyz", "org_1", "proj_1", "7", "3", "9", "2048", "http://127.0.0.1:9/"),
        new("Connect-ChatKit/Live", """
            $made = Connect-ChatKit $key -BaseUri http://example.com/v1 -AllowUnencryptedAuthentication -PassThru
            "$made"
            """, "http://example.com/v1, key …wxyz"),
        new("Connect-ChatKit/Emulator", WriteSeed + """
            Connect-ChatKit -Emulator -Seed "$folder/seed.json"
            (Get-ChatKitThread).Title
            """, "One"),
        new("Connect-ChatKit/Archive", """
            (Connect-ChatKit -Archive $archive -Force -PassThru).Kind
            (Get-ChatKitThread cthr_abc123).Title
            """, "Archive", "Customer escalation"),
        new("New-ChatKitConnection/Live", $"""
            $made = New-ChatKitConnection -AllowUnencryptedAuthentication{EverySetting}
            "$made"
            """, "https://example.com/v1, project proj_1, key …wxyz"),
        new("New-ChatKitConnection/Emulator", WriteSeed + """
            $made = New-ChatKitConnection -Emulator -Seed "$folder/seed.json"
            (Get-ChatKitThread -Connection $made).Id
            (Get-ChatKitThread cthr_abc123).Id
            """, "cthr_1", "cthr_abc123"),
        new("Connect-ChatKit/Archive", """
            Connect-ChatKit -Archive $archive -AsOf 2200-01-01
            @(Get-ChatKitThread).Count
            """, "12"),
        new("New-ChatKitConnection/Archive", """
            $past = New-ChatKitConnection -Archive $archive -AsOf 2000-01-01
            @(Get-ChatKitThread -Connection $past).Count
            """, "0"),
        new("New-ChatKitConnection/Archive", """
            $made = New-ChatKitConnection -Archive $archive -Force
            (Get-ChatKitThread cthr_abc123 -Connection $made).User
            """, "user_123"),
        new("Get-ChatKitConnection", "(Get-ChatKitConnection).Kind", "Emulator"),
        new("Disconnect-ChatKit", "Disconnect-ChatKit; Get-ChatKitConnection"),
    ];

    private static EngineCase[] Threads =>
    [
        new("Get-ChatKitThread/Id", """
            (Get-ChatKitThread -Id cthr_ghi789, cthr_abc123 -ThrottleLimit 2).Status
            """, "closed", "active"),
        new("Get-ChatKitThread/InputObject", """
            ('cthr_def456', 'cthr_abc123' | Get-ChatKitThread | Where-Object Status -ne active).StatusReason
            """, "Policy review"),
        new("Get-ChatKitThread/InputObject", """
            [pscustomobject] @{ Id = 'cthr_abc123' } | Get-ChatKitThread -ThrottleLimit 1 | ForEach-Object Id
            """, "cthr_abc123"),
        new("Get-ChatKitThread/InputObject", """
            Get-ChatKitThreadItem cthr_abc123 -First 1 | Get-ChatKitThread | ForEach-Object Id
            """, "cthr_abc123"),
        new("Get-ChatKitThread/List", "@(Get-ChatKitThread).Count", "12"),
        new("Get-ChatKitThread/List", """
            (Get-ChatKitThread -User user_123 -Order Ascending -First 2 -PageSize 1).Id
            """, "cthr_ghi789", OtherBilling),
        new("Get-ChatKitThread/List", "(Get-ChatKitThread -After cthr_abc123 -Before cthr_def456).Id", BetweenTheTwo),
        new("Get-ChatKitThread/List", """
            $date = (Get-ChatKitThread cthr_abc123).CreatedAt
            (Get-ChatKitThread -CreatedAfter $date.AddSeconds(-1) -CreatedBefore $date.AddSeconds(1)).Id
            """, "cthr_abc123"),
        new("Get-ChatKitThreadItem/Id", """
            $items = Get-ChatKitThreadItem -ThreadId cthr_abc123 -Order Descending -PageSize 5 -ThrottleLimit 2
            $items.Count
            (Get-ChatKitThreadItem -ThreadId cthr_abc123 -First 1).Text.Substring(0, 11)
            $between = Get-ChatKitThreadItem cthr_abc123 -Order Descending -After $items[0].Id -Before $items[2].Id
            $between.Id -eq $items[1].Id
            """, "12", "I need help", "True"),
        new("Get-ChatKitThreadItem/InputObject", """
            $emulator = Get-ChatKitConnection
            $items = Get-ChatKitThread cthr_def456, cthr_ghi789 | Get-ChatKitThreadItem -Connection $emulator
            $items.ThreadId
            """, "cthr_def456", "cthr_def456", "cthr_ghi789", "cthr_ghi789", "cthr_ghi789"),
        new("Find-ChatKitThreadItem/Text", """
            $both = (Get-ChatKitConnection), (New-ChatKitConnection -Archive $archive)
            foreach ($one in $both) {
                $found = Find-ChatKitThreadItem -Text 'duplicate INVOICE', charged -User user_123, user_none `
                    -IncludeTitle -CreatedAfter 2000-01-01 -CreatedBefore 2200-01-01 -ThrottleLimit 2 -Connection $one
                $found.ItemId.Count, $found[0].Type, $found[0].Match, $found[1].Match
                (Find-ChatKitThreadItem e -First 3 -Connection $one).Count
            }
            (Find-ChatKitThreadItem charged | Get-ChatKitThread).Id
            """,
            "2", "chatkit.thread", "duplicate invoice", "charged", "3",
            "2", "chatkit.thread", "duplicate invoice", "charged", "3", "cthr_ghi789"),
        new("Find-ChatKitThreadItem/Pattern", """
            (Find-ChatKitThreadItem -Pattern 'inv-\d{5} was' -Type user_message).Match
            """, "INV-20418 was"),
        new("Remove-ChatKitThread/Id", """
            $gone = Remove-ChatKitThread -Id cthr_abc123, cthr_def456 -Confirm:$false -PassThru -ThrottleLimit 2 `
                -ProofPath "$folder/proof.csv" -Connection (Get-ChatKitConnection)
            $gone.Id
            [IO.File]::ReadAllLines("$folder/proof.csv").Count
            @(Get-ChatKitThread).Count
            """, "cthr_abc123", "cthr_def456", "3", "10"),
        new("Remove-ChatKitThread/InputObject", """
            Get-ChatKitThread -User user_123 | Remove-ChatKitThread -WhatIf
            Get-ChatKitThread -User user_456 | Remove-ChatKitThread -Confirm:$false
            @(Get-ChatKitThread -User user_123).Count, @(Get-ChatKitThread -User user_456).Count
            """, "4", "0"),
    ];

    private static EngineCase[] Archives =>
    [
        new("Export-ChatKitThread/List", """
            $first = Export-ChatKitThread -Path "$folder/out" -User user_123 -CreatedAfter 2000-01-01 `
                -CreatedBefore 2200-01-01 -ThrottleLimit 3
            $again = Export-ChatKitThread -Path "$folder/out" -User user_123 -CreatedAfter 2000-01-01 `
                -CreatedBefore 2200-01-01 -Update -SkipIdle 1.00:00:00
            $first.Complete, $first.Threads, $again.Threads, ($again.Skipped + $again.Idle)
            """, "True", "4", "4", "4"),
        new("Export-ChatKitThread/List", "(Export-ChatKitThread \"$folder/out\" -Confirm:$false).Items", "37"),
        new("Export-ChatKitThread/Id", """
            $emulator = Get-ChatKitConnection
            (Export-ChatKitThread "$folder/out" -Id cthr_abc123, cthr_def456 -Format Html -Connection $emulator).Threads
            [IO.File]::Exists("$folder/out/index.html")
            """, "2", "True"),
        new("Export-ChatKitThread/InputObject", """
            (Get-ChatKitThread -User user_123 | Export-ChatKitThread "$folder/out" -Format Markdown).Threads
            """, "4"),
        new("Export-ChatKitThread/InputObject", """
            Get-ChatKitThread -User user_123 | Export-ChatKitThread "$folder/out" -WhatIf
            [IO.Directory]::Exists("$folder/out")
            """, "False"),
        new("Test-ChatKitArchive", """
            $test = Test-ChatKitArchive -Path $archive
            $test.Complete, $test.Threads
            """, "True", "12"),
        new("Test-ChatKitArchive", """
            $null = Export-ChatKitThread "$folder/other" -User user_123
            "$folder/none", $archive, ([IO.DirectoryInfo] "$folder/other") | Test-ChatKitArchive -ErrorAction SilentlyContinue |
                ForEach-Object Threads
            """, "12", "4"),
        new("Get-ChatKitArchiveVersion", """
            @([pscustomobject] @{ Path = $archive } | Get-ChatKitArchiveVersion).Count
            """, "12"),
        new("Get-ChatKitArchiveVersion", """
            @(Get-ChatKitArchiveVersion -Path $archive).Count
            (Get-ChatKitArchiveVersion $archive -Id cthr_abc123).Items
            """, "12", "12"),
        new("Remove-ChatKitArchiveThread/Id", """
            Remove-ChatKitArchiveThread -Path $archive -Id cthr_abc123 -WhatIf
            $erased = Remove-ChatKitArchiveThread $archive cthr_abc123 -PassThru -Confirm:$false
            $erased.Id, $erased.Versions, (Test-ChatKitArchive $archive).Threads
            """, "cthr_abc123", "1", "11"),
        new("Remove-ChatKitArchiveThread/User", """
            $erased = Remove-ChatKitArchiveThread -Path $archive -User user_123 -NoTombstone -PassThru -Confirm:$false
            @($erased).Count, (Export-ChatKitThread $archive -Update).Written
            """, "4", "4"),
        new("Remove-ChatKitArchiveThread/InputObject", """
            Get-ChatKitThread -User user_123 | Remove-ChatKitArchiveThread -Path $archive -Confirm:$false
            (Export-ChatKitThread $archive -Update).Erased
            """, "4"),
        new("Optimize-ChatKitArchive/Drop", """
            Optimize-ChatKitArchive -Path $archive -Compress -WhatIf
            $small = Optimize-ChatKitArchive -Path $archive -Before 2200-01-01 -Compress -Confirm:$false
            $small.Changed, $small.VersionsDropped, [IO.File]::Exists("$archive/threads-00001-1.jsonl.gz")
            ($archive | Optimize-ChatKitArchive).Changed, (Test-ChatKitArchive $archive).Complete
            """, "True", "0", "True", "False", "True"),
        new("Optimize-ChatKitArchive/Keep", """
            $small = Optimize-ChatKitArchive -Path $archive -KeepVersions -Compress:$false
            $small.Changed, $small.PartsAfter, $small.Saved
            """, "False", "1", "0"),
        new("Repair-ChatKitArchive", """
            [IO.File]::Delete("$archive/manifest.json")
            Repair-ChatKitArchive -Path $archive -WhatIf
            $repaired = Repair-ChatKitArchive -Path $archive -Confirm:$false
            $repaired.Complete, $repaired.Threads
            """, "False", "12"),
        new("Export-ChatKitThread/List", """
            $null = Get-ChatKitThread -User user_123, user_456, user_789 | Remove-ChatKitThread -Confirm:$false
            (Export-ChatKitThread $archive -Update -AllowDisappearance).Gone
            """, "9"),
    ];

    private static EngineCase[] Sessions =>
    [
        new("New-ChatKitSession", """
            $made = New-ChatKitSession -WorkflowId wf_1 -User user_1 -WorkflowVersion 2 -Confirm:$false -AsPlainText `
                -StateVariable @{ tier = 'gold'; seats = 3 } -ExpiresAfterSec 60 -MaxRequestsPerMinute 5 `
                -Tracing:$false -AutomaticThreadTitling:$false -FileUpload -MaxFileSize 8 -MaxFileCount 2 `
                -History -RecentThreadCount 4
            $made.Status, $made.WorkflowId, $made.WorkflowVersion, $made.User, $made.MaxRequestsPerMinute, $made.Tracing
            $made.AutomaticThreadTitling, $made.FileUpload, $made.MaxFileSize, $made.MaxFileCount, $made.History
            $made.RecentThreadCount, ($made.ClientSecret -is [string])
            """, "active", "wf_1", "2", "user_1", "5", "False", "False", "True", "8", "2", "True", "4", "True"),
        new("New-ChatKitSession", """
            (New-ChatKitSession wf_1 user_1 -Connection (Get-ChatKitConnection)).ClientSecret.GetType().Name
            New-ChatKitSession wf_1 user_1 -WhatIf
            """, "SecureString"),
        new("Stop-ChatKitSession/Id", """
            $session = New-ChatKitSession wf_1 user_1
            Stop-ChatKitSession -Id $session.Id -WhatIf
            (Stop-ChatKitSession -Id $session.Id -Confirm:$false).Status
            """, "cancelled"),
        new("Stop-ChatKitSession/InputObject", """
            (New-ChatKitSession wf_1 user_1 | Stop-ChatKitSession -Connection (Get-ChatKitConnection)).Status
            """, "cancelled"),
    ];
}
