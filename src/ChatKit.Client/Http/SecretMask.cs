// Keeps the key and every client secret out of whatever is shown.
using System;
using System.Text.RegularExpressions;

namespace ChatKit.Http;

internal sealed class SecretMask(string apiKey)
{
    public const string Replacement = "***";

    private static readonly Regex ClientSecret = new("(\"client_secret\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*", RegexOptions.CultureInvariant);

    // Wherever it stands: in a page of HTML it has no name before it, and in JSON a letter may be the end of an escape.
    private static readonly Regex ClientSecretValue = new(@"(?:\b|(?<=\\[bfnrt]))ek_[\w-]{8,}", RegexOptions.CultureInvariant);

    public static bool IsSecretHeader(string name) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Proxy-Authorization", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first characters, fit to be shown. Masked before it is cut: half a key would not be found.</summary>
    public string Excerpt(string text, int length = 120) => PrintableText.Excerpt(Apply(text), length);

    public string Apply(string text) => HideClientSecrets(text.Replace(apiKey, Replacement));

    public static string HideClientSecrets(string text) => ClientSecretValue.Replace(ClientSecret.Replace(text, "$1" + Replacement), Replacement);
}
