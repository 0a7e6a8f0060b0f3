// What $PSDefaultParameterValues has for a cmdlet, and whether PowerShell used it.
using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>
/// Where a default does not bind, PowerShell warns and runs the cmdlet without it: without a bound on what to delete,
/// for one.
/// </summary>
internal static class DefaultParameterValues
{
    private const string Variable = "PSDefaultParameterValues";

    /// <summary>The parameter of the cmdlet that has a default which did not bind; null where there is none.</summary>
    /// <param name="cmdlet">The cmdlet, with its parameters bound.</param>
    /// <param name="set">
    /// The parameter set in use; null while it is open, when only what belongs to every set is looked at.
    /// </param>
    public static string? FindUnbound(PSCmdlet cmdlet, string? set)
    {
        if (cmdlet.GetVariableValue(Variable) is not IDictionary { Count: > 0 } defaults ||
            IsTrue(defaults["Disabled"]))
        {
            return null;
        }

        string command = cmdlet.MyInvocation.MyCommand.Name;
        string[] names =
        [
            command,
            .. cmdlet.InvokeCommand.GetCommands("*", CommandTypes.Alias, true)
                .Where(alias => ((AliasInfo)alias).ResolvedCommand?.Name == command).Select(alias => alias.Name),
        ];
        ParameterMetadata[] parameters = [.. ((CommandInfo)cmdlet.MyInvocation.MyCommand).Parameters.Values];
        foreach ((string forCommand, string forParameter) in defaults.Keys.OfType<string>().Select(Split)
            .Where(key => names.Any(name => Matches(key.Command, name))))
        {
            ParameterMetadata[] meant =
            [
                .. parameters.Where(parameter =>
                    parameter.Aliases.Append(parameter.Name).Any(name => Matches(forParameter, name))),
            ];
            if (meant.Length == 0 && names.Contains(forCommand, StringComparer.OrdinalIgnoreCase))
            {
                // PowerShell passes over a name that is misspelled, or that is the beginning of one.
                return forParameter;
            }

            ParameterMetadata? unbound = meant
                .Where(parameter => parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets) ||
                    (set is not null && parameter.ParameterSets.ContainsKey(set)))
                .FirstOrDefault(parameter => !cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter.Name));
            if (unbound is not null)
            {
                return unbound.Name;
            }
        }

        return null;
    }

    /// <summary>
    /// The two parts of a key: <c>Command:Parameter</c>, either in quotes or with wildcards; a module before the
    /// command does not count.
    /// </summary>
    private static (string Command, string Parameter) Split(string key)
    {
        int colon = key.LastIndexOf(':');
        string command = colon < 0 ? "" : Unquoted(key.Substring(0, colon));
        return (command.Substring(command.LastIndexOf('\\') + 1), Unquoted(key.Substring(colon + 1)));
    }

    private static bool Matches(string pattern, string name) =>
        new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);

    private static string Unquoted(string text) => text.Trim().Trim('\'', '"').Trim();

    private static bool IsTrue(object? value) => value is not null && LanguagePrimitives.IsTrue(value);
}
