// A call of a cmdlet in a script, so that the tables of cases can be asked for what no case has.
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ChatKit.Tests;

/// <summary>A call of a cmdlet in a script, as far as its text tells.</summary>
internal sealed record Call(CommandInfo Cmdlet, IReadOnlyList<string> Parameters)
{
    /// <summary>The calls of cmdlets of a list in a script, with the names of their parameters in full.</summary>
    public static IEnumerable<Call> In(string script, IReadOnlyDictionary<string, CommandInfo> cmdlets) =>
        from command in Parser.ParseInput(script, out _, out _).FindAll(ast => ast is CommandAst, true)
            .Cast<CommandAst>()
        where command.GetCommandName() is { } name && cmdlets.ContainsKey(name)
        let cmdlet = cmdlets[command.GetCommandName()]
        let named = command.CommandElements.OfType<CommandParameterAst>()
            .Select(given => cmdlet.ResolveParameter(given.ParameterName).Name).ToArray()
        let isPiped = command.Parent is PipelineAst { PipelineElements: var elements } && elements[0] != command
        let piped = isPiped ? ["InputObject"] : (string[])[]
        select new Call(cmdlet, [.. named, .. piped, .. Positional(command, cmdlet, named)]);

    /// <summary>The parameter set that PowerShell binds; null where it would not know.</summary>
    public string? Set
    {
        get
        {
            CommandParameterSetInfo[] fit = [.. Cmdlet.ParameterSets.Where(set =>
                Parameters.All(given => set.Parameters.Any(parameter => parameter.Name == given)) &&
                set.Parameters.All(parameter => !parameter.IsMandatory || Parameters.Contains(parameter.Name)))];
            return (fit.Length == 1 ? fit[0] : fit.SingleOrDefault(set => set.IsDefault))?.Name;
        }
    }

    // An argument that follows neither a parameter nor the name of one belongs to the next position that is not named.
    private static IEnumerable<string> Positional(CommandAst command, CommandInfo cmdlet, string[] named)
    {
        int count = 0;
        for (int i = 1; i < command.CommandElements.Count; i++)
        {
            bool isArgument = command.CommandElements[i - 1] is CommandParameterAst { Argument: null } before &&
                !cmdlet.ResolveParameter(before.ParameterName).SwitchParameter;
            count += command.CommandElements[i] is not CommandParameterAst && !isArgument ? 1 : 0;
        }

        return cmdlet.ParameterSets.SelectMany(set => set.Parameters)
            .Where(parameter => parameter.Position >= 0 && !named.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position).Select(parameter => parameter.Name).Distinct().Take(count);
    }
}
