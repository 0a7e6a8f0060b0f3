// What this process has seen lately, for tab completion: a key press never sends a request.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatKit.PowerShell;

internal static class Seen
{
    private const int Remembered = 256;

    private static readonly (string Id, string? Title, string? User)[] RecentThreads = new (string, string?, string?)[Remembered];
    private static readonly string[] RecentSessions = new string[Remembered];
    private static readonly object Lock = new();
    private static int _threads;
    private static int _sessions;

    public static void Note(ChatKitThread thread)
    {
        lock (Lock)
        {
            RecentThreads[_threads++ % Remembered] = (thread.Id, thread.Title, thread.User);
            _threads = _threads == int.MaxValue ? 0 : _threads;
        }
    }

    public static void Note(ChatKitSession session)
    {
        lock (Lock)
        {
            RecentSessions[_sessions++ % Remembered] = session.Id;
            _sessions = _sessions == int.MaxValue ? 0 : _sessions;
        }
    }

    public static (string Id, string? Title, string? User)[] Threads()
    {
        lock (Lock)
        {
            return [.. RecentThreads.Where(thread => thread.Id is not null)];
        }
    }

    public static string[] Sessions()
    {
        lock (Lock)
        {
            return [.. RecentSessions.Where(id => id is not null)];
        }
    }
}

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

internal sealed class SeenThreadCompleter : SeenCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates() => Seen.Threads().Select(thread => (thread.Id, NoteOf(thread.Title, thread.User)));
}

internal sealed class SeenUserCompleter : SeenCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates() =>
        Seen.Threads().Where(thread => !string.IsNullOrEmpty(thread.User)).Select(thread => (thread.User!, NoteOf(thread.User)));
}

internal sealed class SeenSessionCompleter : SeenCompleter
{
    protected override IEnumerable<(string Text, string Note)> Candidates() => Seen.Sessions().Select(id => (id, NoteOf(id)));
}
