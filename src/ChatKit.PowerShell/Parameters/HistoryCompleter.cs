// Tab completion with what has been seen through the connection.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatKit.PowerShell;

/// <summary>Completes with what has been seen through the connection that the command would use.</summary>
internal abstract class HistoryCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        CompletionHistory? history = ConnectionOf(commandAst, fakeBoundParameters)?.History;
        return (history is null ? [] : Candidates(history))
            .Where(candidate => candidate.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .GroupBy(candidate => candidate.Text)
            .Select(group => group.Last())
            .OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text),
                PrintableText.OneLine(candidate.Text),
                CompletionResultType.ParameterValue,
                candidate.Note));
    }

    protected abstract IEnumerable<(string Text, string Note)> Candidates(CompletionHistory history);

    /// <summary>The connection that the command would use; null where it is not known.</summary>
    private static ChatKitConnection? ConnectionOf(CommandAst command, IDictionary bound)
    {
        object? given = bound["Connection"];
        bool isGiven = given is not null || command.CommandElements.OfType<CommandParameterAst>().Any(parameter =>
            parameter.ParameterName.Length > "Con".Length &&
            "Connection".StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));
        return isGiven
            ? (given as PSObject)?.BaseObject as ChatKitConnection ?? given as ChatKitConnection
            : Connections.Known();
    }

    private static string Quote(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    private protected static string NoteOf(params string?[] parts)
    {
        string note = PrintableText.OneLine(string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part))));
        return note.Length == 0 ? " " : note;
    }
}
