// SHA-256 of a text, as both frameworks have it.
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Archive;

internal static class Digest
{
    public static byte[] Of(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NETFRAMEWORK
        using SHA256 sha = SHA256.Create();
        return sha.ComputeHash(bytes);
#else
        return SHA256.HashData(bytes);
#endif
    }
}
