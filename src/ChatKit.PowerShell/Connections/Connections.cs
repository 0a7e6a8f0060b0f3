// Which connection a cmdlet uses that was given none. One per process: thread jobs and ForEach-Object -Parallel share
// it.
using System.Management.Automation;

namespace ChatKit.PowerShell;

internal static class Connections
{
    private static readonly object Lock = new();
    private static ChatKitConnection? _remembered;
    private static ChatKitConnection? _environment;
    private static EnvironmentSettings? _environmentSettings;

    public static void Remember(ChatKitConnection connection)
    {
        lock (Lock)
        {
            _remembered = connection;
        }
    }

    /// <summary>
    /// Drops the connections without closing them: a cmdlet that is using one finishes, and its idle sockets close by
    /// themselves.
    /// </summary>
    public static void Forget()
    {
        lock (Lock)
        {
            (_remembered, _environment, _environmentSettings) = (null, null, null);
        }
    }

    /// <summary>The connection that a cmdlet would use, where there is one already; none is made.</summary>
    public static ChatKitConnection? Known()
    {
        lock (Lock)
        {
            return _remembered ?? (EnvironmentSettings.Read().Equals(_environmentSettings) ? _environment : null);
        }
    }

    /// <summary>The remembered connection, otherwise the environment's, otherwise null.</summary>
    /// <exception cref="ChatKitSettingException">The environment holds a setting that cannot be used.</exception>
    public static ChatKitConnection? Current(PSCmdlet cmdlet)
    {
        lock (Lock)
        {
            if (_remembered is not null)
            {
                return _remembered;
            }

            EnvironmentSettings settings = EnvironmentSettings.Read();
            if (settings.ApiKey is null)
            {
                return null;
            }

            // Kept by its values, so that a loop of calls shares sockets.
            if (_environment is null || !settings.Equals(_environmentSettings))
            {
                ChatKitClientOptions options =
                    new() { UserAgent = ClientIdentity.UserAgent(cmdlet), ApiKey = settings.ApiKey };
                settings.ApplyTo(options);
                _environment = ChatKitConnection.Live(options);
                _environmentSettings = settings;
            }

            return _environment;
        }
    }
}
