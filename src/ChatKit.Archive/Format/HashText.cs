// A hash as the manifest has it.
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace ChatKit.Archive;

internal static class HashText
{
    /// <summary>The hash of what was added, as lower-case hexadecimal digits.</summary>
    public static string Of(IncrementalHash hash) =>
        string.Concat(hash.GetHashAndReset().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
