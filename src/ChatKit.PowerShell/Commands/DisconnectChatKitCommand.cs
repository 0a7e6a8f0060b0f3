// Disconnect-ChatKit: forgets the connection.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Forgets the remembered connection. A cmdlet that is using it finishes; afterwards the environment serves, where it
/// is set.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "ChatKit")]
public sealed class DisconnectChatKitCommand : ChatKitCommand
{
    /// <summary>Forgets it.</summary>
    protected override void EndProcessing() => Connections.Forget();
}
