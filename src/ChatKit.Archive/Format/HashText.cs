// A hash as the manifest and the lines have it.
using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace ChatKit.Archive;

internal static class HashText
{
    /// <summary>How many digits a hash has.</summary>
    public const int Length = 64;

    /// <summary>The hash of nothing.</summary>
    public static readonly string Empty = Of([]);

    /// <summary>The hash of what was added, as lower-case hexadecimal digits.</summary>
    public static string Of(IncrementalHash hash) => Text(hash.GetHashAndReset());

    /// <summary>The hash of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
#if NETFRAMEWORK
        using var sha = SHA256.Create();
        return Text(sha.ComputeHash(bytes.ToArray()));
#else
        return Text(SHA256.HashData(bytes));
#endif
    }

    /// <summary>Whether a text is a hash, in lower case.</summary>
    public static bool IsHash(string text) =>
        text.Length == Length && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static string Text(byte[] hash) =>
        string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
