// The parameters that describe a connection, and how they make one.
using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading.Tasks;
using ChatKit.Archive;
using ChatKit.Emulator;

namespace ChatKit.PowerShell.Commands;

/// <summary>A cmdlet that makes a connection.</summary>
public abstract class NewConnectionCommandBase : ChatKitCommand
{
    private protected const string LiveSet = "Live";
    private protected const string EmulatorSet = "Emulator";
    private protected const string ArchiveSet = "Archive";

    private static readonly string[] LiveParameters =
    [
        nameof(ApiKey), nameof(BaseUri), nameof(Organization), nameof(Project), nameof(Proxy), nameof(ProxyCredential),
    ];

    /// <summary>
    /// The API key: a secure string, a string, a credential whose password it is, or the lines of a file of which one
    /// is not blank.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = LiveSet)]
    [ApiKeyTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>Where the API is; otherwise <c>OPENAI_BASE_URL</c>, otherwise OpenAI's own.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The organization; otherwise <c>OPENAI_ORG_ID</c>, otherwise the key's own.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNull]
    public string? Organization { get; set; }

    /// <summary>The project; otherwise <c>OPENAI_PROJECT_ID</c>, otherwise the key's own.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNull]
    public string? Project { get; set; }

    /// <summary>The proxy; otherwise the system's.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Lets the key go over plain http to another machine.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>Answers from memory: no key, no network.</summary>
    [Parameter(ParameterSetName = LiveSet)]
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    [Parameter(ParameterSetName = ArchiveSet)]
    [RefuseNull]
    public SwitchParameter Emulator { get; set; }

    /// <summary>A JSON file with the threads of the emulator, in place of its own.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? Seed { get; set; }

    /// <summary>
    /// The folder of an archive, as Export-ChatKitThread wrote it: it answers in place of the API, offline, and can
    /// only be read.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ArchiveSet)]
    [ValidateNotNullOrEmpty]
    public string? Archive { get; set; }

    /// <summary>Reads what can be read of an archive that is damaged.</summary>
    [Parameter]
    [RefuseNull]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Reads an archive as it stood at a moment: each thread as it was captured by then. A date without a zone is
    /// local.
    /// </summary>
    [Parameter(ParameterSetName = ArchiveSet)]
    [ValidateNotNull]
    [MomentTransformation]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>How long one attempt of a request may take, in seconds: 1 to 86,400.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = ChatKitConnection.DefaultTimeoutSec;

    /// <summary>
    /// How often a request is sent again after a failure that may pass: 0 to 100. A refusal for rate does not count.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>How long a request may wait in all before it is sent again, in seconds: 0 to 86,400.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int MaximumRetryWaitSec { get; set; } = 300;

    /// <summary>How large an answer may be, in bytes, after decompression: 1KB to 512MB.</summary>
    [Parameter]
    [ValidateRange(1024, 536870912)]
    public int MaximumResponseSize { get; set; } = 64 * 1024 * 1024;

    private protected ChatKitConnection CreateConnection()
    {
        ChatKitClientOptions options = new()
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaximumRetryCount = MaximumRetryCount,
            MaximumRetryWait = TimeSpan.FromSeconds(MaximumRetryWaitSec),
            MaximumResponseSize = MaximumResponseSize,
            UserAgent = ClientIdentity.UserAgent(this),
        };
        RefuseContradictions();
        if (Emulator)
        {
            return ChatKitConnection.Emulated(options, ReadSeed());
        }

        if (Archive is not null)
        {
            return OpenArchive(options);
        }

        EnvironmentSettings environment = EnvironmentSettings.Read();
        try
        {
            environment.ApplyTo(options);
            if (MyInvocation.BoundParameters.ContainsKey(nameof(ApiKey)))
            {
                options.ApiKey = new NetworkCredential("", ApiKey).Password;
            }
            else if (environment.ApiKey is null)
            {
                ThrowTerminatingError(UsageErrors.NotConnected());
            }

            options.BaseUri = BaseUri ?? options.BaseUri;
            options.Organization = Organization ?? options.Organization;
            options.Project = Project ?? options.Project;
            options.Proxy = Proxy;
            options.ProxyCredential = ProxyCredential?.GetNetworkCredential();
            options.AllowUnencryptedAuthentication = AllowUnencryptedAuthentication;
            return ChatKitConnection.Live(options);
        }
        catch (ChatKitSettingException e)
        {
            ThrowTerminatingError(UsageErrors.InvalidSetting(e));
            throw;
        }
    }

    /// <summary>
    /// Refuses what the parameter sets let through. The switches belong to every set, so that one that is false is as
    /// if it were not there.
    /// </summary>
    private void RefuseContradictions()
    {
        string? live = LiveParameters.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        string? contradiction =
            Emulator && Archive is not null ? "-Emulator cannot be used with -Archive."
            : Emulator && live is not null ? $"-Emulator cannot be used with -{live}."
            : !Emulator && Seed is not null ? "-Seed needs -Emulator."
            : Force && Archive is null ? "-Force needs -Archive."
            : AllowUnencryptedAuthentication && Emulator ? "-AllowUnencryptedAuthentication cannot be used with " +
                "-Emulator."
            : AllowUnencryptedAuthentication && Archive is not null ? "-AllowUnencryptedAuthentication cannot be " +
                "used with -Archive."
            : null;
        if (contradiction is not null)
        {
            ThrowTerminatingError(UsageErrors.ContradictoryParameters(contradiction));
        }
    }

    private ChatKitConnection OpenArchive(ChatKitClientOptions options)
    {
        string folder = ResolvePath(Archive!);
        ReadProgress read = new();
        WorkProgress progress = new(this, "Reading the archive", null, () => null) { State = read.ToState };
        try
        {
            ChatKitArchiveIndex index = progress.WaitFor(
                Task.Run(() => ChatKitArchiveIndex.Open(folder, Force, AsOf, read.Add, StopToken)), StopToken);
            progress.Complete();
            foreach (ChatKitArchiveProblem problem in index.Problems)
            {
                WriteWarning(PrintableText.OneLine(problem.ToString()));
            }

            if (AsOf < index.Manifest.VersionsSince)
            {
                WriteWarning(
                    "Versions that the archive had then were dropped by Optimize-ChatKitArchive: it has every " +
                    "version " +
                    $"since {ViewText.Second(index.Manifest.VersionsSince)}, so that threads are missing.");
            }
            else if (!index.Complete)
            {
                WriteWarning(
                    $"The archive {(AsOf is null ? "is" : "was")} not complete: " +
                    "its export did not end with everything that it was asked for.");
            }

            return ChatKitConnection.Archived(options, folder, index);
        }
        catch (ChatKitArchiveException e)
        {
            ThrowTerminatingError(ErrorRecords.ForArchive(e, folder));
            throw;
        }
    }

    private ThreadStore ReadSeed()
    {
        if (Seed is null)
        {
            return ChatKit.Emulator.Seed.Sample(DateTimeOffset.UtcNow);
        }

        string path = ResolvePath(Seed);
        ThreadStore store = new();
        try
        {
            ChatKit.Emulator.Seed.Load(store, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            ThrowTerminatingError(UsageErrors.InvalidSeed(path, e));
        }

        return store;
    }
}
