// PowerShell's engine without PowerShell: a line that needs a cmdlet which is not in the engine says so, and is passed
// over.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace ChatKit.Demo;

internal static partial class HostedEngine
{
    public static void Show(string module, IEnumerable<string> commands, string csv)
    {
        AskedHost host = new(new(), [], []);
        host.UI.RawUI.BufferSize = new Size(120, 50);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // By itself an engine loads no views from files there.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        state.ImportPSModule(module);
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("csv", csv);
        foreach (string command in commands)
        {
            Console.WriteLine($"PS> {command}");
            string[] missing = [.. Missing(runspace, command)];
            if (missing.Length > 0)
            {
                Console.WriteLine(
                    $"(Passed over: it needs {string.Join(" and ", missing)} of PowerShell, which is not here.)\n");
                continue;
            }

            int before = host.Screen.Length;
            using PowerShell shell = PowerShell.Create(runspace);
            shell.AddScript(command).AddCommand("Out-Default");
            shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            shell.Invoke();
            Console.WriteLine(Printed(host.Screen[before..]));
        }
    }

    private static IEnumerable<string> Missing(Runspace runspace, string command) =>
        from ast in Parser.ParseInput(command, out _, out _).FindAll(ast => ast is CommandAst, true).Cast<CommandAst>()
        let name = ast.GetCommandName()
        where runspace.SessionStateProxy.InvokeCommand.GetCommand(name, CommandTypes.All) is null
        select name;

    /// <summary>Without colours where no terminal shows them, and with one empty line after it.</summary>
    private static string Printed(string text)
    {
        string trimmed = text.ReplaceLineEndings("\n").Trim('\n') + "\n";
        return (Console.IsOutputRedirected ? Colour().Replace(trimmed, "") : trimmed).TrimStart('\n');
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
