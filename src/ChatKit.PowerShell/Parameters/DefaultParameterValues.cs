// What $PSDefaultParameterValues has for a cmdlet, and whether PowerShell used it.
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ChatKit.PowerShell;

/// <summary>Where a default does not bind, PowerShell warns and runs the cmdlet without it: without a bound on what to delete, for one.</summary>
internal static class DefaultParameterValues
{
    private const string Variable = "PSDefaultParameterValues";

    /// <summary>The parameter of the cmdlet that has a default which did not bind; null where there is none.</summary>
    /// <param name="cmdlet">The cmdlet, with its parameters bound.</param>
    /// <param name="set">The parameter set in use; null while it is open, when only what belongs to every set is looked at.</param>
    public static string? FindUnbound(PSCmdlet cmdlet, string? set)
    {
        if (cmdlet.GetVariableValue(Variable) is not IDictionary { Count: > 0 } defaults || IsTrue(defaults["Disabled"]))
        {
            return null;
        }

        string[] wanted = [.. defaults.Keys.OfType<string>().Select(key => ParameterOf(key, cmdlet.MyInvocation.MyCommand.Name)).OfType<string>()];
        if (wanted.Length == 0)
        {
            return null;
        }

        return ((CommandInfo)cmdlet.MyInvocation.MyCommand).Parameters.Values
            .Where(parameter => wanted.Any(pattern => parameter.Aliases.Append(parameter.Name).Any(name => Matches(pattern, name))))
            .Where(parameter => parameter.ParameterSets.ContainsKey(ParameterAttribute.AllParameterSets) || (set is not null && parameter.ParameterSets.ContainsKey(set)))
            .FirstOrDefault(parameter => !cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter.Name))?.Name;
    }

    /// <summary>The parameter that a key names, where it is one of the command: a key is <c>Command:Parameter</c>, either in quotes or with wildcards.</summary>
    private static string? ParameterOf(string key, string command)
    {
        int colon = key.LastIndexOf(':');
        return colon > 0 && Matches(Unquoted(key.Substring(0, colon)), command) ? Unquoted(key.Substring(colon + 1)) : null;
    }

    private static bool Matches(string pattern, string name) => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name);

    private static string Unquoted(string text) => text.Trim().Trim('\'', '"').Trim();

    private static bool IsTrue(object? value) => value is not null && LanguagePrimitives.IsTrue(value);
}
