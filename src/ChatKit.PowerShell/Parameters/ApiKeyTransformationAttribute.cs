// A key in whatever form people have one. No message here holds any of it.
using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace ChatKit.PowerShell;

/// <summary>
/// Makes a secure string of a secure string, a string, a credential (its password), or lines of which one is not blank.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    // What a secure string holds is 65,536; no key is near it.
    private const int Longest = 10_000;

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Unwrap(inputData) switch
    {
        SecureString key => key,
        PSCredential credential => credential.Password,
        null => new SecureString(),
        string text => OneLine(text.Split('\r', '\n')),
        IEnumerable lines when lines.Cast<object?>().Select(Unwrap).All(line => line is string or null) =>
            OneLine([.. lines.Cast<object?>().Select(line => Unwrap(line) as string ?? "")]),
        object other => throw new ArgumentTransformationMetadataException(
            "a key is a secure string, a string, a credential or the lines of a file, not a " +
            $"{other.GetType().FullName}."),
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static SecureString OneLine(string[] lines)
    {
        string[] filled = [.. lines.Where(line => !string.IsNullOrWhiteSpace(line))];
        if (filled.Length > 1)
        {
            throw new ArgumentTransformationMetadataException(
                $"a key is one line, and here are {filled.Length} that are not blank.");
        }

        string text = filled.FirstOrDefault() ?? "";
        if (text.Length > Longest)
        {
            throw new ArgumentTransformationMetadataException(
                $"a key has at most {Longest} characters, and this text has {text.Length}.");
        }

        SecureString key = new();
        foreach (char c in text)
        {
            key.AppendChar(c);
        }

        key.MakeReadOnly();
        return key;
    }
}
