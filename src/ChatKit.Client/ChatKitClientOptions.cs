// The settings of a connection, and the check that they can be used.
using System;
using System.Linq;
using System.Net;

namespace ChatKit;

/// <summary>How to reach the API, and as whom.</summary>
public sealed class ChatKitClientOptions
{
    private const int SmallestMaximumResponseSize = 1024;

    // An array of bytes and a string hold twice as much, so nothing that is made of an answer is ever too large for one.
    private const int LargestMaximumResponseSize = 512 * 1024 * 1024;

    /// <summary>Where the API of OpenAI is.</summary>
    public static Uri DefaultBaseUri { get; } = new("https://api.openai.com/v1");

    /// <summary>The API key: visible ASCII characters; white space around it is trimmed. Required.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Where the API is: absolute, http or https, without user info, query and fragment.</summary>
    public Uri BaseUri { get; set; } = DefaultBaseUri;

    /// <summary>The organization to work for (<c>OpenAI-Organization</c>); null for the key's own.</summary>
    public string? Organization { get; set; }

    /// <summary>The project to work in (<c>OpenAI-Project</c>); null for the key's own.</summary>
    public string? Project { get; set; }

    /// <summary>How long one attempt may take, from connecting to the last byte: above zero, 24 days at most; a minute unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a request is sent again after a failure that may pass (HTTP 408, 409, 5xx, a broken connection, a time limit, an answer cut
    /// short): 0 to 100; 5 unless set. A throttled request (429, or 503 that says when to come back or that several get at once) does not
    /// count; it waits its turn within <see cref="MaximumRetryWait"/>.
    /// </summary>
    public int MaximumRetryCount { get; set; } = 5;

    /// <summary>How long a request may wait in all before it is sent again, as the server asks or as failures pile up: zero to a day; five minutes unless set.</summary>
    public TimeSpan MaximumRetryWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How large an answer may be, in bytes, after decompression: 1,024 (1 KiB) to 536,870,912 (512 MiB); 64 MiB unless set. A larger one is
    /// <see cref="ChatKitErrorKind.InvalidResponse"/>, and no more of it is read.
    /// </summary>
    public int MaximumResponseSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Whether answers may be of any size, whatever the limit is: it is there for servers, not for what was written.
    /// </summary>
    internal bool IsResponseSizeUnlimited { get; set; }

    /// <summary>
    /// The proxy to use; null for the system's, as the environment or the platform sets it. Neither is used for this machine (loopback) and for
    /// plain http, where a proxy could read the key; one that is given for those is an error.
    /// </summary>
    public Uri? Proxy { get; set; }

    /// <summary>The credentials for <see cref="Proxy"/>; null for none.</summary>
    public ICredentials? ProxyCredential { get; set; }

    /// <summary>Whether the key may go over plain http to another machine. To this one (loopback) it always may.</summary>
    public bool AllowUnencryptedAuthentication { get; set; }

    /// <summary>What the <c>User-Agent</c> header says; characters that a header cannot carry are left out; empty for no header.</summary>
    public string UserAgent { get; set; } = $"ChatKit.Client/{typeof(ChatKitClientOptions).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Checks the settings and gives a copy of them with the key trimmed and the address ready to be added to.</summary>
    /// <exception cref="ChatKitSettingException">A setting cannot be used.</exception>
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
            throw new ChatKitSettingException(nameof(ApiKey), "The API key has white space, a control character or a character outside ASCII in it. A key is one word; was more than the key copied?");
        }

        CheckHeader(Organization, nameof(Organization));
        CheckHeader(Project, nameof(Project));
        copy.BaseUri = CheckBaseUri();
        copy.UserAgent = new string([.. (UserAgent ?? "").Where(c => c is >= ' ' and <= '~')]);

        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue)
        {
            throw new ChatKitSettingException(nameof(Timeout), $"The timeout is to be above zero and at most {int.MaxValue / 1000} seconds.");
        }

        if (MaximumRetryCount is < 0 or > 100)
        {
            throw new ChatKitSettingException(nameof(MaximumRetryCount), "The number of retries is to be within 0 to 100.");
        }

        if (MaximumRetryWait < TimeSpan.Zero || MaximumRetryWait > TimeSpan.FromDays(1))
        {
            throw new ChatKitSettingException(nameof(MaximumRetryWait), "The longest wait is to be zero or more, and a day at most.");
        }

        if (MaximumResponseSize is < SmallestMaximumResponseSize or > LargestMaximumResponseSize)
        {
            throw new ChatKitSettingException(nameof(MaximumResponseSize), "The largest answer is to be within 1,024 to 536,870,912 bytes (512 MiB).");
        }

        if (Proxy is not null && (!Proxy.IsAbsoluteUri || !IsHttp(Proxy)))
        {
            throw new ChatKitSettingException(nameof(Proxy), "The proxy is to be an absolute http or https address, such as http://proxy.example.com:8080.");
        }

        if (Proxy is { UserInfo.Length: > 0 })
        {
            throw new ChatKitSettingException(nameof(Proxy), "The proxy's address has a user name or password in it. Give them as credentials.");
        }

        if (Proxy is not null && (BaseUri.IsLoopback || BaseUri.Scheme == Uri.UriSchemeHttp))
        {
            string why = BaseUri.IsLoopback ? "this machine itself, which no proxy leads to" : "http, so the proxy could read the key";
            throw new ChatKitSettingException(nameof(Proxy), $"The base address is {why}. Leave the proxy out.");
        }

        if (ProxyCredential is not null && Proxy is null)
        {
            throw new ChatKitSettingException(nameof(ProxyCredential), "Credentials for a proxy need the proxy's address.");
        }

        return copy;
    }

    private static bool IsVisibleAscii(char c) => c is > ' ' and <= '~';

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    private static void CheckHeader(string? value, string name)
    {
        if (value is not null && (value.Length == 0 || !value.All(IsVisibleAscii)))
        {
            throw new ChatKitSettingException(name, $"{name} is to be an identifier without white space, such as the ones that the platform's settings page shows.");
        }
    }

    private Uri CheckBaseUri()
    {
        if (BaseUri is null || !BaseUri.IsAbsoluteUri || !IsHttp(BaseUri))
        {
            throw new ChatKitSettingException(nameof(BaseUri), $"The base address is to be absolute, and http or https, such as {DefaultBaseUri}.");
        }

        if (BaseUri.UserInfo.Length > 0 || BaseUri.Query.Length > 0 || BaseUri.Fragment.Length > 0)
        {
            throw new ChatKitSettingException(nameof(BaseUri), $"The base address is to be without user name, query and fragment, such as {DefaultBaseUri}.");
        }

        if (BaseUri.Scheme == Uri.UriSchemeHttp && !BaseUri.IsLoopback && !AllowUnencryptedAuthentication)
        {
            throw new ChatKitSettingException(nameof(BaseUri), $"The key would go to {BaseUri.Host} unencrypted, for everyone on the way to read. Use https, or say that it is meant: AllowUnencryptedAuthentication.");
        }

        return BaseUri.AbsoluteUri.EndsWith("/", StringComparison.Ordinal) ? BaseUri : new Uri(BaseUri.AbsoluteUri + "/");
    }
}
