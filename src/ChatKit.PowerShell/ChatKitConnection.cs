// A connection as PowerShell has it: settings to look at, and the client behind them.
using System;
using System.Globalization;
using ChatKit.Emulator;

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

    /// <summary><c>Live</c> for the network, <c>Emulator</c> for memory.</summary>
    public string Kind { get; }

    /// <summary>Where the API is.</summary>
    public Uri BaseUri { get; }

    /// <summary>The last four characters of the key, to tell keys apart by; null for a key too short for that, and for the emulator.</summary>
    public string? ApiKeyEnding { get; private set; }

    /// <summary>The organization; null for the key's own.</summary>
    public string? Organization { get; }

    /// <summary>The project; null for the key's own.</summary>
    public string? Project { get; }

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

    internal ChatKitClient Client { get; }

    /// <summary>The connection in a few words, as a question before a deletion names it.</summary>
    /// <returns>The address, the project where it is set, and the key's ending.</returns>
    public override string ToString()
    {
        string project = Project is null ? "" : $", project {Project}";
        string key = ApiKeyEnding is null ? "" : $", key …{ApiKeyEnding}";
        return Kind == nameof(Emulator) ? "the emulator" : string.Format(CultureInfo.InvariantCulture, "{0}{1}{2}", BaseUri.AbsoluteUri, project, key);
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

    internal static ChatKitConnection Emulated(ChatKitClientOptions options, ThreadStore store)
    {
        options.BaseUri = ChatKitEmulator.BaseUri;
        options.ApiKey = "emulator";
        return new(nameof(Emulator), options, ChatKitEmulator.CreateClient(options, store));
    }
}
