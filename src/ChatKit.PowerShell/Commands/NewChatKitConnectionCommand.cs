// New-ChatKitConnection: makes a connection and only hands it out.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>Makes a connection for <c>-Connection</c>, so that one script can serve several projects.</summary>
[Cmdlet(VerbsCommon.New, "ChatKitConnection", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(ChatKitConnection))]
public sealed class NewChatKitConnectionCommand : NewConnectionCommandBase
{
    /// <summary>Makes the connection.</summary>
    protected override void EndProcessing() => WriteObject(CreateConnection());
}
