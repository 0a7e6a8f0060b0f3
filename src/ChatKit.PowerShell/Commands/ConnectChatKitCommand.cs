// Connect-ChatKit: makes a connection and remembers it.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>Makes a connection and remembers it for the process, for every cmdlet that is not given another.</summary>
[Cmdlet(VerbsCommunications.Connect, "ChatKit", DefaultParameterSetName = LiveSet)]
[OutputType(typeof(ChatKitConnection))]
public sealed class ConnectChatKitCommand : NewConnectionCommandBase
{
    /// <summary>Gives the connection, too.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Connects.</summary>
    protected override void EndProcessing()
    {
        ChatKitConnection connection = CreateConnection();
        Connections.Remember(connection);
        if (PassThru)
        {
            WriteObject(connection);
        }
    }
}
