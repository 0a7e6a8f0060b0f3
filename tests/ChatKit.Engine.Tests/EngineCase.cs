// A case of a table: a script, and what is to come of it.
namespace ChatKit.Tests;

/// <summary>A script that binds one parameter set, and the lines that it gives.</summary>
/// <param name="Set">Such as <c>Get-ChatKitThread/List</c>; a cmdlet with one set has only its name.</param>
/// <param name="Script">What is run, once the emulator is connected.</param>
/// <param name="Expected">The output, each object as a string.</param>
public sealed record EngineCase(string Set, string Script, params string[] Expected)
{
    public override string ToString() => $"{Set}: {Script.Split('\n')[0]}";
}
