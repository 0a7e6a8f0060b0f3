// The cases of ViewTests: what a view shows. A type that gets a view gets a case here.
namespace ChatKit.Tests;

internal static class ViewCases
{
    /// <summary>
    /// Gives an object other values, to look at: dates that are the same in every time zone, and paths and ids that are
    /// as long everywhere.
    /// </summary>
    public const string Pin = """
        function Pin($Value) {
            process {
                foreach ($name in $Value.Keys) {
                    $_.psobject.Properties.Add([psnoteproperty]::new($name, $Value.$name))
                }
                $_
            }
        }
        $serializer = [System.Management.Automation.PSSerializer]
        $moment = [datetime] '2026-01-31T12:00:00'
        $hash = '0123456789abcdef' * 4
        Connect-ChatKit -Emulator -Seed $seed
        $items = Get-ChatKitThread -First 1 -Order Ascending | Get-ChatKitThreadItem

        """;

    /// <summary>A name for each file of snapshots, and what gives the objects.</summary>
    public static (string Name, string Script)[] All { get; } =
    [
        ("thread", "Get-ChatKitThread -Order Ascending | Pin @{ CreatedAt = $moment }"),
        ("item", "$items | Pin @{ CreatedAt = $moment }"),
        ("found", "Find-ChatKitThreadItem e -IncludeTitle | Pin @{ CreatedAt = $moment }"),
        ("part", "($items | Where-Object Content).Content"),
        ("annotation", "($items | Where-Object Content).Content.Annotations"),
        ("attachment", "($items | Where-Object Attachments).Attachments"),
        ("options", "($items | Where-Object InferenceOptions).InferenceOptions"),
        ("task", "($items | Where-Object Tasks).Tasks"),
        ("removal", """
            Get-ChatKitThread | Remove-ChatKitThread -PassThru -Confirm:$false | Pin @{ RemovedAt = $moment; RequestId = 'req_1' }
            """),
        ("session", """
            New-ChatKitSession wf_1 user_1 -MaxRequestsPerMinute 5 | Pin @{ Id = 'cksess_1'; ExpiresAt = $moment }
            """),
        ("connection", """
            Get-ChatKitConnection
            New-ChatKitConnection -ApiKey $key -BaseUri https://example.com/v1 -Project proj_1 -Organization org_1 |
                Pin @{ Pace = 'paced at 48 requests/s: the server refused 12 of the last 60' }
            $null = Export-ChatKitThread $folder/out
            New-ChatKitConnection -Archive $folder/out | Pin @{ Archive = '/archives/nightly' }
            """),
        ("export", """
            $export = Export-ChatKitThread $folder/out
            $export | Pin @{ Path = '/archives/nightly'; Bytes = 2900; Elapsed = [timespan] '00:00:05'; ManifestSha256 = $hash }
            """),
        ("test", """
            $null = Export-ChatKitThread $folder/out
            Test-ChatKitArchive $folder/out | Pin @{ Path = '/archives/nightly'; ManifestSha256 = $hash }
            """),
        ("erasure", """
            $null = Export-ChatKitThread $folder/out
            Remove-ChatKitArchiveThread $folder/out (Get-ChatKitThread -First 1).Id -PassThru -Confirm:$false |
                Pin @{ ErasedAt = $moment; Bytes = 2900; Path = '/archives/nightly' }
            """),
        ("optimization", """
            $null = Export-ChatKitThread $folder/out
            Optimize-ChatKitArchive $folder/out -Compress | Pin @{
                Path = '/archives/nightly'; VersionsDropped = 1200; PartsBefore = 12; PartsAfter = 9; BytesBefore = 790000000
                BytesAfter = 61000000; Saved = 729000000; VersionsSince = $moment; ManifestSha256 = $hash
                Elapsed = [timespan] '00:00:05'
            }
            """),
        ("version", """
            $null = Export-ChatKitThread $folder/out
            Get-ChatKitArchiveVersion $folder/out | Pin @{ CapturedAt = $moment; Bytes = 2900; Sha256 = $hash }
            """),
    ];
}
