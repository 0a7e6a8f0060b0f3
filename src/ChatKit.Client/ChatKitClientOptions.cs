// The settings of a client, and their validation.
using System;
using System.Linq;
using System.Net;

namespace ChatKit;

/// <summary>The settings of a <see cref="ChatKitClient"/>.</summary>
public sealed class ChatKitClientOptions
{
    private const int SmallestMaximumResponseSize = 1024;

    // Half of what an array or a string can hold, so that everything made from a response fits into one.
    private const int LargestMaximumResponseSize = 512 * 1024 * 1024;

    /// <summary>The base address of OpenAI's API.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.openai.com/v1");

    /// <summary>The API key: visible ASCII characters. Leading and trailing white space is trimmed. Required.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The base address of the API: absolute, http or https, without user info, query and fragment.</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>The organization to use (<c>OpenAI-Organization</c>); null for the key's default.</summary>
    public string? Organization { get; set; }

    /// <summary>The project to use (<c>OpenAI-Project</c>); null for the key's default.</summary>
    public string? Project { get; set; }

    /// <summary>
    /// The timeout of one attempt, from connecting to the last byte: above zero, at most 24 days; by default one
    /// minute.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a request is retried after a transient failure (HTTP 408, 409, 5xx, a broken connection, a timeout, a
    /// response cut short): 0 to 100; by default 5. Being throttled (429, or 503 with Retry-After or for several
    /// requests at once) uses up no retry; such a request waits its turn within <see cref="MaximumRetryWait"/>.
    /// </summary>
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>
    /// The time budget of a request for all its retry delays: zero to one day; by default five minutes.
    /// </summary>
    public TimeSpan MaximumRetryWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The maximum size of a response body, in bytes after decompression: 1,024 (1 KiB) to 536,870,912 (512 MiB); by
    /// default 64 MiB. A larger one is <see cref="ChatKitErrorKind.InvalidResponse"/>, and the rest of it is not read.
    /// </summary>
    public int MaximumResponseSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether to ignore <see cref="MaximumResponseSize"/>: for an emulator, whose data is the user's own.
    /// </summary>
    internal bool IsResponseSizeUnlimited { get; set; }

    /// <summary>
    /// The proxy; null for the system's. No proxy is used for loopback addresses or plain http, where it could read the
    /// key; to set one for these is an error.
    /// </summary>
    public Uri? Proxy { get; set; }

    /// <summary>The credentials for <see cref="Proxy"/>; null for none.</summary>
    public ICredentials? ProxyCredential { get; set; }

    /// <summary>
    /// Whether the key may be sent over plain http to another machine. To a loopback address it always may.
    /// </summary>
    public bool AllowUnencryptedAuthentication { get; set; }

    /// <summary>
    /// The <c>User-Agent</c> header, without the characters that a header cannot carry; empty for no header.
    /// </summary>
    public string UserAgent { get; set; } =
        $"ChatKit.Client/{typeof(ChatKitClientOptions).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>
    /// Validates the settings. Returns a copy with the key trimmed and a slash at the end of the base address.
    /// </summary>
    /// <exception cref="ChatKitSettingException">A setting is invalid.</exception>
    internal ChatKitClientOptions Validated()
    {
        var copy = (ChatKitClientOptions)MemberwiseClone();
        copy.ApiKey = (ApiKey ?? "").Trim();
        if (copy.ApiKey.Length == 0)
        {
            throw new ChatKitSettingException(nameof(ApiKey), "The API key is empty.");
        }

        if (!copy.ApiKey.All(IsVisibleAscii))
        {
            throw new ChatKitSettingException(
                nameof(ApiKey),
                "The API key has white space, a control character or a character outside ASCII in it. " +
                "A key is one word; was more than the key copied?");
        }

        CheckHeader(Organization, nameof(Organization));
        CheckHeader(Project, nameof(Project));
        copy.BaseUri = CheckBaseUri();
        copy.UserAgent = new string([.. (UserAgent ?? "").Where(c => c is >= ' ' and <= '~')]);

        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ChatKitSettingException(
                nameof(Timeout), $"The timeout is to be above zero and at most {int.MaxValue / 1000} seconds.");
        }

        if (MaximumRetryCount is < 0 or > 100)
        {
            throw new ChatKitSettingException(
                nameof(MaximumRetryCount), "The number of retries is to be within 0 to 100.");
        }

        if (MaximumRetryWait < TimeSpan.Zero || MaximumRetryWait > TimeSpan.FromDays(1))
        {
            throw new ChatKitSettingException(
                nameof(MaximumRetryWait), "The longest wait is to be zero or more, and a day at most.");
        }

        if (MaximumResponseSize is < SmallestMaximumResponseSize or > LargestMaximumResponseSize)
        {
            throw new ChatKitSettingException(
                nameof(MaximumResponseSize),
                "The largest answer is to be within 1,024 to 536,870,912 bytes (512 MiB).");
        }

        if (Proxy is not null && (!Proxy.IsAbsoluteUri || !IsHttp(Proxy)))
        {
            throw new ChatKitSettingException(
                nameof(Proxy),
                "The proxy is to be an absolute http or https address, such as http://proxy.example.com:8080.");
        }

        if (Proxy is { UserInfo.Length: > 0 })
        {
            throw new ChatKitSettingException(
                nameof(Proxy), "The proxy's address has a user name or password in it. Give them as credentials.");
        }

        if (Proxy is not null && (BaseUri.IsLoopback || BaseUri.Scheme == Uri.UriSchemeHttp))
        {
            string why = BaseUri.IsLoopback
                ? "this machine itself, which no proxy leads to"
                : "http, so the proxy could read the key";
            throw new ChatKitSettingException(nameof(Proxy), $"The base address is {why}. Leave the proxy out.");
        }

        if (ProxyCredential is not null && Proxy is null)
        {
            throw new ChatKitSettingException(
                nameof(ProxyCredential), "Credentials for a proxy need the proxy's address.");
        }

        return copy;
    }

    private static bool IsVisibleAscii(char c) => c is > ' ' and <= '~';

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    private static void CheckHeader(string? value, string name)
    {
        if (value is not null && (value.Length == 0 || !value.All(IsVisibleAscii)))
        {
            throw new ChatKitSettingException(
                name,
                $"{name} is to be an identifier without white space, " +
                "such as the ones that the platform's settings page shows.");
        }
    }

    private Uri CheckBaseUri()
    {
        if (BaseUri is null || !BaseUri.IsAbsoluteUri || !IsHttp(BaseUri))
        {
            throw new ChatKitSettingException(
                nameof(BaseUri), $"The base address is to be absolute, and http or https, such as {DefaultBaseUri}.");
        }

        if (BaseUri.UserInfo.Length > 0 || BaseUri.Query.Length > 0 || BaseUri.Fragment.Length > 0)
        {
            throw new ChatKitSettingException(
                nameof(BaseUri),
                $"The base address is to be without user name, query and fragment, such as {DefaultBaseUri}.");
        }

        if (BaseUri.Scheme == Uri.UriSchemeHttp && !BaseUri.IsLoopback && !AllowUnencryptedAuthentication)
        {
            throw new ChatKitSettingException(
                nameof(BaseUri),
                $"The key would go to {BaseUri.Host} unencrypted, for everyone on the way to read. " +
                "Use https, or say that it is meant: AllowUnencryptedAuthentication.");
        }

        return BaseUri.AbsoluteUri.EndsWith("/", StringComparison.Ordinal)
            ? BaseUri
            : new Uri(BaseUri.AbsoluteUri + "/");
    }
}
