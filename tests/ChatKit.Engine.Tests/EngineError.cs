// A case of the table of errors: a script, and the one error that comes of it.
using System.Management.Automation;

namespace ChatKit.Tests;

/// <summary>A script that ends in one error.</summary>
/// <param name="Id">The first part of <c>FullyQualifiedErrorId</c>.</param>
/// <param name="Category">The category.</param>
/// <param name="Target">
/// What the error is about; null for nothing, and <c>*</c> for a path in the folder of the test.
/// </param>
/// <param name="Ends">Whether it ends the command.</param>
/// <param name="Script">What is run.</param>
/// <param name="Reply">What the server answers, as Reply.cs has it; null for the emulator's answer.</param>
public sealed record EngineError(
    string Id, ErrorCategory Category, string? Target, bool Ends, string Script, object? Reply = null)
{
    public override string ToString() => $"{Id}: {Script.Split('\n')[0]}";
}
