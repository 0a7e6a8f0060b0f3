// Takes insignificant white space out of JSON, and changes nothing else.
using System;

namespace ChatKit.Archive;

internal static class JsonMinifier
{
    /// <summary>Copies valid JSON without its insignificant white space.</summary>
    /// <param name="json">The JSON. It is not checked.</param>
    /// <param name="target">Where to copy it; at least as long.</param>
    /// <returns>How many bytes were copied.</returns>
    public static int Minify(ReadOnlySpan<byte> json, Span<byte> target)
    {
        int length = 0;
        bool isText = false;
        for (int i = 0; i < json.Length; i++)
        {
            byte b = json[i];
            if (isText && b == '\\')
            {
                // The next byte is escaped, and so ends nothing.
                target[length++] = b;
                b = json[++i];
            }
            else if (b == '"')
            {
                isText = !isText;
            }
            else if (!isText && b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                continue;
            }

            target[length++] = b;
        }

        return length;
    }

    /// <summary>The JSON without its insignificant white space.</summary>
    public static byte[] Minify(ReadOnlySpan<byte> json)
    {
        byte[] bytes = new byte[json.Length];
        Array.Resize(ref bytes, Minify(json, bytes));
        return bytes;
    }
}
