// Get-ChatKitConnection: the connection that a cmdlet would use now.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Gives the connection that a cmdlet without <c>-Connection</c> uses: the remembered one, or the environment's;
/// nothing where there is neither.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ChatKitConnection")]
[OutputType(typeof(ChatKitConnection))]
public sealed class GetChatKitConnectionCommand : ChatKitCommand
{
    /// <summary>Finds it.</summary>
    protected override void EndProcessing()
    {
        try
        {
            if (Connections.Current(this) is { } connection)
            {
                WriteObject(connection);
            }
        }
        catch (ChatKitSettingException e)
        {
            ThrowTerminatingError(UsageErrors.InvalidEnvironment(e));
        }
    }
}
