// Completes the kinds of items.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatKit.PowerShell;

/// <summary>Completes the kinds of items that this version knows, without the prefix that all of them have.</summary>
internal sealed class ItemTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Kinds =
        ["assistant_message", "client_tool_call", "task", "task_group", "user_message", "widget"];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Kinds
            .Where(kind => kind.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(kind => new CompletionResult(kind));
}
