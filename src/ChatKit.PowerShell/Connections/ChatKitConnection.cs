// A connection as PowerShell has it: settings to look at, and the client behind them.
using System;
using System.Globalization;
using ChatKit.Archive;
using ChatKit.Emulator;
using ChatKit.PowerShell;

namespace ChatKit;

/// <summary>A connection to a ChatKit project. It shows its settings, and of the key its ending at most.</summary>
public sealed class ChatKitConnection
{
    internal const int DefaultTimeoutSec = 60;

    private const int ShownOfKey = 4;
    private const int ShortestKeyShown = 20;

    private ChatKitConnection(string kind, ChatKitClientOptions options, ChatKitClient client)
    {
        Kind = kind;
        Client = client;
        BaseUri = options.BaseUri;
        Organization = options.Organization;
        Project = options.Project;
        Proxy = options.Proxy;
        TimeoutSec = (int)options.Timeout.TotalSeconds;
        MaximumRetryCount = options.MaximumRetryCount;
        MaximumResponseSize = options.MaximumResponseSize;
        MaximumRetryWaitSec = (int)options.MaximumRetryWait.TotalSeconds;
    }

    /// <summary><c>Live</c> for the network, <c>Emulator</c> for memory, <c>Archive</c> for a folder.</summary>
    public string Kind { get; }

    /// <summary>Where the API is, or was when the archive was written.</summary>
    public Uri BaseUri { get; private set; }

    /// <summary>
    /// The last four characters of the key, to tell keys apart by; null for a key too short for that, and for the
    /// emulator.
    /// </summary>
    public string? ApiKeyEnding { get; private set; }

    /// <summary>The organization; null for the key's own.</summary>
    public string? Organization { get; private set; }

    /// <summary>The project; null for the key's own.</summary>
    public string? Project { get; private set; }

    /// <summary>How long one attempt of a request may take, in seconds.</summary>
    public int TimeoutSec { get; }

    /// <summary>How often a request is sent again after a failure that may pass.</summary>
    public int MaximumRetryCount { get; }

    /// <summary>How long a request may wait in all before it is sent again, in seconds.</summary>
    public int MaximumRetryWaitSec { get; }

    /// <summary>How large an answer may be, in bytes, after decompression.</summary>
    public int MaximumResponseSize { get; }

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; }

    /// <summary>The folder of the archive; null where it is none.</summary>
    public string? Archive { get; private set; }

    /// <summary>
    /// What holds requests back at present, such as <c>paced at 48 requests/s: the server refused 12 of the last
    /// 60</c>; null where nothing does.
    /// </summary>
    public string? Pace => Client.Waiting?.ToString();

    /// <summary>
    /// The project as an archive names it: one that is read from an archive is the one that the archive is of.
    /// </summary>
    internal ChatKitArchiveProject ArchiveProject =>
        ArchiveIndex?.Manifest.Project ?? new(BaseUri, Organization, Project);

    /// <summary>The archive that is read; null where it is none.</summary>
    internal ChatKitArchiveIndex? ArchiveIndex { get; private set; }

    /// <summary>When the archive was last written; null where it is none.</summary>
    internal DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Whether nothing can be changed through it.</summary>
    internal bool IsReadOnly => Archive is not null;

    internal ChatKitClient Client { get; }

    /// <summary>What has been seen through it. An id of one project is not offered for another.</summary>
    internal CompletionHistory History { get; } = new();

    /// <summary>The connection in a few words, as a question before a deletion names it.</summary>
    /// <returns>The address, the project where it is set, and the key's ending.</returns>
    public override string ToString()
    {
        string project = Project is null ? "" : $", project {Project}";
        string key = ApiKeyEnding is null ? "" : $", key …{ApiKeyEnding}";
        string address = string.Format(CultureInfo.InvariantCulture, "{0}{1}{2}", BaseUri.AbsoluteUri, project, key);
        return Archive is not null ? $"the archive '{Archive}'" : Kind == nameof(Emulator) ? "the emulator" : address;
    }

    internal static ChatKitConnection Live(ChatKitClientOptions options)
    {
        ChatKitClient client = new(options);
        string key = options.ApiKey.Trim();
        return new(nameof(Live), options, client)
        {
            ApiKeyEnding = key.Length < ShortestKeyShown ? null : key.Substring(key.Length - ShownOfKey),
        };
    }

    /// <summary>A key that opens nothing. Keys are masked wherever they show, so it must not be a word.</summary>
    private static string MadeUpKey() => $"sk-none-{Guid.NewGuid():N}";

    internal static ChatKitConnection Emulated(ChatKitClientOptions options, ThreadStore store)
    {
        options.BaseUri = ChatKitEmulator.BaseUri;
        options.ApiKey = MadeUpKey();
        return new(nameof(Emulator), options, ChatKitEmulator.CreateClient(options, store));
    }

    internal static ChatKitConnection Archived(ChatKitClientOptions options, string folder, ChatKitArchiveIndex index)
    {
        options.BaseUri = ChatKitEmulator.BaseUri;

        // What was written is read back, however large it is.
        options.IsResponseSizeUnlimited = true;
        options.ApiKey = MadeUpKey();
        return new(nameof(Archive), options, ChatKitEmulator.CreateClient(options, ChatKitArchiveStore.Of(index)))
        {
            BaseUri = index.Manifest.Project.BaseUri,
            Organization = index.Manifest.Project.Organization,
            Project = index.Manifest.Project.Project,
            Archive = folder,
            ArchiveIndex = index,
            ArchivedAt = index.AsOf ?? index.Manifest.UpdatedAt,
        };
    }
}
