// Whether a text can be sent as it is: .NET's strings may hold half a character, and encoders put another in its place.
namespace ChatKit.Http;

internal static class UnicodeText
{
    public static bool IsValid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
