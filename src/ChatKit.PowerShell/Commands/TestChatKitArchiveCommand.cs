// Test-ChatKitArchive: reads an archive whole, and says what is wrong with it.
using System.Management.Automation;
using ChatKit.Archive;

namespace ChatKit.PowerShell.Commands;

/// <summary>Tests whether an archive holds everything that it was asked to, as it was written.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatKitArchive")]
[OutputType(typeof(ChatKitArchiveTest))]
public sealed class TestChatKitArchiveCommand : ArchiveCommand
{
    /// <summary>Reads an archive.</summary>
    protected override void ProcessRecord() =>
        Write(
            "Testing the archive",
            (folder, read) => new ChatKitArchiveTest(
                folder, ChatKitArchiveVerifier.Verify(folder, read, StopToken)));
}
