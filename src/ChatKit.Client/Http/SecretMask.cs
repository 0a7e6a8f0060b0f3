// Keeps the key and every client secret out of whatever is shown.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatKit.Http;

/// <summary>Masks the key of a connection, and the client secrets that came through it. Safe for use by several threads at once.</summary>
internal sealed class SecretMask
{
    public const string Replacement = "***";

    // Of a secret that is cut short, as much may be shown as of a whole one: three characters of its beginning, as kinds of keys have them, and four.
    private const int ShownOfPrefix = 7;
    private const int MostRemembered = 64;
    private const int ShortestRemembered = 8;

    private static readonly Regex ClientSecret = new("(\"client_secret\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*", RegexOptions.CultureInvariant);

    // Wherever it stands: in a page of HTML it has no name before it, and in JSON a letter may be the end of an escape.
    private static readonly Regex ClientSecretValue = new(@"(?:\b|(?<=\\[bfnrt]))ek_[\w-]{8,}", RegexOptions.CultureInvariant);

    private readonly object _lock = new();
    private volatile string[] _secrets = [];

    /// <param name="secrets">The key, or a client secret. What is too short to be a secret is not looked for: it would be found in every text.</param>
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

    /// <summary>Masks a secret from now on, wherever it stands. The first one and the last 64 are remembered.</summary>
    public void Remember(string? secret)
    {
        lock (_lock)
        {
            if (secret is { Length: >= ShortestRemembered } && !_secrets.Contains(secret))
            {
                _secrets = [.. _secrets.Take(1), .. _secrets.Skip(Math.Max(1, _secrets.Length - MostRemembered + 1)), secret];
            }
        }
    }

    /// <summary>The first characters, fit to be shown. Masked before it is cut.</summary>
    public string Excerpt(string text, int length = 120) => PrintableText.Excerpt(Apply(text), length);

    /// <summary>A text without secrets, however they are escaped, and without the longer beginnings of any.</summary>
    public string Apply(string text)
    {
        foreach (string secret in _secrets)
        {
            text = Hide(text, secret);
        }

        return HideClientSecrets(text);
    }

    /// <summary>An exception whose text holds no secret at any depth: itself, or one in its place.</summary>
    public Exception Apply(Exception exception)
    {
        string text = exception.ToString();
        return Apply(text) == text ? exception : new IOException(Excerpt(exception.Message, 300));
    }

    public static string HideClientSecrets(string text) => ClientSecretValue.Replace(ClientSecret.Replace(text, "$1" + Replacement), Replacement);

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
