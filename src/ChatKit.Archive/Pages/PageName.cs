// The name of a thread's page, made of its id: safe on every file system.
using System;
using System.Text;

namespace ChatKit.Archive;

/// <summary>File names made of ids.</summary>
public static class PageName
{
    /// <summary>The longest name, in characters, without the extension.</summary>
    public const int MaximumLength = 90;

    private const int HashLength = 16;

    /// <summary>The name of a thread's page, without a folder and an extension.</summary>
    /// <param name="id">The thread's id; whatever is in it.</param>
    /// <returns>
    /// The id itself where it is made of <c>a</c> to <c>z</c>, digits, <c>_</c> and <c>-</c>, is not too long and no
    /// device's name on Windows. Else what of it can be used, a <c>~</c>, which no id has that is used as it is, and
    /// sixteen hexadecimal digits of its SHA-256: so two ids that differ only in case have two names. The same id
    /// always has the same name.
    /// </returns>
    public static string Of(string id)
    {
        if (id is null)
        {
            throw new ArgumentNullException(nameof(id));
        }

        if (id.Length is > 0 and <= MaximumLength && id[0] != '-' && IsSafe(id) && !IsDevice(id))
        {
            return id;
        }

        int length = Math.Min(id.Length, MaximumLength - HashLength - 1);
        StringBuilder name = new(MaximumLength);
        for (int i = 0; i < length; i++)
        {
            // Not ToLowerInvariant: a Kelvin sign, for one, would become a k.
            char c = id[i] is >= 'A' and <= 'Z' ? (char)(id[i] + ('a' - 'A')) : id[i];
            name.Append(IsSafe(c) && (c != '-' || i > 0) ? c : '_');
        }

        return name.Append('~').Append(Hash(id)).ToString();
    }

    private static bool IsSafe(string id)
    {
        foreach (char c in id)
        {
            if (!IsSafe(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSafe(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-';

    /// <summary>Windows takes these for devices, with whatever extension.</summary>
    private static bool IsDevice(string name) => name switch
    {
        "con" or "prn" or "aux" or "nul" => true,
        { Length: 4 } =>
            (name.StartsWith("com", StringComparison.Ordinal) || name.StartsWith("lpt", StringComparison.Ordinal)) &&
            name[3] is >= '0' and <= '9',
        _ => false,
    };

    private static string Hash(string id)
    {
        byte[] hash = Digest.Of(id);
        StringBuilder digits = new(HashLength);
        for (int i = 0; i < HashLength / 2; i++)
        {
            digits.Append(hash[i].ToString("x2", null));
        }

        return digits.ToString();
    }
}
