// What the User-Agent header says: the module, the PowerShell, the system.
using System.Collections;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace ChatKit.PowerShell;

internal static class ClientIdentity
{
    public static string UserAgent(PSCmdlet cmdlet)
    {
        string module = typeof(ClientIdentity).Assembly.GetName().Version!.ToString(3);
        object? powerShell = (cmdlet.GetVariableValue("PSVersionTable") as IDictionary)?["PSVersion"];
        return $"ChatKit.PowerShell/{module} PowerShell/{powerShell} ({RuntimeInformation.OSDescription})";
    }
}
