// New-ChatKitSession: a session for a user's browser.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using ChatKit.Streams;

namespace ChatKit.PowerShell.Commands;

/// <summary>
/// Makes a session, so that a user may talk to a workflow. What is not given is not sent, and is the API's to choose.
/// </summary>
[Cmdlet(VerbsCommon.New, "ChatKitSession", SupportsShouldProcess = true)]
[OutputType(typeof(ChatKitSession))]
public sealed class NewChatKitSessionCommand : ConnectedCommand
{
    /// <summary>The workflow.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string WorkflowId { get; set; } = "";

    /// <summary>The end user, in the application's own terms.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string User { get; set; } = "";

    /// <summary>The version of the workflow; the API takes the latest that is deployed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkflowVersion { get; set; }

    /// <summary>
    /// Variables for the workflow: 64 at most, names of 1 to 64 characters; values are strings, numbers or booleans.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? StateVariable { get; set; }

    /// <summary>Whether the workflow's runs are traced; the API traces.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter Tracing { get; set; }

    /// <summary>How long the session lasts, in seconds: 1 to 600; the API takes 600.</summary>
    [Parameter]
    [ValidateRange(1, 600)]
    public int ExpiresAfterSec { get; set; }

    /// <summary>How many requests a minute the session may make: 1 or more; the API takes 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxRequestsPerMinute { get; set; }

    /// <summary>Whether threads are given titles by themselves; the API does.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter AutomaticThreadTitling { get; set; }

    /// <summary>Whether the user may upload files; the API does not let them.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter FileUpload { get; set; }

    /// <summary>How large a file may be, in megabytes: 1 to 512; the API takes 512.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int MaxFileSize { get; set; }

    /// <summary>How many files may be uploaded: 1 or more; the API takes 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFileCount { get; set; }

    /// <summary>Whether the user sees earlier threads; the API shows them.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter History { get; set; }

    /// <summary>How many earlier threads the user sees: 1 or more; the API shows all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int RecentThreadCount { get; set; }

    /// <summary>Gives the client secret as a string in place of a secure string.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter AsPlainText { get; set; }

    private protected override bool ChangesSomething => true;

    /// <summary>Makes the session.</summary>
    protected override void EndProcessing()
    {
        if (!ShouldProcess($"workflow {ViewText.Excerpt(WorkflowId)} for " +
            $"{ViewText.Excerpt(User)}", $"Create a session at {ConnectionInUse}"))
        {
            return;
        }

        WorkProgress progress = new(this, "Creating a session", null, () => Client.Waiting);
        ExchangeRecorder exchanges = [];
        (ChatKitSession? session, Exception? failure) =
            progress.WaitFor(
                StreamBatch<ChatKitSession>.TryAsync(() => Client.CreateSessionAsync(Request(), exchanges, StopToken)),
                StopToken);
        WriteExchanges(exchanges);
        progress.Complete();
        switch (failure)
        {
            case null:
                ConnectionInUse.History.Note(session!);
                WriteObject(AsPlainText ? WithPlainSecret(session!) : session);
                break;
            case ChatKitSettingException e:
                ThrowTerminatingError(UsageErrors.InvalidSession(e));
                break;
            default:
                WriteError(ErrorRecords.ForNewSession(failure, WorkflowId));
                break;
        }
    }

    private static PSObject WithPlainSecret(ChatKitSession session)
    {
        PSObject shown = new(session);
        shown.Properties.Add(new PSNoteProperty(nameof(session.ClientSecret), session.GetClientSecret()));
        return shown;
    }

    private ChatKitSessionRequest Request() => new()
    {
        WorkflowId = WorkflowId,
        User = User,
        WorkflowVersion = WorkflowVersion,
        StateVariables = Variables(),
        Tracing = Given(nameof(Tracing), Tracing),
        ExpiresAfterSec = Given(nameof(ExpiresAfterSec), ExpiresAfterSec),
        MaxRequestsPerMinute = Given(nameof(MaxRequestsPerMinute), MaxRequestsPerMinute),
        AutomaticThreadTitling = Given(nameof(AutomaticThreadTitling), AutomaticThreadTitling),
        FileUpload = Given(nameof(FileUpload), FileUpload),
        MaxFileSize = Given(nameof(MaxFileSize), MaxFileSize),
        MaxFileCount = Given(nameof(MaxFileCount), MaxFileCount),
        History = Given(nameof(History), History),
        RecentThreadCount = Given(nameof(RecentThreadCount), RecentThreadCount),
    };

    private bool? Given(string name, SwitchParameter value) =>
        MyInvocation.BoundParameters.ContainsKey(name) ? value.ToBool() : null;

    private int? Given(string name, int value) => MyInvocation.BoundParameters.ContainsKey(name) ? value : null;

    private Dictionary<string, object?>? Variables()
    {
        if (StateVariable is null)
        {
            return null;
        }

        Dictionary<string, object?> variables = [];
        foreach (DictionaryEntry variable in StateVariable)
        {
            variables[LanguagePrimitives.ConvertTo<string>(variable.Key)] =
                variable.Value is PSObject wrapped ? wrapped.BaseObject : variable.Value;
        }

        return variables;
    }
}
