// What every cmdlet shares: it can be stopped at once, and it writes what its work reports.
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
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

    /// <summary>
    /// Begins only where every default of <c>$PSDefaultParameterValues</c> for it was used: PowerShell merely warns of
    /// one that does not bind.
    /// </summary>
    protected override void BeginProcessing()
    {
        string? set = MyInvocation.ExpectingInput ? null : ParameterSetName;
        if (DefaultParameterValues.FindUnbound(this, set) is { } parameter)
        {
            ThrowTerminatingError(UsageErrors.UnboundDefault(MyInvocation.MyCommand.Name, parameter));
        }
    }

    /// <summary>Ends the work. PowerShell calls this when the pipeline is over, however it ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the work.</summary>
    /// <param name="disposing">Always true; there is nothing to finalize.</param>
    protected virtual void Dispose(bool disposing) => _stopping.Cancel();

    /// <summary>Cancels the work. PowerShell calls this on Ctrl+C, from another thread.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>The file or folder that a parameter names, in the file system, whether or not it is there.</summary>
    private protected string ResolvePath(string path)
    {
        string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            ThrowTerminatingError(UsageErrors.InvalidPath(path, provider.Name));
        }

        return resolved;
    }

    /// <summary>
    /// Whether the cmdlet may ask before what has a high impact: unless <c>-Confirm:$false</c>, or the variable, says
    /// that it does not.
    /// </summary>
    private protected bool Asks() =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
            ? (SwitchParameter)given
            : !LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact least) ||
                least != ConfirmImpact.None;

    /// <summary>
    /// What is to become of a stream: what a common parameter says, otherwise the preference variable.
    /// </summary>
    private protected ActionPreference Preference(string parameter, string variable)
    {
        object? said =
            MyInvocation.BoundParameters.TryGetValue(parameter, out object? given) ? given : GetVariableValue(variable);
        return LanguagePrimitives.TryConvertTo(said, out ActionPreference preference)
            ? preference
            : ActionPreference.Continue;
    }

    /// <summary>
    /// Warns through the host: for when the pipeline is over, and takes nothing any more. A host without a screen drops
    /// it.
    /// </summary>
    private protected void WarnAfterwards(string warning)
    {
        if (Preference("WarningAction", "WarningPreference") is
            ActionPreference.SilentlyContinue or ActionPreference.Ignore)
        {
            return;
        }

        try
        {
            Host?.UI?.WriteWarningLine(PrintableText.OneLine(warning));
        }
        catch (Exception e) when (
            e is HostException or InvalidOperationException or PipelineStoppedException or NotImplementedException)
        {
            // The host is gone, too.
        }
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
