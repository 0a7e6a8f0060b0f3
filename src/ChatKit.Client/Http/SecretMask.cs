// Keeps the key and every client secret out of messages and logs.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatKit.Http;

/// <summary>Masks the key of a connection and the client secrets that it received. It is thread-safe.</summary>
internal sealed class SecretMask
{
    public const string Replacement = "***";

    // A truncated secret may show its prefix, such as "sk-", and four characters more.
    private const int ShownOfPrefix = 7;
    private const int MostRemembered = 64;
    private const int ShortestRemembered = 8;

    private static readonly Regex ClientSecret =
        new("(\"client_secret\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*", RegexOptions.CultureInvariant);

    // Anywhere in a text: HTML has no member name before it, and in JSON the letter before it may end an escape.
    private static readonly Regex ClientSecretValue =
        new(@"(?:\b|(?<=\\[bfnrt]))ek_[\w-]{8,}", RegexOptions.CultureInvariant);

    private readonly object _lock = new();
    private volatile string[] _secrets = [];

    /// <param name="secrets">
    /// The key or client secrets. Texts under eight characters are ignored: they would match too much.
    /// </param>
    public SecretMask(params string?[] secrets)
    {
        foreach (string? secret in secrets)
        {
            Remember(secret);
        }
    }

    public static bool IsSecretHeader(string name) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>Masks a secret from now on. The first one and the last 64 are kept.</summary>
    public void Remember(string? secret)
    {
        lock (_lock)
        {
            if (secret is { Length: >= ShortestRemembered } && !_secrets.Contains(secret))
            {
                _secrets =
                    [.. _secrets.Take(1), .. _secrets.Skip(Math.Max(1, _secrets.Length - MostRemembered + 1)), secret];
            }
        }
    }

    /// <summary>The beginning of a text, safe to show. It is masked before it is cut.</summary>
    public string Excerpt(string text, int length = 120) => PrintableText.Excerpt(Apply(text), length);

    /// <summary>Masks the secrets in a text, escaped or truncated ones too.</summary>
    public string Apply(string text)
    {
        foreach (string secret in _secrets)
        {
            text = Hide(text, secret);
        }

        return HideClientSecrets(text);
    }

    /// <summary>
    /// The exception itself if its text contains no secret at any depth; otherwise a masked substitute.
    /// </summary>
    public Exception Apply(Exception exception)
    {
        string text = exception.ToString();
        return Apply(text) == text ? exception : new IOException(Excerpt(exception.Message, 300));
    }

    public static string HideClientSecrets(string text) =>
        ClientSecretValue.Replace(ClientSecret.Replace(text, "$1" + Replacement), Replacement);

    private static string Hide(string text, string secret)
    {
        StringBuilder? masked = null;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int found = EncodedText.Match(text, i, secret, out int end);
            if (found > ShownOfPrefix || found == secret.Length)
            {
                masked = (masked ?? new StringBuilder()).Append(text, copied, i - copied).Append(Replacement);
                copied = end;
                i = end - 1;
            }
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }
}
