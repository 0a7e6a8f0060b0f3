// Get-ChatKitArchiveVersion: which versions of its threads an archive has.
using System.Linq;
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>Lists the versions of the threads of an archive: when each was captured, and its hash.</summary>
[Cmdlet(VerbsCommon.Get, "ChatKitArchiveVersion")]
[OutputType(typeof(ChatKitArchiveVersion))]
public sealed class GetChatKitArchiveVersionCommand : ArchiveCommand
{
    /// <summary>The threads whose versions to list; all unless given.</summary>
    [Parameter(Position = 1)]
    [Alias("ThreadId")]
    [ValidateNotNullOrEmpty]
    [ThreadReferenceTransformation]
    [ArgumentCompleter(typeof(ThreadIdCompleter))]
    public ChatKitThreadReference[]? Id { get; set; }

    /// <summary>Reads an archive.</summary>
    protected override void ProcessRecord()
    {
        string[]? ids = Id is null ? null : [.. Id.Select(thread => thread.Id).OfType<string>()];
        Write("Reading the archive", (folder, read) => ChatKitArchiveHistory.Read(folder, ids, read, StopToken));
    }
}
