// What every cmdlet shares: it can be stopped at once, and it writes what its work reports.
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;

namespace ChatKit.PowerShell.Commands;

/// <summary>A cmdlet of this module.</summary>
public abstract class ChatKitCommand : PSCmdlet, IDisposable
{
    // Never disposed: it has no timer, and work that is being cancelled may still look at it.
    private readonly CancellationTokenSource _stopping = new();

    // Looked up once: it takes longer than all else that is done for an exchange.
    private bool? _isVerboseShown;
    private bool? _isDebugShown;

    /// <summary>Is cancelled on Ctrl+C, and when the pipeline ends early.</summary>
    internal CancellationToken StopToken => _stopping.Token;

    /// <summary>Ends the work. PowerShell calls this when the pipeline is over, however it ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the work under way.</summary>
    /// <param name="disposing">Always true; there is nothing to finalize.</param>
    protected virtual void Dispose(bool disposing) => _stopping.Cancel();

    /// <summary>Ends the work under way; PowerShell calls this on Ctrl+C, from another thread.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>The folder that a parameter names, in the file system, whether or not it is there.</summary>
    private protected string ResolveFolder(string path)
    {
        string folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            ThrowTerminatingError(ErrorRecords.NotAFolder(path, provider.Name));
        }

        return folder;
    }

    /// <summary>Writes what happened on the wire to the verbose and debug streams.</summary>
    /// <param name="exchanges">The exchanges, in order.</param>
    internal void WriteExchanges(IReadOnlyList<ChatKitExchange> exchanges)
    {
        foreach (ChatKitExchange exchange in exchanges)
        {
            if (_isVerboseShown ??= IsShown("Verbose", "VerbosePreference"))
            {
                WriteVerbose(exchange.ToString());
            }

            if (_isDebugShown ??= IsShown("Debug", "DebugPreference"))
            {
                WriteDebug(exchange.ToDetailedString());
            }
        }
    }

    /// <summary>Whether anybody would see what is written to a stream.</summary>
    private bool IsShown(string parameter, string variable) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out object? given)
            ? (SwitchParameter)given
            : LanguagePrimitives.TryConvertTo(GetVariableValue(variable), out ActionPreference preference) &&
                preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
