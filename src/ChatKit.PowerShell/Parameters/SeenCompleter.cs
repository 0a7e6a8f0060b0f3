// Tab completion with what this process has seen.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatKit.PowerShell;

/// <summary>Completes with what has been seen.</summary>
internal abstract class SeenCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        return Candidates()
            .Where(candidate => candidate.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .GroupBy(candidate => candidate.Text).Select(group => group.Last()).OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(candidate => new CompletionResult(Quote(candidate.Text), PrintableText.OneLine(candidate.Text), CompletionResultType.ParameterValue, candidate.Note));
    }

    protected abstract IEnumerable<(string Text, string Note)> Candidates();

    private static string Quote(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    private protected static string NoteOf(params string?[] parts)
    {
        string note = ViewText.OneLine(string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part))));
        return note.Length == 0 ? " " : note;
    }
}
