// Test-ChatKitArchive: reads an archive whole, and says what is wrong with it.
using System.Management.Automation;
using System.Threading.Tasks;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>Tests whether an archive holds everything that it was asked to, as it was written.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatKitArchive")]
[OutputType(typeof(ChatKitArchiveTest))]
public sealed class TestChatKitArchiveCommand : ChatKitCommand
{
    /// <summary>The folder of the archive.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Reads the archive.</summary>
    protected override void EndProcessing()
    {
        string folder = ResolvePath(Path);
        BytesRead read = new();
        WorkProgress progress = new(this, "Testing the archive", null, () => null) { State = read.ToState };
        try
        {
            ChatKitArchiveVerification verification = progress.WaitFor(Task.Run(() => ChatKitArchiveVerifier.Verify(folder, read.Add, StopToken)), StopToken);
            progress.Complete();
            WriteObject(new ChatKitArchiveTest(folder, verification));
        }
        catch (ChatKitArchiveException e)
        {
            ThrowTerminatingError(ErrorRecords.ForArchive(e, folder));
        }
    }
}
