// A cmdlet that talks to the API: over the connection it is given, the one that is remembered, or the environment's.
using System.Management.Automation;

namespace ChatKit.PowerShell.Commands;

/// <summary>A cmdlet that needs a connection.</summary>
public abstract class ConnectedCommand : ChatKitCommand
{
    /// <summary>The connection to use in place of the current one, as <c>New-ChatKitConnection</c> gives it.</summary>
    [Parameter]
    [ValidateNotNull]
    public ChatKitConnection? Connection { get; set; }

    /// <summary>
    /// The client of the connection, resolved once: what is connected or disconnected meanwhile is for the next cmdlet.
    /// </summary>
    internal ChatKitClient Client { get; private set; } = null!;

    /// <summary>The connection itself, to be named in a question.</summary>
    internal ChatKitConnection ConnectionInUse { get; private set; } = null!;

    /// <summary>Whether the cmdlet changes something on the server.</summary>
    private protected virtual bool ChangesSomething => false;

    /// <summary>Ends the command: its connection is lost, and nothing more is asked for.</summary>
    /// <param name="error">What failed first.</param>
    /// <param name="noun">What the command takes many of: thread, list, session.</param>
    /// <param name="first">The first of them that is not done.</param>
    /// <param name="done">How many are.</param>
    /// <param name="total">How many there were to be; null where that is not known.</param>
    internal void Lose(ErrorRecord error, string noun, string? first, int done, int? total) =>
        ThrowTerminatingError(ErrorRecords.ConnectionLost(error, noun, first, done, total));

    /// <summary>
    /// Writes the error of one of many. Once the connection is lost, none of them ends the command in place of that.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="isAfterLoss">Whether the connection was found lost before it.</param>
    internal void Fail(ErrorRecord error, bool isAfterLoss)
    {
        if (isAfterLoss && Preference("ErrorAction", "ErrorActionPreference") == ActionPreference.Stop)
        {
            WriteWarning($"Another request failed: {error}");
        }
        else
        {
            WriteError(error);
        }
    }

    /// <summary>Finds the connection.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ChatKitConnection? connection;
        try
        {
            connection = Connection ?? Connections.Current(this);
        }
        catch (ChatKitSettingException e)
        {
            ThrowTerminatingError(UsageErrors.InvalidEnvironment(e));
            return;
        }

        if (connection is null)
        {
            ThrowTerminatingError(UsageErrors.NotConnected());
            return;
        }

        if (ChangesSomething && connection.IsReadOnly)
        {
            ThrowTerminatingError(UsageErrors.ReadOnly(connection));
        }

        Client = connection.Client;
        ConnectionInUse = connection;
    }
}
