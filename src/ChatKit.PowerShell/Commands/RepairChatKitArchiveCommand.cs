// Repair-ChatKitArchive: makes a manifest anew from the parts, where it was lost.
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Makes the manifest of an archive anew, where it was lost or is damaged, so that what is there can be read. The
/// archive is never complete from then on.
/// </summary>
[Cmdlet(VerbsDiagnostic.Repair, "ChatKitArchive", SupportsShouldProcess = true)]
[OutputType(typeof(ChatKitArchiveTest))]
public sealed class RepairChatKitArchiveCommand : ArchiveCommand
{
    /// <summary>Reads the parts, and writes a manifest.</summary>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(ResolvePath(Path), "Make the manifest anew"))
        {
            Write(
                "Repairing the archive",
                (folder, read) => new ChatKitArchiveTest(
                    folder, ChatKitArchiveRepair.Repair(folder, read, StopToken)));
        }
    }
}
